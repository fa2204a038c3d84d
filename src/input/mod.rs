//! What is read: arguments become sources, in order, one folder at a time.

pub mod archive;
pub mod file;
pub mod list;
pub mod selection;
pub mod shard;
mod walk;

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use self::archive::{Archive, Opened, Stream};
use self::file::Failure;
use self::list::{List, ListFile};
use self::selection::Selection;
use self::walk::{Found, Walk};
use crate::signals::uninterrupted;

/// One crawl file to read, or the reason why it cannot be.
#[derive(Debug)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// The standard input, which holds one crawl file.
    Stdin,
    /// What was read already: a member of an archive, a compressed file, or what came through a pipe.
    Member {
        /// How it is named.
        path: String,
        /// Its bytes, or why they are not there.
        content: Result<Vec<u8>, Failure>,
    },
    /// A file or folder that was found, but that the system refuses.
    Unreadable(PathBuf, io::Error),
}

impl Source {
    /// How records and findings name the source: as reached from the argument, a byte that is not UTF-8 as `\xFF`.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Source::File(path) | Source::Unreadable(path, _) => shown(path),
            Source::Member { path, .. } => Cow::Borrowed(path),
            Source::Stdin => Cow::Borrowed("-"),
        }
    }

    /// How many bytes it holds already.
    pub fn held(&self) -> usize {
        match self {
            Source::Member { content: Ok(bytes), .. } => bytes.len(),
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
pub struct Sources {
    arguments: std::vec::IntoIter<PathBuf>,
    list: Option<List>,
    selection: Selection,
    max_file_size: usize,
    walk: Option<Walk>,
    archive: Option<Archive>,
}

impl Sources {
    /// The sources of `inputs`. Of what is read ahead, no more than `max_file_size` bytes a file are kept.
    ///
    /// # Errors
    /// The arguments that do not exist and the list that cannot be opened, each with the system's message.
    pub fn of(inputs: Inputs, max_file_size: usize) -> Result<Self, Vec<(PathBuf, io::Error)>> {
        let is_missing = |path: &PathBuf| match uninterrupted(|| path.metadata()) {
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
            Ok(Sources {
                arguments: paths.into_iter(),
                list,
                selection,
                max_file_size,
                walk: None,
                archive: None,
            })
        } else {
            Err(missing)
        }
    }
}

impl Sources {
    /// The source at `path`, which lies at `below` from the argument, nowhere if it is the argument itself; none if it is
    /// an archive, which is then under way, or in no part that is read.
    fn open(&mut self, path: PathBuf, below: PathBuf) -> Option<Source> {
        let relative = if below == Path::new("") { name_of(&path) } else { &*below };
        let is_wanted = self.selection.has(relative);
        let Ok(file) = File::open(&path) else {
            // Whoever reads it will be told why.
            return is_wanted.then_some(Source::File(path));
        };
        let is_regular = file.metadata().is_ok_and(|metadata| metadata.is_file());
        if !is_regular {
            return self.open_stream(Box::new(file), shown(&path).into_owned(), below, is_wanted);
        }
        let seekable = File::open(&path).ok();
        match archive::open(Box::new(file), seekable, shown(&path).into_owned(), below) {
            Ok(Opened::Plain(_)) => is_wanted.then_some(Source::File(path)),
            opened => self.begin(opened, shown(&path).into_owned(), is_wanted),
        }
    }

    /// The same for what can be read only once.
    fn open_stream(
        &mut self,
        stream: Stream,
        path: String,
        below: PathBuf,
        is_wanted: bool,
    ) -> Option<Source> {
        let opened = archive::open(stream, None, path.clone(), below);
        self.begin(opened, path, is_wanted)
    }

    fn begin(&mut self, opened: io::Result<Opened>, path: String, is_wanted: bool) -> Option<Source> {
        let content = match opened {
            Ok(Opened::Archive(archive)) => {
                self.archive = Some(archive);
                return None;
            }
            _ if !is_wanted => return None,
            Ok(Opened::Compressed(stream) | Opened::Plain(stream)) => {
                archive::read_all(stream, self.max_file_size)
            }
            Err(error) => Err(error.into()),
        };
        Some(Source::Member { path, content })
    }
}

impl Iterator for Sources {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        loop {
            if let Some(archive) = &mut self.archive {
                match archive.next(&self.selection, self.max_file_size) {
                    Some(source) => return Some(source),
                    None => self.archive = None,
                }
            }
            if let Some(walk) = &mut self.walk {
                match walk.next(&self.selection) {
                    Some(Found::Source(source)) => return Some(source),
                    Some(Found::Archive { path, below }) => match self.open(path, below) {
                        Some(source) => return Some(source),
                        None => continue,
                    },
                    None => self.walk = None,
                }
            }
            let path = match self.arguments.next() {
                Some(argument) if is_stdin(&argument) => {
                    let is_wanted = self.selection.has(&argument);
                    match self.open_stream(Box::new(io::stdin()), "-".to_owned(), PathBuf::new(), is_wanted) {
                        Some(source) => return Some(source),
                        None => continue,
                    }
                }
                Some(argument) => argument,
                None => match self.list.as_mut()?.next() {
                    Some(Ok(path)) => path,
                    Some(Err(error)) => {
                        return self.list.take().map(|list| Source::Unreadable(list.path, error));
                    }
                    None => return None,
                },
            };
            match uninterrupted(|| path.metadata()) {
                Ok(metadata) if metadata.is_dir() => self.walk = Some(Walk::of(path, &self.selection)),
                Err(error) if self.selection.has(name_of(&path)) => {
                    return Some(Source::Unreadable(path, error));
                }
                Err(_) => {}
                Ok(_) => {
                    let source = self.open(path, PathBuf::new());
                    if source.is_some() {
                        return source;
                    }
                }
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
