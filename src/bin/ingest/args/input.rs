//! Input arguments: paths, lists and filters.

use std::path::PathBuf;

use crate::args::{Args, Error, ErrorKind};
use crate::config_file::NameGlobs;
use news_ingest::input::Inputs;
use news_ingest::input::list::{ListFormat, PathListOptions};
use news_ingest::input::selection::{DEFAULT_INCLUDE, Selection};
use news_ingest::input::shard::Shard;
use news_ingest::sys::compression::CODECS;
use news_ingest::text::escape::quote;
use news_ingest::text::globs::Globs;

/// Input arguments.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// A crawl file, a folder or an archive of them, or `-` for stdin
    #[arg(value_name = "PATH", required_unless_present = "files_from", long_help = paths_help())]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    more: SelectionArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Inputs")]
struct SelectionArgs {
    /// Read the files, folders and archives that FILE lists, one per line, after all PATHs; `-` for a list on stdin
    ///
    /// A path that does not exist is a finding.
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,

    /// The list's paths end with NUL, as `find -print0` writes them
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,

    /// The list is one of `ingest files --format jsonl`: each file is read as it was found there
    #[arg(long, requires = "files_from", conflicts_with = "null")]
    as_found: bool,

    /// In folders and archives, read what matches GLOB, and nothing else [default: *.md, *.markdown, *.txt]
    ///
    /// A glob without `/` is matched against the name, one with `/` against the path below the argument: `2018/**/*.md`.
    /// An argument that is a file is always read.
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    include: Vec<String>,

    /// In folders and archives, skip what matches GLOB; a folder that matches is not entered
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    exclude: Vec<String>,

    /// In folders, follow symbolic links
    #[arg(long)]
    follow: bool,

    /// In folders, open no archives or compressed files except those that match by name
    #[arg(long, overrides_with = "archives")]
    no_archives: bool,

    /// Read only the I-th of N parts of the files
    ///
    /// The parts are disjoint, about as large, and together the whole. The part of a file depends only
    /// on its path relative to PATH: it is the same in every run and on every machine. Articles are compared only with
    /// those of their own part.
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,

    /// In folders, open archives and compressed files, which is the default
    #[arg(long, overrides_with = "no_archives", hide = true)]
    archives: bool,
}

impl InputArgs {
    /// Resolves the arguments; `beside` has the globs of the configuration file.
    ///
    /// # Errors
    /// Standard input is named twice, or the globs are invalid together.
    pub fn over(self, beside: NameGlobs) -> Result<Inputs, Error> {
        let InputArgs {
            paths,
            more:
                SelectionArgs {
                    files_from,
                    null,
                    as_found,
                    include,
                    exclude,
                    follow,
                    no_archives,
                    shard,
                    archives: _,
                },
        } = self;
        let format = match (null, as_found) {
            (true, _) => ListFormat::Nul,
            (_, true) => ListFormat::Found,
            _ => ListFormat::Lines,
        };
        let list = files_from.map(|path| PathListOptions { path, format });
        let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
        if paths.iter().chain(list.as_ref().map(|list| &list.path)).filter(|path| is_stdin(path)).count() > 1
        {
            return Err(Error::raw(
                ErrorKind::ArgumentConflict,
                "the standard input can be read only once\n",
            ));
        }
        let mut selection = selection(NameGlobs {
            include: if include.is_empty() { beside.include } else { include },
            exclude: if exclude.is_empty() { beside.exclude } else { exclude },
        })?;
        selection.follow = follow;
        selection.archives = !no_archives;
        selection.shard = shard;
        Ok(Inputs { paths, list, selection })
    }
}

/// The long help of the paths, with the compressions that are read.
fn paths_help() -> String {
    let codecs: Vec<&str> = CODECS.iter().map(|codec| codec.name).collect();
    format!(
        "A crawl file, a folder or an archive of them, or `-` for stdin\n\n\
         Archives (tar, zip) and compressed files ({}) are recognized by their first bytes. In folders and archives, \
         `*.md`, `*.markdown` and `*.txt` are read unless `--include` says otherwise; hidden files and folders are not, \
         and symbolic links are followed only with `--follow`. Where the program was built with object stores, \
         `s3://`, `gs://`, `az://` and `https://` URLs are read too, a prefix as a folder is.",
        codecs.join(", ")
    )
}

/// Selects files by `globs`, or by the default ones if none are given.
///
/// # Errors
/// The globs are invalid together.
pub fn selection(globs: NameGlobs) -> Result<Selection, Error> {
    let NameGlobs { mut include, exclude } = globs;
    if include.is_empty() {
        include = DEFAULT_INCLUDE.map(str::to_owned).into();
    }
    Selection::new(include, exclude).map_err(|bad| Error::raw(ErrorKind::ValueValidation, format!("{bad}\n")))
}

fn glob(typed: &str) -> Result<String, String> {
    Globs::parse([typed]).map(|_| typed.to_owned()).map_err(|bad| format!("{}: {bad}", quote(typed)))
}
