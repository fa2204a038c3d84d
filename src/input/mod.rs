//! What is read: arguments become sources, in order, one folder at a time.

pub mod file;
pub mod list;
pub mod selection;
mod walk;

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use self::list::{List, ListFile};
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
    /// A list of more files and folders, which come behind those.
    pub list: Option<ListFile>,
    /// What is read inside the folders.
    pub selection: Selection,
}

/// The sources that inputs stand for, found while they are asked for.
pub struct Sources {
    arguments: std::vec::IntoIter<PathBuf>,
    list: Option<List>,
    selection: Selection,
    walk: Option<Walk>,
}

impl Sources {
    /// The sources of `inputs`.
    ///
    /// # Errors
    /// The arguments that do not exist and the list that cannot be opened, each with the system's message.
    pub fn of(inputs: Inputs) -> Result<Self, Vec<(PathBuf, io::Error)>> {
        let is_missing = |path: &PathBuf| match path.metadata() {
            Err(error) if !is_stdin(path) && error.kind() != io::ErrorKind::PermissionDenied => {
                Some((path.clone(), error))
            }
            _ => None,
        };
        let Inputs { paths, list, selection } = inputs;
        let mut missing: Vec<_> = paths.iter().filter_map(is_missing).collect();
        let opened = list.map(|list| (list.path.clone(), List::open(list)));
        let list = opened.and_then(|(path, opened)| match opened {
            Ok(list) => Some(list),
            Err(error) => {
                missing.push((path, error));
                None
            }
        });
        if missing.is_empty() {
            Ok(Sources { arguments: paths.into_iter(), list, selection, walk: None })
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
            let path = match self.arguments.next() {
                Some(argument) if is_stdin(&argument) => return Some(Source::Stdin),
                Some(argument) => argument,
                None => match self.list.as_mut()?.next() {
                    Some(Ok(path)) => path,
                    Some(Err(error)) => {
                        return self.list.take().map(|list| Source::Unreadable(list.path, error));
                    }
                    None => return None,
                },
            };
            if !path.is_dir() {
                return Some(Source::File(path));
            }
            self.walk = Some(Walk::of(path, &self.selection));
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
