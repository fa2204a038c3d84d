//! What is read: arguments, and which names in folders.

use std::path::PathBuf;

use super::configuration::Names;
use super::{Args, Error, ErrorKind};
use crate::globs::Globs;
use crate::input::Inputs;
use crate::input::selection::{Selection, USUAL};
use crate::quote::quote;

/// What was typed of it.
#[derive(Debug, Args)]
pub struct Typed {
    /// A crawl file, a folder of them, or `-` for one crawl file on stdin
    ///
    /// In folders, `*.md`, `*.markdown` and `*.txt` are read unless `--include` says otherwise; hidden files and
    /// folders are not, and symbolic links are not followed.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    folders: Folders,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Folders")]
struct Folders {
    /// Read what matches GLOB, and nothing else [default: *.md, *.markdown, *.txt]
    ///
    /// A glob without `/` is held against the name, one with `/` against the path below the argument: `2018/**/*.md`.
    /// An argument that is a file is always read.
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    include: Vec<String>,

    /// Leave out what matches GLOB; a folder that does is not entered
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    exclude: Vec<String>,
}

impl Typed {
    /// What was typed, over what is set beside the command line.
    ///
    /// # Errors
    /// The globs together make no sense.
    pub fn over(self, beside: Names) -> Result<Inputs, Error> {
        let Typed { paths, folders: Folders { include, exclude } } = self;
        let mut include = if include.is_empty() { beside.include } else { include };
        if include.is_empty() {
            include = USUAL.map(str::to_owned).into();
        }
        let exclude = if exclude.is_empty() { beside.exclude } else { exclude };
        let selection = Selection::of(include, exclude)
            .map_err(|bad| Error::raw(ErrorKind::ValueValidation, format!("{bad}\n")))?;
        Ok(Inputs { paths, selection })
    }
}

fn glob(typed: &str) -> Result<String, String> {
    Globs::of([typed]).map(|_| typed.to_owned()).map_err(|bad| format!("{}: {bad}", quote(typed)))
}
