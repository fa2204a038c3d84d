//! Walks the objects below a prefix, in the order that the same files have in a folder, and requests many in advance.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use crate::input::selection::Selection;
use crate::input::walk::join;
use crate::store::{ListedObject, Object, ObjectUrl};

/// A walk through a prefix and those below it. It holds the names of one prefix for each level of depth.
pub struct PrefixWalk {
    /// The argument.
    root: PathBuf,
    /// The open prefixes, the innermost last. Each is sorted in descending order, so that its next name is the last.
    prefixes: Vec<Prefix>,
    ahead: VecDeque<FoundObject>,
}

struct Prefix {
    path: PathBuf,
    location: ObjectUrl,
    listed: Vec<ListedObject>,
}

/// An entry found by the walk.
pub enum FoundObject {
    /// An object that is already requested.
    Object {
        /// The path as reached from the argument.
        path: PathBuf,
        /// The path relative to the argument.
        below: PathBuf,
        /// `true` if its name is that of a crawl file.
        is_named: bool,
        /// The reader of its bytes.
        object: Object,
    },
    /// A prefix that could not be listed.
    Refused(PathBuf, io::Error),
}

/// Maximum number of objects requested in advance. Each holds at most two blocks.
pub const MAX_PREFETCH: usize = 64;

impl PrefixWalk {
    /// Creates a walk through the prefix at `location`, whose path is `path`.
    pub fn new(path: PathBuf, location: ObjectUrl, selection: &Selection) -> Self {
        let mut objects = PrefixWalk { root: path.clone(), prefixes: Vec::new(), ahead: VecDeque::new() };
        objects.enter(path, location, selection);
        objects
    }

    /// Returns the next entry.
    pub fn next(&mut self, selection: &Selection) -> Option<FoundObject> {
        while self.ahead.len() < MAX_PREFETCH && self.ask(selection) {}
        self.ahead.pop_front()
    }

    /// Requests the next object or enters the next prefix; returns `false` after the last one.
    fn ask(&mut self, selection: &Selection) -> bool {
        let Some(Prefix { path, location, listed }) = self.prefixes.last_mut() else { return false };
        match listed.pop() {
            None => drop(self.prefixes.pop()),
            Some(ListedObject { name, is_prefix }) => {
                let path = join(path, OsStr::new(&name));
                let location = location.join(&name);
                if is_prefix {
                    self.enter(path, location, selection);
                } else {
                    let below = self.below(&path).to_owned();
                    let folder = below.parent().unwrap_or(Path::new(""));
                    let is_named = selection.names_file(folder, OsStr::new(&name));
                    if !is_named || selection.has(&below) {
                        self.ahead.push_back(FoundObject::Object {
                            path,
                            below,
                            is_named,
                            object: location.read(),
                        });
                    }
                }
            }
        }
        true
    }

    fn enter(&mut self, path: PathBuf, location: ObjectUrl, selection: &Selection) {
        let below = self.below(&path);
        match location.list() {
            Ok(mut listed) => {
                listed.retain(|ListedObject { name, is_prefix }| match is_prefix {
                    true => selection.enters(below, OsStr::new(name)),
                    false => {
                        let name = OsStr::new(name);
                        selection.reads(below, name) || selection.looks_into(below, name)
                    }
                });
                // Unlike a folder, a prefix may have an object and a prefix of the same name. The object comes first.
                listed.sort_unstable_by(|a, b| (&b.name, b.is_prefix).cmp(&(&a.name, a.is_prefix)));
                self.prefixes.push(Prefix { path, location, listed });
            }
            Err(error) if selection.has(below) => self.ahead.push_back(FoundObject::Refused(path, error)),
            Err(_) => {}
        }
    }

    /// Returns `path` relative to the argument.
    fn below<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}
