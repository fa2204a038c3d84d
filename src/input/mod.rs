//! What is read: arguments become sources, in order, one folder at a time.

pub mod file;
pub mod selection;
mod walk;

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use self::selection::Selection;
use self::walk::Walk;

/// One crawl file to read, or the reason why it cannot be.
#[derive(Debug)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// The standard input, which holds one crawl file.
    Stdin,
    /// A file or folder that was found, but that the system refuses.
    Unreadable(PathBuf, io::Error),
}

impl Source {
    /// How records and findings name the source: as reached from the argument, a byte that is not UTF-8 as `\xFF`.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Source::File(path) | Source::Unreadable(path, _) => shown(path),
            Source::Stdin => Cow::Borrowed("-"),
        }
    }
}

/// What is to be read.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Files, folders, and `-` for the standard input, in order.
    pub paths: Vec<PathBuf>,
    /// What is read inside the folders.
    pub selection: Selection,
}

/// The sources that inputs stand for, found while they are asked for.
#[derive(Debug)]
pub struct Sources {
    arguments: std::vec::IntoIter<PathBuf>,
    selection: Selection,
    walk: Option<Walk>,
}

impl Sources {
    /// The sources of `inputs`.
    ///
    /// # Errors
    /// The arguments that do not exist, each with the system's message.
    pub fn of(inputs: Inputs) -> Result<Self, Vec<(PathBuf, io::Error)>> {
        let is_missing = |path: &PathBuf| match path.metadata() {
            Err(error) if !is_stdin(path) && error.kind() != io::ErrorKind::PermissionDenied => {
                Some((path.clone(), error))
            }
            _ => None,
        };
        let Inputs { paths, selection } = inputs;
        let missing: Vec<_> = paths.iter().filter_map(is_missing).collect();
        if missing.is_empty() {
            Ok(Sources { arguments: paths.into_iter(), selection, walk: None })
        } else {
            Err(missing)
        }
    }
}

impl Iterator for Sources {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        loop {
            if let Some(walk) = &mut self.walk {
                match walk.next(&self.selection) {
                    Some(source) => return Some(source),
                    None => self.walk = None,
                }
            }
            let argument = self.arguments.next()?;
            if is_stdin(&argument) {
                return Some(Source::Stdin);
            }
            if !argument.is_dir() {
                return Some(Source::File(argument));
            }
            self.walk = Some(Walk::of(argument, &self.selection));
        }
    }
}

fn is_stdin(argument: &Path) -> bool {
    argument.as_os_str() == "-"
}

fn shown(path: &Path) -> Cow<'_, str> {
    let bytes = path.as_os_str().as_encoded_bytes();
    if let Ok(path) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(path);
    }
    let mut shown = String::new();
    for chunk in bytes.utf8_chunks() {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02X}"));
        }
    }
    Cow::Owned(shown)
}
