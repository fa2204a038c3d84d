//! A line of the list that `ingest files` writes and `--as-found` reads.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::input::source::{display_bytes, display_path};
use crate::text::escape::{escape, quote};
use crate::text::json;

/// A file to be read, as far as it is known without being read.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedFile {
    /// The path, as records and findings name it.
    pub path: String,
    /// The end of `path` that is below the argument; empty for the argument itself.
    relative: String,
    /// The method of reading the file.
    pub kind: FoundKind,
    /// The size in bytes; `None` if it is not known.
    size: Option<u64>,
    /// The reason why it cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The bytes of the path in hexadecimal, if they are not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
}

/// Method of reading a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FoundKind {
    /// A crawl file by its name, or because nothing else applies.
    File,
    /// A compressed crawl file.
    Compressed,
    /// An archive.
    Archive,
    /// The standard input, a pipe, a device or a URL: listed without being opened.
    Stream,
    /// A file, folder or link that cannot be opened, or a file whose beginning is damaged.
    Unreadable,
}

impl ListedFile {
    /// Creates the entry for the file at `path`, whose end below the argument is `relative`.
    pub(super) fn new(path: &Path, relative: &Path, kind: FoundKind, size: Option<u64>) -> Self {
        let bytes = path.as_os_str().as_bytes();
        ListedFile {
            path: display_path(path).into_owned(),
            relative: display_path(relative).into_owned(),
            kind,
            size,
            error: None,
            path_bytes: path.to_str().is_none().then(|| hex(bytes)),
        }
    }

    /// Creates the entry for a file that cannot be read.
    pub(super) fn unreadable(path: &Path, relative: &Path, error: &io::Error) -> Self {
        ListedFile {
            error: Some(error.to_string()),
            ..ListedFile::new(path, relative, FoundKind::Unreadable, None)
        }
    }

    /// Serializes the file as a line of JSON.
    pub fn line(&self) -> String {
        json::line(self)
    }

    /// Parses a line of JSON.
    ///
    /// # Errors
    /// The line is not valid JSON, or its fields contradict each other.
    pub(super) fn parse(line: &Path) -> io::Result<Self> {
        let bytes = line.as_os_str().as_bytes();
        let parsed = json::parse::<Self>(bytes).and_then(|file| match file.paths() {
            Some(_) => Ok(file),
            None => Err(io::Error::other("`path`, `relative` and `path_bytes` do not agree")),
        });
        parsed.map_err(|error| {
            let error = error.to_string();
            let line = quote(&display_bytes(bytes)).to_string();
            io::Error::other(format!("not a line of `ingest files`: {}: {line}", escape(&error)))
        })
    }

    /// Returns the path and its end below the argument; `None` if the fields contradict each other.
    pub(super) fn paths(&self) -> Option<(PathBuf, PathBuf)> {
        let path = match &self.path_bytes {
            None => self.path.clone().into_bytes(),
            Some(hex) => unhex(hex)?,
        };
        let mut starts = (0..=path.len()).rev();
        let start = starts.find(|start| display_bytes(&path[*start..]).len() >= self.relative.len())?;
        let relative = &path[start..];
        let is_right = display_bytes(&path) == self.path && display_bytes(relative) == self.relative;
        let relative = OsString::from_vec(relative.to_vec());
        is_right.then(|| (OsString::from_vec(path).into(), relative.into()))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect()
}
