//! Leads to sources: arguments, entries of lists and of folders, before they are opened.

use std::io;
use std::path::PathBuf;

use crate::input::files::ListedFile;
use crate::input::list::ListFormat;
use crate::input::walk::{Found, Walk};
use crate::input::{Source, Sources, is_stdin, name_of, prefix_walk};
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
        below: PathBuf,
    },
    /// A pipe or device that is an argument or listed.
    Stream(PathBuf),
    /// The standard input.
    Stdin,
    /// A URL that is an argument or listed, with the object if it is already requested.
    Url(PathBuf, Option<Object>),
    /// An object or prefix below a URL.
    Object(prefix_walk::FoundObject),
    /// A file that `ingest files` listed.
    Listed(ListedFile),
}

impl Sources<'_> {
    /// Returns the next lead of the folder, the prefix, the arguments or the list, without opening it.
    pub(super) fn next_lead(&mut self) -> Option<Lead> {
        loop {
            if let Some(walk) = &mut self.walk {
                match walk.next(&self.selection) {
                    Some(Found::Source(Source::File(path) | Source::Found(path)))
                        if (self.is_written)(&path) =>
                    {
                        continue;
                    }
                    Some(Found::Source(source)) => return Some(Lead::Source(source)),
                    Some(Found::Unknown { path, below }) => return Some(Lead::File { path, below }),
                    None => self.walk = None,
                }
            }
            if let Some(objects) = &mut self.objects {
                match objects.next(&self.selection) {
                    Some(found) => return Some(Lead::Object(found)),
                    None => self.objects = None,
                }
            }
            let (path, asked_for) = match self.arguments.next() {
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
                return Some(Lead::Url(path, asked_for));
            }
            match uninterrupted(|| path.metadata()) {
                Ok(metadata) if metadata.is_dir() => self.walk = Some(Walk::new(path, &self.selection)),
                Ok(metadata) if metadata.is_file() => {
                    return Some(Lead::File { path, below: PathBuf::new() });
                }
                Ok(_) => return Some(Lead::Stream(path)),
                Err(error) if self.selection.has(name_of(&path)) => {
                    return Some(Lead::Source(Source::Unreadable(path, error)));
                }
                Err(_) => {}
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
