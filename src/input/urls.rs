//! URLs among the arguments and in lists: objects, archives and prefixes in object stores.

use std::collections::VecDeque;
use std::io::{self, Cursor, ErrorKind};
use std::path::{Path, PathBuf};

use crate::input::archive;
use crate::input::archive::{ARCHIVE_NAMED_AS_FILE, Opened, Stream};
use crate::input::list::{ListFormat, PathList, PathListOptions};
use crate::input::look::Wanted;
use crate::input::walk::prefixes::{FoundObject, MAX_PREFETCH, PrefixWalk};
use crate::input::{Source, Sources, file_name_or_self};
use crate::store::{Object, ObjectUrl, is_url, shown};

/// Checks that an object or a prefix exists at `url`.
///
/// # Errors
/// It does not exist, or the store cannot be asked.
pub fn exists(url: &Path) -> io::Result<()> {
    let location = ObjectUrl::parse(url)?;
    let is_there = !location.names_prefix() && location.is_there()? || location.holds_any()?;
    if is_there { Ok(()) } else { Err(missing()) }
}

/// Iterator over a list. Consecutive objects are requested in advance.
pub struct PrefetchedList {
    /// The list's own path.
    pub path: PathBuf,
    /// The format of its entries.
    pub format: ListFormat,
    list: PathList,
    prefetched: VecDeque<io::Result<(PathBuf, Option<Object>)>>,
}

impl PrefetchedList {
    /// Opens a list.
    ///
    /// # Errors
    /// The list cannot be opened.
    pub fn open(list: PathListOptions) -> io::Result<Self> {
        let list = PathList::open(list)?;
        Ok(PrefetchedList { path: list.path.clone(), format: list.format, list, prefetched: VecDeque::new() })
    }

    /// Returns the next path, with the object if it is already requested.
    pub fn next(&mut self) -> Option<io::Result<(PathBuf, Option<Object>)>> {
        let goes_on = |last: &io::Result<(_, Option<_>)>| matches!(last, Ok((_, Some(_))));
        while self.prefetched.len() < MAX_PREFETCH && self.prefetched.back().is_none_or(goes_on) {
            let Some(listed) = self.list.next() else { break };
            self.prefetched.push_back(listed.map(|path| {
                let location = is_url(&path).then(|| ObjectUrl::parse(&path).ok()).flatten();
                let object = location.filter(|location| !location.names_prefix());
                (path, object.map(|location| location.read()))
            }));
        }
        self.prefetched.pop_front()
    }
}

impl Sources<'_> {
    /// Opens the source at `url`; `None` if it is an archive or a prefix, which is read next, or is not included.
    pub(super) fn open_url(&mut self, url: &Path, prefetched: Option<Object>) -> Option<Source> {
        let path = shown(url);
        match self.start_url(url, &path, prefetched) {
            Ok(source) => source,
            Err(error) => {
                self.selection.in_shard(file_name_or_self(&path)).then_some(Source::Unreadable(path, error))
            }
        }
    }

    fn start_url(
        &mut self,
        url: &Path,
        path: &Path,
        prefetched: Option<Object>,
    ) -> io::Result<Option<Source>> {
        let location = ObjectUrl::parse(url)?;
        if !location.names_prefix() {
            match prefetched.unwrap_or_else(|| location.read()).begun() {
                Ok(object) => return Ok(self.open_object(path.to_owned(), PathBuf::new(), false, object)),
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                Err(_) => {}
            }
        }
        if !location.holds_any()? {
            return Err(missing());
        }
        self.prefix = Some(PrefixWalk::new(path.to_owned(), location, &self.selection));
        Ok(None)
    }

    /// Opens a source that the walk found; `None` if it is an archive, which is read next, or is not included.
    pub(super) fn open_found(&mut self, found: FoundObject) -> Option<Source> {
        match found {
            FoundObject::Object { path, .. } if (self.is_output)(&path) => None,
            FoundObject::Object { path, relative, is_named, object } => {
                self.open_object(path, relative, is_named, object)
            }
            FoundObject::Unreadable(path, error) => Some(Source::Unreadable(path, error)),
        }
    }

    fn open_object(
        &mut self,
        path: PathBuf,
        relative: PathBuf,
        is_named: bool,
        mut object: Object,
    ) -> Option<Source> {
        let wanted = Wanted::new(&self.selection, &path, &relative);
        let shown = crate::input::source::display_path(&path).into_owned();
        let object: Stream = match is_named.then(|| archive::read_all(&mut object, self.max_file_size)) {
            None => Box::new(object),
            // For a file read by its name, the size limit also applies before it is unpacked.
            Some(Ok(bytes)) => Box::new(Cursor::new(bytes)),
            Some(Err(failure)) => return Some(Source::Loaded { path: shown, content: Err(failure) }),
        };
        let opened = match archive::open(object, None, shown.clone(), relative, self.max_file_size) {
            Ok(Opened::Archive(_)) if is_named => Err(io::Error::other(ARCHIVE_NAMED_AS_FILE)),
            opened => opened,
        };
        wanted.includes(&opened).then(|| self.start(opened, shown)).flatten()
    }
}

fn missing() -> io::Error {
    io::Error::new(ErrorKind::NotFound, "there is no such object, and none below it")
}
