//! Turns arguments into sources, in order, one folder at a time.

pub mod archive;
pub mod count;
pub mod files;
mod leads;
pub mod list;
mod look;
pub mod opener;
pub(crate) mod prefix_walk;
pub mod reader;
pub mod selection;
pub mod shard;
pub mod shared_bytes;
mod urls;
mod walk;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{io, mem};

use crate::input::archive::Archive;
use crate::input::leads::Lead;
use crate::input::list::PathListOptions;
use crate::input::prefix_walk::PrefixWalk;
use crate::input::reader::ReadError;
use crate::input::selection::Selection;
use crate::input::shared_bytes::SharedBytes;
use crate::input::urls::PrefetchedList;
use crate::input::walk::Walk;
use crate::store::is_url;
use crate::sys::signals::uninterrupted;

/// One crawl file to read, or the reason for which it cannot be read.
#[derive(Debug)]
pub enum Source {
    /// A file; a symbolic link in its place is followed.
    File(PathBuf),
    /// A file found in a folder; a symbolic link that took its place is not followed.
    Found(PathBuf),
    /// A pipe or device that is an argument, which holds one crawl file.
    Stream(PathBuf),
    /// The standard input, which holds one crawl file.
    Stdin,
    /// Content that is already read: a member of an archive, a compressed file, or the content of a pipe.
    Member {
        /// The path in records and findings.
        path: String,
        /// The bytes, or the reason for which they could not be read.
        content: Result<SharedBytes, ReadError>,
    },
    /// A file or folder that was found but cannot be opened.
    Unreadable(PathBuf, io::Error),
}

impl Source {
    /// The path in records and findings: as reached from the argument, with bytes that are not UTF-8 as `\xFF`.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Source::File(path) | Source::Found(path) | Source::Stream(path) | Source::Unreadable(path, _) => {
                shown(path)
            }
            Source::Member { path, .. } => Cow::Borrowed(path),
            Source::Stdin => Cow::Borrowed("-"),
        }
    }

    /// Returns the path as [`shown`](Source::shown) does, and leaves the source without it.
    pub fn take_shown(&mut self) -> String {
        match self {
            Source::File(path) | Source::Found(path) | Source::Stream(path) | Source::Unreadable(path, _) => {
                let path = mem::take(path).into_os_string().into_string();
                path.unwrap_or_else(|path| shown_bytes(path.as_encoded_bytes()).into_owned())
            }
            Source::Member { path, .. } => mem::take(path),
            Source::Stdin => "-".to_owned(),
        }
    }

    /// Bytes of memory that the source holds.
    pub fn held(&self) -> usize {
        match self {
            Source::Member { content: Ok(bytes), .. } => bytes.weight(),
            _ => 0,
        }
    }
}

/// The inputs of a run.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Files, folders, and `-` for the standard input, in order.
    pub paths: Vec<PathBuf>,
    /// A list of more files and folders, read after `paths`.
    pub list: Option<PathListOptions>,
    /// Selects the files that are read inside folders.
    pub selection: Selection,
}

/// Iterator over the sources of the inputs, which are discovered lazily.
pub struct Sources<'w> {
    is_written: Box<dyn Fn(&Path) -> bool + Send + 'w>,
    arguments: std::vec::IntoIter<PathBuf>,
    list: Option<PrefetchedList>,
    /// `true` while no argument and no line of the list has named anything.
    names_nothing: bool,
    selection: Selection,
    max_file_size: usize,
    walk: Option<Walk>,
    objects: Option<PrefixWalk>,
    archive: Option<Archive>,
}

impl<'w> Sources<'w> {
    /// Creates the sources of `inputs`. Content that is read ahead is limited to `max_file_size` bytes a file.
    ///
    /// # Errors
    /// Returns the arguments that do not exist and the list that cannot be opened, each with its I/O error.
    pub fn new(inputs: Inputs, max_file_size: usize) -> Result<Self, Vec<(PathBuf, io::Error)>> {
        let look = |path: &PathBuf| match is_url(path) {
            true => urls::look(path),
            false => uninterrupted(|| path.metadata()).map(drop),
        };
        let is_missing = |path: &PathBuf| match look(path) {
            Err(error) if !is_stdin(path) && error.kind() != io::ErrorKind::PermissionDenied => {
                Some((path.clone(), error))
            }
            _ => None,
        };
        let Inputs { paths, list, selection } = inputs;
        let mut missing: Vec<_> = paths.iter().filter_map(is_missing).collect();
        let opened = list.map(|list| (list.path.clone(), PrefetchedList::open(list)));
        let list = opened.and_then(|(path, opened)| match opened {
            Ok(list) => Some(list),
            Err(error) => {
                missing.push((path, error));
                None
            }
        });
        if missing.is_empty() {
            Ok(Sources {
                is_written: Box::new(|_| false),
                names_nothing: paths.is_empty(),
                arguments: paths.into_iter(),
                list,
                selection,
                max_file_size,
                walk: None,
                objects: None,
                archive: None,
            })
        } else {
            Err(missing)
        }
    }

    /// Excludes the files that the run itself writes.
    pub fn without(self, is_written: impl Fn(&Path) -> bool + Send + 'w) -> Self {
        Sources { is_written: Box::new(is_written), ..self }
    }

    /// Returns `true` while no argument and no line of the list has named anything.
    pub fn names_nothing(&self) -> bool {
        self.names_nothing
    }
}

impl Iterator for Sources<'_> {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        loop {
            if let Some(archive) = &mut self.archive {
                match archive.next(&self.selection, self.max_file_size) {
                    Some(source) => return Some(source),
                    None => self.archive = None,
                }
            }
            let source = match self.next_lead()? {
                Lead::Source(source) => Some(source),
                Lead::File { path, below } => self.open(path, &below),
                Lead::Stream(path) => self.open_stream(&path),
                Lead::Stdin => self.open_stdin(),
                Lead::Url(url, asked_for) => self.open_url(&url, asked_for),
                Lead::Object(found) => self.open_found(found),
                Lead::Listed(file) => self.open_listed(file),
            };
            if source.is_some() {
                return source;
            }
        }
    }
}

/// The file name of an argument, which assigns it to a shard.
fn name_of(argument: &Path) -> &Path {
    argument.file_name().map_or(argument, Path::new)
}

fn is_stdin(argument: &Path) -> bool {
    argument.as_os_str() == "-"
}

fn shown(path: &Path) -> Cow<'_, str> {
    shown_bytes(path.as_os_str().as_encoded_bytes())
}

fn shown_bytes(bytes: &[u8]) -> Cow<'_, str> {
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
