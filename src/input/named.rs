//! Names as findings print them: with escapes for bytes that are not UTF-8 and for controls, of members of archives too.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::input::archive;
use crate::input::archive::{Archive, Opened, no_member};
use crate::input::printed::{is_printed_as, without_location};
use crate::input::selection::Selection;
use crate::input::source::display_path;
use crate::sys::signals::uninterrupted;
use crate::sys::{Links, open_file};
use crate::text::escape::quote;

/// A path that names no file as it stands, but does as findings print it.
#[derive(Debug, PartialEq, Eq)]
pub enum Named {
    /// A file or folder, under its true path.
    File(PathBuf),
    /// A member of an archive.
    Member(MemberPath),
}

/// Path of a member of an archive.
#[derive(Debug, PartialEq, Eq)]
pub struct MemberPath {
    /// True path of the archive.
    pub archive: PathBuf,
    /// Name of the member, as findings print it.
    pub name: String,
}

impl Named {
    /// Finds what `path` names: a path as findings print it, or one with the line and the column of a finding after it.
    pub fn find(path: &Path) -> Option<Named> {
        let printed = path.to_str()?;
        Named::find_printed(printed).or_else(|| Named::find_printed(without_location(printed)?))
    }

    fn find_printed(printed: &str) -> Option<Named> {
        let mut found = PathBuf::new();
        let mut rest = Some(printed);
        if let Some(from_root) = printed.strip_prefix('/') {
            found.push("/");
            rest = Some(from_root);
        }
        while let Some(printed) = rest {
            let (component, after) = printed
                .split_once('/')
                .map_or((printed, None), |(component, after)| (component, Some(after)));
            rest = after;
            if component.is_empty() {
                continue;
            }
            found = entry(&found, component)?;
            let metadata = uninterrupted(|| found.metadata()).ok()?;
            if let Some(name) = rest.filter(|name| metadata.is_file() && !name.is_empty()) {
                return Some(Named::Member(MemberPath { archive: found, name: name.to_owned() }));
            }
        }
        (!found.as_os_str().is_empty()).then_some(Named::File(found))
    }
}

impl MemberPath {
    /// Opens the archive, so that it yields this member alone. Members of more than `max_file_size` bytes are not read.
    ///
    /// # Errors
    /// The file cannot be read, or is not an archive.
    pub fn open(&self, max_file_size: usize) -> io::Result<Archive> {
        let MemberPath { archive, name } = self;
        let open = || open_file(archive, Links::Follow);
        let shown = display_path(archive).into_owned();
        match archive::open(Box::new(open()?), Some(&open), shown, PathBuf::new(), max_file_size)? {
            Opened::Archive(archive) => Ok(archive.only(name.clone())),
            Opened::Compressed(_) | Opened::Plain(_) => {
                let shown = quote(&display_path(archive)).to_string();
                Err(io::Error::other(format!("{shown} is neither a folder nor an archive")))
            }
        }
    }

    /// Checks that the archive has this member.
    ///
    /// # Errors
    /// It has not, or cannot be read up to the member.
    pub fn check(&self, selection: &Selection, max_file_size: usize) -> io::Result<()> {
        let mut archive = self.open(max_file_size)?;
        // The shard that has the member is not known here, and its content is read later.
        let mut anywhere = selection.clone();
        anywhere.shard = None;
        archive.next(&anywhere, 0);
        archive.has_member().then_some(()).ok_or_else(no_member)
    }

    /// The path in findings.
    pub fn display_path(&self) -> PathBuf {
        self.archive.join(&self.name)
    }
}

/// Returns the path of the entry of `folder` that has this name, or that findings print so.
fn entry(folder: &Path, printed: &str) -> Option<PathBuf> {
    let named = folder.join(printed);
    if uninterrupted(|| named.symlink_metadata()).is_ok() {
        return Some(named);
    }
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let is_meant = |name: &OsStr| is_printed_as(&display_path(Path::new(name)), printed);
    let entry = fs::read_dir(listed).ok()?.flatten().find(|entry| is_meant(&entry.file_name()))?;
    Some(folder.join(entry.file_name()))
}
