//! Prefixes of an object store, whose objects are requested in advance.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use crate::input::selection::Selection;
use crate::input::walk::{Found, ListedEntry, Tree, Walk};
use crate::store::{ListedObject, Object, ObjectUrl};

/// A walk through a prefix, in the order that the same files have in a folder.
pub struct PrefixWalk {
    walk: Walk<Prefixes>,
    prefetched: VecDeque<FoundObject>,
}

/// An entry found by the walk.
pub enum FoundObject {
    /// An object that is already requested.
    Object {
        /// The path as reached from the argument.
        path: PathBuf,
        /// The path relative to the argument.
        relative: PathBuf,
        /// `true` if its name is that of a crawl file.
        is_named: bool,
        /// The reader of its bytes.
        object: Object,
    },
    /// A prefix that could not be listed.
    Unreadable(PathBuf, io::Error),
}

/// Maximum number of objects requested in advance. Each holds at most two blocks.
pub const MAX_PREFETCH: usize = 64;

impl PrefixWalk {
    /// Creates a walk through the prefix at `location`, whose path is `path`.
    pub fn new(path: PathBuf, location: ObjectUrl, selection: &Selection) -> Self {
        PrefixWalk { walk: Walk::start(Prefixes, path, location, selection), prefetched: VecDeque::new() }
    }

    /// Returns the next entry.
    pub fn next(&mut self, selection: &Selection) -> Option<FoundObject> {
        while self.prefetched.len() < MAX_PREFETCH {
            let Some(found) = self.walk.next(selection) else { break };
            let is_named = matches!(found, Found::Named { .. });
            self.prefetched.push_back(match found {
                Found::Named { path, location } | Found::Other { path, location } => {
                    let relative = self.walk.relative(&path).to_owned();
                    FoundObject::Object { path, relative, is_named, object: location.read() }
                }
                Found::Unreadable(path, error) => FoundObject::Unreadable(path, error),
            });
        }
        self.prefetched.pop_front()
    }
}

struct Prefixes;

impl Tree for Prefixes {
    type Handle = ObjectUrl;

    fn child(&self, folder: &ObjectUrl, name: &OsStr) -> ObjectUrl {
        folder.join(&name.to_string_lossy())
    }

    fn enter(
        &mut self,
        _: &Path,
        location: &ObjectUrl,
        relative: &Path,
        selection: &Selection,
    ) -> io::Result<Option<Vec<ListedEntry>>> {
        let listed = location.list()?.into_iter().filter_map(|ListedObject { name, is_prefix }| {
            let entry = if is_prefix { ListedEntry::folder } else { ListedEntry::file };
            entry(relative, name.into(), selection)
        });
        Ok(Some(listed.collect()))
    }
}
