//! Lists the files of a run without reading them, and parses such a list.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::input::archive::Opened;
use crate::input::leads::Lead;
use crate::input::{Source, Sources, name_of, shown, shown_bytes};
use crate::store;
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
    fn new(path: &Path, relative: &Path, kind: FoundKind, size: Option<u64>) -> Self {
        let bytes = path.as_os_str().as_bytes();
        ListedFile {
            path: shown(path).into_owned(),
            relative: shown(relative).into_owned(),
            kind,
            size,
            error: None,
            path_bytes: path.to_str().is_none().then(|| hex(bytes)),
        }
    }

    fn unreadable(path: &Path, relative: &Path, error: &io::Error) -> Self {
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
            let line = quote(&shown_bytes(bytes)).to_string();
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
        let start = starts.find(|start| shown_bytes(&path[*start..]).len() >= self.relative.len())?;
        let relative = &path[start..];
        let is_right = shown_bytes(&path) == self.path && shown_bytes(relative) == self.relative;
        let relative = OsString::from_vec(relative.to_vec());
        is_right.then(|| (OsString::from_vec(path).into(), relative.into()))
    }
}

/// Iterator over the files of a run, in their order.
pub struct Files<'w>(Sources<'w>);

impl<'w> Files<'w> {
    /// Creates a lister of the files that `sources` would read.
    pub fn new(sources: Sources<'w>) -> Self {
        Files(sources)
    }

    fn list(&mut self, lead: Lead) -> Option<ListedFile> {
        let Files(sources) = self;
        match lead {
            Lead::Source(source) => {
                let below = |path| sources.walk.as_ref().map_or(Path::new(""), |walk| walk.below(path));
                match &source {
                    Source::Unreadable(path, error) => Some(ListedFile::unreadable(path, below(path), error)),
                    Source::File(path) | Source::Found(path) => {
                        Some(ListedFile::new(path, below(path), FoundKind::File, size(path)))
                    }
                    _ => None,
                }
            }
            Lead::File { path, below } => {
                let kind = match sources.look(&path, &below)? {
                    Ok(Opened::Plain(_)) => FoundKind::File,
                    Ok(Opened::Compressed(_)) => FoundKind::Compressed,
                    Ok(Opened::Archive(_)) => FoundKind::Archive,
                    Err(error) => return Some(ListedFile::unreadable(&path, &below, &error)),
                };
                Some(ListedFile::new(&path, &below, kind, size(&path)))
            }
            Lead::Listed(file) => Some(file),
            Lead::Stdin => self.list_stream(Path::new("-")),
            Lead::Stream(path) => self.list_stream(&path),
            Lead::Url(url, _) => self.list_stream(&store::shown(&url)),
            Lead::Object(_) => None,
        }
    }

    fn list_stream(&self, path: &Path) -> Option<ListedFile> {
        let has = self.0.selection.has(name_of(path));
        has.then(|| ListedFile::new(path, Path::new(""), FoundKind::Stream, None))
    }
}

impl Iterator for Files<'_> {
    type Item = ListedFile;

    fn next(&mut self) -> Option<ListedFile> {
        loop {
            let lead = self.0.next_lead()?;
            let listed = self.list(lead);
            if listed.is_some() {
                return listed;
            }
        }
    }
}

fn size(path: &Path) -> Option<u64> {
    path.metadata().ok().map(|metadata| metadata.len())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect()
}
