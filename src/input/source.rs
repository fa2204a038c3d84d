//! One crawl file to read, with its path or its content.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{io, mem};

use crate::input::shared_bytes::SharedBytes;

/// One crawl file to read, or the reason for which it cannot be read.
#[derive(Debug)]
pub enum Source {
    /// A file; a symbolic link in its place is followed.
    File(PathBuf),
    /// A file found in a folder; a symbolic link that took its place is not followed.
    Found(PathBuf),
    /// A pipe or device that is an argument, which holds one crawl file.
    Stream(PathBuf),
    /// The standard input, which holds one crawl file.
    Stdin,
    /// Content that is already read: a member of an archive, a compressed file, or the content of a pipe.
    Loaded {
        /// The path in records and findings.
        path: String,
        /// The bytes, or the reason for which they could not be read.
        content: Result<SharedBytes, ReadError>,
    },
    /// A file or folder that was found but cannot be opened.
    Unreadable(PathBuf, io::Error),
}

impl Source {
    /// The path in records and findings: as reached from the argument, with bytes that are not UTF-8 as `\xFF`.
    pub fn display_path(&self) -> Cow<'_, str> {
        match self {
            Source::File(path) | Source::Found(path) | Source::Stream(path) | Source::Unreadable(path, _) => {
                display_path(path)
            }
            Source::Loaded { path, .. } => Cow::Borrowed(path),
            Source::Stdin => Cow::Borrowed("-"),
        }
    }

    /// Returns the path as [`display_path`](Source::display_path) does, and leaves the source without it.
    pub fn take_display_path(&mut self) -> String {
        match self {
            Source::File(path) | Source::Found(path) | Source::Stream(path) | Source::Unreadable(path, _) => {
                let path = mem::take(path).into_os_string().into_string();
                path.unwrap_or_else(|path| display_bytes(path.as_encoded_bytes()).into_owned())
            }
            Source::Loaded { path, .. } => mem::take(path),
            Source::Stdin => "-".to_owned(),
        }
    }

    /// Bytes of memory that the source holds.
    pub fn buffered_bytes(&self) -> usize {
        match self {
            Source::Loaded { content: Ok(bytes), .. } => bytes.retained_bytes(),
            _ => 0,
        }
    }
}

/// Reason for which a source's bytes could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// The file cannot be opened, read or decompressed.
    Unreadable(io::Error),
    /// The content is larger than the limit.
    TooLarge,
    /// The memory for the content is not available now.
    NoRoom,
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        ReadError::Unreadable(error)
    }
}

/// Displays a path; a byte that is not UTF-8 is `\xFF`.
pub(super) fn display_path(path: &Path) -> Cow<'_, str> {
    display_bytes(path.as_os_str().as_encoded_bytes())
}

/// Displays the bytes of a path; a byte that is not UTF-8 is `\xFF`.
pub(super) fn display_bytes(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(path) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(path);
    }
    let mut shown = String::new();
    for chunk in bytes.utf8_chunks() {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02X}"));
        }
    }
    Cow::Owned(shown)
}
