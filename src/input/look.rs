//! Opens files and streams to detect archives and compressed files.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::input::archive;
use crate::input::archive::Opened;
use crate::input::files::{FoundKind, ListedFile};
use crate::input::reader::no_file;
use crate::input::selection::Selection;
use crate::input::shared_bytes::SharedBytes;
use crate::input::{Source, Sources, name_of, shown};
use crate::store::is_url;
use crate::sys::{Links, open_file};

impl Sources<'_> {
    /// Opens the source at `path`. `below` is its path relative to the argument, empty for the argument itself. Returns
    /// `None` if it is not included, or is an archive, which is read next.
    pub(super) fn open(&mut self, path: PathBuf, below: &Path) -> Option<Source> {
        match self.look(&path, below)? {
            Ok(Opened::Plain(_)) => Some(self.file(path, below)),
            opened => self.begin(opened, shown(&path).into_owned()),
        }
    }

    /// Detects the content of the file at `path` by its first bytes; `None` if it is not included.
    pub(super) fn look(&self, path: &Path, below: &Path) -> Option<io::Result<Opened>> {
        if (self.is_written)(path) {
            return None;
        }
        let links = self.links(below);
        let opened = open_file(path, links).and_then(|file| match file.metadata()?.is_file() {
            true => {
                let reopen = || open_file(path, links);
                archive::open(Box::new(file), Some(&reopen), shown(path).into_owned(), below.to_owned())
            }
            false => Err(no_file()),
        });
        Wanted::new(&self.selection, path, below).includes(&opened).then_some(opened)
    }

    /// Opens the pipe or device at `path`, which is an argument.
    pub(super) fn open_stream(&mut self, path: &Path) -> Option<Source> {
        let opened = File::open(path).map(|file| Box::new(file) as archive::Stream);
        self.begin_stream(opened, path)
    }

    /// Opens the standard input.
    pub(super) fn open_stdin(&mut self) -> Option<Source> {
        self.begin_stream(Ok(Box::new(io::stdin())), Path::new("-"))
    }

    fn begin_stream(&mut self, stream: io::Result<archive::Stream>, path: &Path) -> Option<Source> {
        let shown = shown(path).into_owned();
        let opened = stream.and_then(|stream| archive::open(stream, None, shown.clone(), PathBuf::new()));
        let is_included = Wanted::new(&self.selection, path, Path::new("")).includes(&opened);
        is_included.then(|| self.begin(opened, shown)).flatten()
    }

    /// Opens a listed file; `None` as for [`open`](Sources::open).
    pub(super) fn open_listed(&mut self, file: ListedFile) -> Option<Source> {
        let (path, below) = file.paths()?;
        let name = below.file_name().unwrap_or_default();
        let folder = below.parent().unwrap_or(Path::new(""));
        match file.kind {
            FoundKind::Unreadable => {
                let error = io::Error::other(file.error.unwrap_or_default());
                let place = if below.as_os_str().is_empty() { name_of(&path) } else { &below };
                self.selection.has(place).then_some(Source::Unreadable(path, error))
            }
            FoundKind::Stream if is_url(&path) => self.open_url(&path, None),
            FoundKind::Stream if file.path == "-" => self.open_stdin(),
            FoundKind::Stream => self.open_stream(&path),
            FoundKind::File if self.selection.names_file(folder, name) => {
                self.selection.has(&below).then(|| self.file(path, &below))
            }
            FoundKind::File | FoundKind::Compressed | FoundKind::Archive => self.open(path, &below),
        }
    }

    /// Reads the opened file, whose path in findings is `path`. Returns `None` for an archive, which is read next.
    pub(super) fn begin(&mut self, opened: io::Result<Opened>, path: String) -> Option<Source> {
        let content = match opened {
            Ok(Opened::Archive(archive)) => {
                self.archive = Some(archive);
                return None;
            }
            Ok(Opened::Plain(stream) | Opened::Compressed(stream)) => {
                archive::read_all(stream, self.max_file_size)
            }
            Err(error) => Err(error.into()),
        };
        Some(Source::Member { path, content: content.map(SharedBytes::from) })
    }

    /// Creates the source for the uncompressed file at `path`.
    fn file(&self, path: PathBuf, below: &Path) -> Source {
        match self.links(below) {
            Links::Follow => Source::File(path),
            Links::Refuse => Source::Found(path),
        }
    }

    /// Treatment of a symbolic link that took the place of the file at `below`, relative to its argument.
    fn links(&self, below: &Path) -> Links {
        let is_named = below.as_os_str().is_empty();
        if is_named || self.selection.follow { Links::Follow } else { Links::Refuse }
    }
}

/// Decides which contents of one file are included.
pub struct Wanted {
    /// `true` if the file is included when it is neither an archive nor compressed.
    pub as_it_is: bool,
    /// `true` if the file is included when it is compressed.
    unpacked: bool,
    /// `true` if the file is included when its content cannot be detected.
    is_in_shard: bool,
}

impl Wanted {
    /// Applies `selection` to the file at `path`. `below` is its path relative to the argument.
    pub fn new(selection: &Selection, path: &Path, below: &Path) -> Self {
        let Some(name) = below.file_name() else {
            let has = selection.has(name_of(path));
            return Wanted { as_it_is: has, unpacked: has, is_in_shard: has };
        };
        let folder = below.parent().unwrap_or(Path::new(""));
        let has = selection.has(below);
        let is_named = has && selection.opens(folder, name);
        Wanted {
            as_it_is: is_named || has && selection.reads(folder, name),
            unpacked: is_named || has && selection.reads_unpacked(folder, name),
            is_in_shard: has,
        }
    }

    /// Returns `true` if a file with this content is included. Of an archive, the members are selected one by one.
    pub fn includes(&self, opened: &io::Result<Opened>) -> bool {
        match opened {
            Ok(Opened::Archive(_)) => true,
            Ok(Opened::Plain(_)) => self.as_it_is,
            Ok(Opened::Compressed(_)) => self.unpacked,
            Err(error) if error.kind() == ErrorKind::NotFound => self.as_it_is,
            // A damaged file may be of any kind, whatever its name.
            Err(_) => self.is_in_shard,
        }
    }
}
