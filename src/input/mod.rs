//! Turns arguments into sources, in order, one folder at a time.

pub mod archive;
pub mod count;
pub mod files;
mod leads;
pub mod list;
pub mod listed_file;
mod look;
pub mod named;
pub mod opener;
mod printed;
pub mod reader;
pub mod selection;
pub mod shard;
pub mod shared_bytes;
pub mod skipped;
pub mod source;
mod urls;
mod walk;

use std::io;
use std::path::{Path, PathBuf};

use crate::input::archive::Archive;
use crate::input::leads::Lead;
use crate::input::list::PathListOptions;
use crate::input::named::Named;
use crate::input::selection::Selection;
pub use crate::input::source::Source;
use crate::input::urls::PrefetchedList;
use crate::input::walk::folders::FolderWalk;
use crate::input::walk::prefixes::PrefixWalk;
use crate::store::is_url;
use crate::sys::signals::uninterrupted;

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

impl Inputs {
    /// Returns `true` if files or the list of them come from the standard input.
    pub fn use_stdin(&self) -> bool {
        self.paths.iter().chain(self.list.as_ref().map(|list| &list.path)).any(|path| path.as_os_str() == "-")
    }
}

/// Iterator over the sources of the inputs, which are discovered lazily.
pub struct Sources<'w> {
    is_output: Box<dyn Fn(&Path) -> bool + Send + 'w>,
    arguments: std::vec::IntoIter<PathBuf>,
    list: Option<PrefetchedList>,
    /// `true` while no argument and no line of the list has named anything.
    names_nothing: bool,
    selection: Selection,
    max_file_size: usize,
    folder: Option<FolderWalk>,
    prefix: Option<PrefixWalk>,
    archive: Option<Archive>,
}

impl<'w> Sources<'w> {
    /// Creates the sources of `inputs`. Content that is read ahead is limited to `max_file_size` bytes a file.
    ///
    /// # Errors
    /// Returns the arguments that do not exist and the list that cannot be opened, each with its I/O error.
    pub fn new(inputs: Inputs, max_file_size: usize) -> Result<Self, Vec<(PathBuf, io::Error)>> {
        let look = |path: &PathBuf| match is_url(path) {
            true => urls::exists(path),
            false => uninterrupted(|| path.metadata()).map(drop).or_else(|error| match Named::find(path) {
                Some(Named::File(_)) => Ok(()),
                Some(Named::Member(member)) => member.check(&inputs.selection, max_file_size),
                None => Err(error),
            }),
        };
        let is_missing = |path: &PathBuf| match look(path) {
            Err(error) if !is_stdin(path) && error.kind() != io::ErrorKind::PermissionDenied => {
                Some((path.clone(), error))
            }
            _ => None,
        };
        let mut missing: Vec<_> = inputs.paths.iter().filter_map(is_missing).collect();
        let Inputs { paths, list, selection } = inputs;
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
                is_output: Box::new(|_| false),
                names_nothing: paths.is_empty(),
                arguments: paths.into_iter(),
                list,
                selection,
                max_file_size,
                folder: None,
                prefix: None,
                archive: None,
            })
        } else {
            Err(missing)
        }
    }

    /// Excludes the files that the run itself writes.
    pub fn excluding(self, is_output: impl Fn(&Path) -> bool + Send + 'w) -> Self {
        Sources { is_output: Box::new(is_output), ..self }
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
                Lead::File { path, relative } => self.open(path, &relative),
                Lead::Stream(path) => self.open_stream(&path),
                Lead::Member(member) => self.open_member(&member),
                Lead::Stdin => self.open_stdin(),
                Lead::Url(url, prefetched) => self.open_url(&url, prefetched),
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
fn file_name_or_self(argument: &Path) -> &Path {
    argument.file_name().map_or(argument, Path::new)
}

fn is_stdin(argument: &Path) -> bool {
    argument.as_os_str() == "-"
}
