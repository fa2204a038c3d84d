//! Looks into what names do not tell: archives, compressed files, and streams.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::archive::{self, Opened};
use super::file::no_file;
use super::files::{Kind, ListedFile};
use super::held::Held;
use super::selection::Selection;
use super::{Source, Sources, name_of, shown};
use crate::store::is_url;
use crate::system::{Links, open_file};

impl Sources<'_> {
    /// The source at `path`, which lies at `below` from the argument, nowhere if it is the argument itself; none if it is
    /// an archive, which is then under way, or nothing that is looked for.
    pub(super) fn open(&mut self, path: PathBuf, below: &Path) -> Option<Source> {
        match self.look(&path, below)? {
            Ok(Opened::Plain(_)) => Some(self.file(path, below)),
            opened => self.begin(opened, shown(&path).into_owned()),
        }
    }

    /// The content of the file at `path`, as far as its first bytes tell; none if it is nothing that is looked for.
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
        LookedFor::of(&self.selection, path, below).includes(&opened).then_some(opened)
    }

    /// The source that comes through the pipe or device at `path`, which is an argument.
    pub(super) fn open_stream(&mut self, path: &Path) -> Option<Source> {
        let opened = File::open(path).map(|file| Box::new(file) as archive::Stream);
        self.begin_stream(opened, path)
    }

    /// The source that comes through the standard input.
    pub(super) fn open_stdin(&mut self) -> Option<Source> {
        self.begin_stream(Ok(Box::new(io::stdin())), Path::new("-"))
    }

    fn begin_stream(&mut self, stream: io::Result<archive::Stream>, path: &Path) -> Option<Source> {
        let shown = shown(path).into_owned();
        let opened = stream.and_then(|stream| archive::open(stream, None, shown.clone(), PathBuf::new()));
        let is_included = LookedFor::of(&self.selection, path, Path::new("")).includes(&opened);
        is_included.then(|| self.begin(opened, shown)).flatten()
    }

    /// The source of a file that was listed; none as for [`open`](Sources::open).
    pub(super) fn open_listed(&mut self, file: ListedFile) -> Option<Source> {
        let (path, below) = file.paths()?;
        let name = below.file_name().unwrap_or_default();
        let folder = below.parent().unwrap_or(Path::new(""));
        match file.kind {
            Kind::Unreadable => {
                let error = io::Error::other(file.error.unwrap_or_default());
                let place = if below.as_os_str().is_empty() { name_of(&path) } else { &below };
                self.selection.has(place).then_some(Source::Unreadable(path, error))
            }
            Kind::Stream if is_url(&path) => self.open_url(&path, None),
            Kind::Stream if file.path == "-" => self.open_stdin(),
            Kind::Stream => self.open_stream(&path),
            Kind::File if self.selection.names_file(folder, name) => {
                self.selection.has(&below).then(|| self.file(path, &below))
            }
            Kind::File | Kind::Compressed | Kind::Archive => self.open(path, &below),
        }
    }

    /// The source of what was opened, which is called `path`; none if it is an archive, which is then under way.
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
        Some(Source::Member { path, content: content.map(Held::from) })
    }

    /// The file at `path`, which is read as it is.
    fn file(&self, path: PathBuf, below: &Path) -> Source {
        match self.links(below) {
            Links::Follow => Source::File(path),
            Links::Refuse => Source::Found(path),
        }
    }

    /// The treatment of a link in the place of a file that lies at `below` from its argument.
    fn links(&self, below: &Path) -> Links {
        let is_named = below.as_os_str().is_empty();
        if is_named || self.selection.follow { Links::Follow } else { Links::Refuse }
    }
}

/// Whether one file is looked for.
pub struct LookedFor {
    /// If it is neither an archive nor compressed.
    pub as_it_is: bool,
    /// If it is compressed.
    unpacked: bool,
    /// If it cannot be told what it holds.
    is_in_shard: bool,
}

impl LookedFor {
    /// Whether `selection` looks for the file at `path`, which lies at `below` from the argument.
    pub fn of(selection: &Selection, path: &Path, below: &Path) -> Self {
        let Some(name) = below.file_name() else {
            let has = selection.has(name_of(path));
            return LookedFor { as_it_is: has, unpacked: has, is_in_shard: has };
        };
        let folder = below.parent().unwrap_or(Path::new(""));
        let has = selection.has(below);
        let is_named = has && selection.opens(folder, name);
        LookedFor {
            as_it_is: is_named || has && selection.reads(folder, name),
            unpacked: is_named || has && selection.reads_unpacked(folder, name),
            is_in_shard: has,
        }
    }

    /// Whether a file with this content is looked for. The members of an archive decide for themselves.
    pub fn includes(&self, opened: &io::Result<Opened>) -> bool {
        match opened {
            Ok(Opened::Archive(_)) => true,
            Ok(Opened::Plain(_)) => self.as_it_is,
            Ok(Opened::Compressed(_)) => self.unpacked,
            Err(error) if error.kind() == ErrorKind::NotFound => self.as_it_is,
            // It could hold anything, whatever its name.
            Err(_) => self.is_in_shard,
        }
    }
}
