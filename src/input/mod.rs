//! What is read: arguments become sources, in order, one folder at a time.

pub mod archive;
pub mod count;
pub mod file;
pub mod files;
pub mod held;
mod leads;
pub mod list;
mod look;
mod objects;
pub mod opener;
pub mod selection;
pub mod shard;
mod urls;
mod walk;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{io, mem};

use self::archive::Archive;
use self::file::Failure;
use self::held::Held;
use self::leads::Lead;
use self::list::ListFile;
use self::objects::Objects;
use self::selection::Selection;
use self::urls::Listing;
use self::walk::Walk;
use crate::signals::uninterrupted;
use crate::store::is_url;

/// One crawl file to read, or the reason why it cannot be.
#[derive(Debug)]
pub enum Source {
    /// A file; a symbolic link in its place is followed.
    File(PathBuf),
    /// A file that was found in a folder; a symbolic link that took its place is not followed.
    Found(PathBuf),
    /// A pipe or device that was named, which holds one crawl file.
    Stream(PathBuf),
    /// The standard input, which holds one crawl file.
    Stdin,
    /// What was read already: a member of an archive, a compressed file, or what came through a pipe.
    Member {
        /// How it is named.
        path: String,
        /// Its bytes, or why they are not there.
        content: Result<Held, Failure>,
    },
    /// A file or folder that was found, but that the system refuses.
    Unreadable(PathBuf, io::Error),
}

impl Source {
    /// How records and findings name the source: as reached from the argument, a byte that is not UTF-8 as `\xFF`.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Source::File(path) | Source::Found(path) | Source::Stream(path) | Source::Unreadable(path, _) => {
                shown(path)
            }
            Source::Member { path, .. } => Cow::Borrowed(path),
            Source::Stdin => Cow::Borrowed("-"),
        }
    }

    /// The same, of a source that is not needed any more: it loses its path.
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

    /// How many bytes of memory are held because of it.
    pub fn held(&self) -> usize {
        match self {
            Source::Member { content: Ok(bytes), .. } => bytes.weight(),
            _ => 0,
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
pub struct Sources<'w> {
    is_written: Box<dyn Fn(&Path) -> bool + Send + 'w>,
    arguments: std::vec::IntoIter<PathBuf>,
    list: Option<Listing>,
    /// Whether no argument and no line of the list has named anything so far.
    names_nothing: bool,
    selection: Selection,
    max_file_size: usize,
    walk: Option<Walk>,
    objects: Option<Objects>,
    archive: Option<Archive>,
}

impl<'w> Sources<'w> {
    /// The sources of `inputs`. Of what is read ahead, no more than `max_file_size` bytes a file are kept.
    ///
    /// # Errors
    /// The arguments that do not exist and the list that cannot be opened, each with the system's message.
    pub fn of(inputs: Inputs, max_file_size: usize) -> Result<Self, Vec<(PathBuf, io::Error)>> {
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
        let opened = list.map(|list| (list.path.clone(), Listing::open(list)));
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

    /// The same without the files that the run itself writes.
    pub fn without(self, is_written: impl Fn(&Path) -> bool + Send + 'w) -> Self {
        Sources { is_written: Box::new(is_written), ..self }
    }

    /// Whether no argument and no line of the list has named anything so far.
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

/// The last part of an argument, by which it is in one part of the whole.
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
