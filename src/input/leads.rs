//! Leads to sources: arguments, entries of lists and of folders, before they are opened.

use std::io;
use std::path::PathBuf;

use crate::input::list::ListFormat;
use crate::input::listed_file::ListedFile;
use crate::input::named::{MemberPath, Named};
use crate::input::walk::Found;
use crate::input::walk::folders::FolderWalk;
use crate::input::walk::prefixes::FoundObject;
use crate::input::{Source, Sources, file_name_or_self, is_stdin};
use crate::store::{Object, is_url};
use crate::sys::signals::uninterrupted;

/// A lead to sources, as far as names and folders tell.
pub enum Lead {
    /// A file that is read for its name, or an entry that cannot be read.
    Source(Source),
    /// A file whose first bytes decide how it is read.
    File {
        /// The path as reached from the argument.
        path: PathBuf,
        /// The path relative to the argument.
        relative: PathBuf,
    },
    /// A pipe or device that is an argument or listed.
    Stream(PathBuf),
    /// A member of an archive.
    Member(MemberPath),
    /// The standard input.
    Stdin,
    /// A URL that is an argument or listed, with the object if it is already requested.
    Url(PathBuf, Option<Object>),
    /// An object or prefix below a URL.
    Object(FoundObject),
    /// A file that `ingest files` listed.
    Listed(ListedFile),
}

impl Sources<'_> {
    /// Returns the next lead of the folder, the prefix, the arguments or the list, without opening it.
    pub(super) fn next_lead(&mut self) -> Option<Lead> {
        loop {
            if let Some(folder) = &mut self.folder {
                match folder.next(&self.selection) {
                    Some(Found::Named { path, .. }) if (self.is_output)(&path) => continue,
                    Some(Found::Named { path, .. }) if self.selection.follow => {
                        return Some(Lead::Source(Source::File(path)));
                    }
                    Some(Found::Named { path, .. }) => return Some(Lead::Source(Source::Found(path))),
                    Some(Found::Other { path, .. }) => {
                        let relative = folder.relative(&path).to_owned();
                        return Some(Lead::File { path, relative });
                    }
                    Some(Found::Unreadable(path, error)) => {
                        return Some(Lead::Source(Source::Unreadable(path, error)));
                    }
                    None => self.folder = None,
                }
            }
            if let Some(prefix) = &mut self.prefix {
                match prefix.next(&self.selection) {
                    Some(found) => return Some(Lead::Object(found)),
                    None => self.prefix = None,
                }
            }
            let (path, prefetched) = match self.arguments.next() {
                Some(argument) if is_stdin(&argument) => return Some(Lead::Stdin),
                Some(argument) => (argument, None),
                None => match self.next_listed()? {
                    Ok(ListEntry::Path(path, object)) => (path, object),
                    Ok(ListEntry::File(file)) => return Some(Lead::Listed(file)),
                    Err(error) => {
                        let list = self.list.take()?;
                        return Some(Lead::Source(Source::Unreadable(list.path, error)));
                    }
                },
            };
            if is_url(&path) {
                return Some(Lead::Url(path, prefetched));
            }
            match uninterrupted(|| path.metadata()) {
                Ok(metadata) if metadata.is_dir() => {
                    self.folder = Some(FolderWalk::new(path, &self.selection))
                }
                Ok(metadata) if metadata.is_file() => {
                    return Some(Lead::File { path, relative: PathBuf::new() });
                }
                Ok(_) => return Some(Lead::Stream(path)),
                Err(error) => {
                    let found = Named::find(&path);
                    match found {
                        Some(Named::Member(member)) => return Some(Lead::Member(member)),
                        Some(Named::File(found)) if found.is_dir() => {
                            self.folder = Some(FolderWalk::new(found, &self.selection));
                        }
                        Some(Named::File(found)) => {
                            return Some(Lead::File { path: found, relative: PathBuf::new() });
                        }
                        None if self.selection.in_shard(file_name_or_self(&path)) => {
                            return Some(Lead::Source(Source::Unreadable(path, error)));
                        }
                        None => {}
                    }
                }
            }
        }
    }

    fn next_listed(&mut self) -> Option<io::Result<ListEntry>> {
        let list = self.list.as_mut()?;
        let listed = list.next()?;
        self.names_nothing = false;
        Some(listed.and_then(|(line, object)| match list.format {
            ListFormat::Found => ListedFile::parse(&line).map(ListEntry::File),
            ListFormat::Lines | ListFormat::Nul => Ok(ListEntry::Path(line, object)),
        }))
    }
}

/// An entry of a list.
enum ListEntry {
    Path(PathBuf, Option<Object>),
    File(ListedFile),
}
