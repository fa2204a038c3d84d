//! Opens files and streams to detect archives and compressed files.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::input::archive;
use crate::input::archive::Opened;
use crate::input::listed_file::{FoundKind, ListedFile};
use crate::input::named::{MemberPath, Named};
use crate::input::reader::no_file;
use crate::input::selection::Selection;
use crate::input::shared_bytes::SharedBytes;
use crate::input::skipped::Skipped;
use crate::input::source::display_path;
use crate::input::{Source, Sources, file_name_or_self};
use crate::store::is_url;
use crate::sys::{Links, open_file};

impl Sources<'_> {
    /// Opens the source at `path`. `relative` is its path relative to the argument, empty for the argument itself. Returns
    /// `None` if it is not included, or is an archive, which is read next.
    pub(super) fn open(&mut self, path: PathBuf, relative: &Path) -> Option<Source> {
        match self.look(&path, relative)? {
            Ok(Opened::Plain(_)) => Some(self.file(path, relative)),
            opened => self.start(opened, display_path(&path).into_owned()),
        }
    }

    /// Detects the content of the file at `path` by its first bytes; `None` if it is not included.
    pub(super) fn look(&self, path: &Path, relative: &Path) -> Option<io::Result<Opened>> {
        if (self.is_output)(path) {
            return None;
        }
        let links = self.links(relative);
        let opened = open_file(path, links).and_then(|file| match file.metadata()?.is_file() {
            true => {
                let reopen = || open_file(path, links);
                archive::open(
                    Box::new(file),
                    Some(&reopen),
                    display_path(path).into_owned(),
                    relative.to_owned(),
                    self.max_file_size,
                )
            }
            false => Err(no_file()),
        });
        let wanted = Wanted::new(&self.selection, path, relative);
        if !wanted.includes(&opened) {
            if wanted.is_in_shard {
                self.selection.note(path, Skipped::NotIncluded);
            }
            return None;
        }
        Some(opened)
    }

    /// Opens the pipe or device at `path`, which is an argument.
    pub(super) fn open_stream(&mut self, path: &Path) -> Option<Source> {
        let opened = File::open(path).map(|file| Box::new(file) as archive::Stream);
        self.start_stream(opened, path)
    }

    /// Opens the archive that has a member, which is read next.
    pub(super) fn open_member(&mut self, member: &MemberPath) -> Option<Source> {
        match member.open(self.max_file_size) {
            Ok(archive) => {
                self.archive = Some(archive);
                None
            }
            Err(error) => Some(Source::Unreadable(member.display_path(), error)),
        }
    }

    /// Opens the standard input.
    pub(super) fn open_stdin(&mut self) -> Option<Source> {
        self.start_stream(Ok(Box::new(io::stdin())), Path::new("-"))
    }

    fn start_stream(&mut self, stream: io::Result<archive::Stream>, path: &Path) -> Option<Source> {
        let display = display_path(path).into_owned();
        let opened = stream.and_then(|stream| {
            archive::open(stream, None, display.clone(), PathBuf::new(), self.max_file_size)
        });
        let is_included = Wanted::new(&self.selection, path, Path::new("")).includes(&opened);
        is_included.then(|| self.start(opened, display)).flatten()
    }

    /// Opens a listed file; `None` as for [`open`](Sources::open).
    pub(super) fn open_listed(&mut self, file: ListedFile) -> Option<Source> {
        let (path, relative) = file.paths()?;
        let name = relative.file_name().unwrap_or_default();
        let folder = relative.parent().unwrap_or(Path::new(""));
        match file.kind {
            FoundKind::Unreadable => {
                let error = io::Error::other(file.error.unwrap_or_default());
                let place =
                    if relative.as_os_str().is_empty() { file_name_or_self(&path) } else { &relative };
                self.selection.in_shard(place).then_some(Source::Unreadable(path, error))
            }
            FoundKind::Stream if is_url(&path) => self.open_url(&path, None),
            FoundKind::Stream if file.path == "-" => self.open_stdin(),
            FoundKind::Stream => match Named::find(&path) {
                Some(Named::Member(member)) => self.open_member(&member),
                _ => self.open_stream(&path),
            },
            FoundKind::File if self.selection.is_regular_name(folder, name) => {
                self.selection.in_shard(&relative).then(|| self.file(path, &relative))
            }
            FoundKind::File | FoundKind::Compressed | FoundKind::Archive => self.open(path, &relative),
        }
    }

    /// Reads the opened file, whose path in findings is `path`. Returns `None` for an archive, which is read next.
    pub(super) fn start(&mut self, opened: io::Result<Opened>, path: String) -> Option<Source> {
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
        Some(Source::Loaded { path, content: content.map(SharedBytes::from) })
    }

    /// Creates the source for the uncompressed file at `path`.
    fn file(&self, path: PathBuf, relative: &Path) -> Source {
        match self.links(relative) {
            Links::Follow => Source::File(path),
            Links::Refuse => Source::Found(path),
        }
    }

    /// Treatment of a symbolic link that took the place of the file at `relative`, relative to its argument.
    fn links(&self, relative: &Path) -> Links {
        let is_named = relative.as_os_str().is_empty();
        if is_named || self.selection.follow { Links::Follow } else { Links::Refuse }
    }
}

/// Decides which contents of one file are included.
pub struct Wanted {
    /// `true` if the file is included when it is neither an archive nor compressed.
    pub plain: bool,
    /// `true` if the file is included when it is compressed.
    decompressed: bool,
    /// `true` if the file is included when its content cannot be detected.
    is_in_shard: bool,
}

impl Wanted {
    /// Applies `selection` to the file at `path`. `relative` is its path relative to the argument.
    pub fn new(selection: &Selection, path: &Path, relative: &Path) -> Self {
        let Some(name) = relative.file_name() else {
            let has = selection.in_shard(file_name_or_self(path));
            return Wanted { plain: has, decompressed: has, is_in_shard: has };
        };
        let folder = relative.parent().unwrap_or(Path::new(""));
        let has = selection.in_shard(relative);
        let is_named = has && selection.is_container(folder, name);
        Wanted {
            plain: is_named || has && selection.includes(folder, name),
            decompressed: is_named || has && selection.includes_decompressed(folder, name),
            is_in_shard: has,
        }
    }

    /// Returns `true` if a file with this content is included. Of an archive, the members are selected one by one.
    pub fn includes(&self, opened: &io::Result<Opened>) -> bool {
        match opened {
            Ok(Opened::Archive(_)) => true,
            Ok(Opened::Plain(_)) => self.plain,
            Ok(Opened::Compressed(_)) => self.decompressed,
            Err(error) if error.kind() == ErrorKind::NotFound => self.plain,
            // A damaged file may be of any kind, whatever its name.
            Err(_) => self.is_in_shard,
        }
    }
}
