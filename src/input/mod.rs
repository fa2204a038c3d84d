//! What is read: arguments become sources, in order, one folder at a time.

pub mod archive;
pub mod count;
pub mod file;
pub mod held;
pub mod list;
mod objects;
pub mod opener;
pub mod selection;
pub mod shard;
mod urls;
mod walk;

use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::{io, mem};

use self::archive::{Archive, Opened};
use self::file::Failure;
use self::held::Held;
use self::list::ListFile;
use self::objects::Objects;
use self::selection::Selection;
use self::urls::Listing;
use self::walk::{Found, Walk};
use crate::signals::uninterrupted;
use crate::store::is_url;

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
        content: Result<Held, Failure>,
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

    /// The same, of a source that is not needed any more: it loses its path.
    pub fn take_shown(&mut self) -> String {
        match self {
            Source::File(path) | Source::Unreadable(path, _) => {
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

    /// The source at `path`, which lies at `below` from the argument, nowhere if it is the argument itself; none if it is
    /// an archive, which is then under way, or nothing that is looked for.
    fn open(&mut self, path: PathBuf, below: PathBuf) -> Option<Source> {
        if (self.is_written)(&path) {
            return None;
        }
        let looked_for = LookedFor::of(&self.selection, &path, &below);
        let Ok(file) = File::open(&path) else {
            // Whoever reads it will be told why.
            return looked_for.as_it_is.then_some(Source::File(path));
        };
        let is_regular = file.metadata().is_ok_and(|metadata| metadata.is_file());
        let opened = archive::open(
            Box::new(file),
            is_regular.then_some(path.as_path()),
            shown(&path).into_owned(),
            below,
        );
        match opened {
            Ok(Opened::Plain(_)) if is_regular => looked_for.as_it_is.then_some(Source::File(path)),
            opened => self.begin(opened, shown(&path).into_owned(), looked_for),
        }
    }

    /// The same for what can be read only once.
    fn open_stdin(&mut self) -> Option<Source> {
        let path = "-".to_owned();
        let looked_for = LookedFor::of(&self.selection, Path::new("-"), Path::new(""));
        let opened = archive::open(Box::new(io::stdin()), None, path.clone(), PathBuf::new());
        self.begin(opened, path, looked_for)
    }

    fn begin(&mut self, opened: io::Result<Opened>, path: String, looked_for: LookedFor) -> Option<Source> {
        let content = match opened {
            Ok(Opened::Archive(archive)) => {
                self.archive = Some(archive);
                return None;
            }
            Ok(Opened::Plain(stream)) if looked_for.as_it_is => archive::read_all(stream, self.max_file_size),
            Ok(Opened::Compressed(stream)) if looked_for.unpacked => {
                archive::read_all(stream, self.max_file_size)
            }
            Err(error) if looked_for.unpacked => Err(error.into()),
            _ => return None,
        };
        Some(Source::Member { path, content: content.map(Held::from) })
    }
}

/// Whether one file is looked for.
struct LookedFor {
    /// If it is neither an archive nor compressed.
    as_it_is: bool,
    /// If it is compressed.
    unpacked: bool,
}

impl LookedFor {
    /// Whether `selection` looks for the file at `path`, which lies at `below` from the argument.
    fn of(selection: &Selection, path: &Path, below: &Path) -> Self {
        let Some(name) = below.file_name() else {
            let has = selection.has(name_of(path));
            return LookedFor { as_it_is: has, unpacked: has };
        };
        let folder = below.parent().unwrap_or(Path::new(""));
        let has = selection.has(below);
        let is_named = has && selection.opens(folder, name);
        LookedFor {
            as_it_is: is_named || has && selection.reads(folder, name),
            unpacked: is_named || has && selection.reads_unpacked(folder, name),
        }
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
            if let Some(walk) = &mut self.walk {
                match walk.next(&self.selection) {
                    Some(Found::Source(Source::File(path))) if (self.is_written)(&path) => continue,
                    Some(Found::Source(source)) => return Some(source),
                    Some(Found::Unknown { path, below }) => match self.open(path, below) {
                        Some(source) => return Some(source),
                        None => continue,
                    },
                    None => self.walk = None,
                }
            }
            if let Some(objects) = &mut self.objects {
                match objects.next(&self.selection) {
                    Some(found) => match self.open_found(found) {
                        Some(source) => return Some(source),
                        None => continue,
                    },
                    None => self.objects = None,
                }
            }
            let (path, asked_for) = match self.arguments.next() {
                Some(argument) if is_stdin(&argument) => match self.open_stdin() {
                    Some(source) => return Some(source),
                    None => continue,
                },
                Some(argument) => (argument, None),
                None => match self.list.as_mut()?.next() {
                    Some(Ok(listed)) => {
                        self.names_nothing = false;
                        listed
                    }
                    Some(Err(error)) => {
                        self.names_nothing = false;
                        return self.list.take().map(|list| Source::Unreadable(list.path, error));
                    }
                    None => return None,
                },
            };
            if is_url(&path) {
                match self.open_url(&path, asked_for) {
                    Some(source) => return Some(source),
                    None => continue,
                }
            }
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
