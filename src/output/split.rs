//! Writes the records to one output, or splits them into numbered parts by records or bytes.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::output::format::RecordFormat;
use crate::output::projection::Projection;
use crate::output::record_writer::RecordWriter;
use crate::output::sink::{Complete, WriteError};
use crate::store::{ObjectUrl, is_url};
use crate::sys::compression::OutputCodec;

/// Maximum size of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitLimit {
    /// Number of records.
    Records(u64),
    /// Number of bytes before compression. A larger record is a part of its own.
    Bytes(u64),
}

/// Writes records (lines or rows) to the standard output, a file, or numbered files.
#[derive(Debug)]
pub struct SplitWriter {
    path: Option<PathBuf>,
    format: RecordFormat,
    projection: Projection,
    limit: Option<SplitLimit>,
    current: RecordWriter,
    /// Records or bytes in the current part.
    size: u64,
    complete: Vec<Complete>,
}

impl SplitWriter {
    /// Opens the file at `path`, or with a limit its first part (see [`numbered`]), or the standard output without a
    /// path.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn create(
        path: Option<&Path>,
        format: RecordFormat,
        projection: Projection,
        limit: Option<SplitLimit>,
    ) -> Result<Self, WriteError> {
        let path = path.map(Path::to_owned);
        let limit = limit.map(|limit| limit.without_header(&format.header(projection)));
        let first = match (&path, limit) {
            (Some(path), Some(_)) => Some(numbered(path, 0)),
            (path, _) => path.clone(),
        };
        let current = RecordWriter::create(first.as_deref(), format, projection)?;
        Ok(SplitWriter { path, format, projection, limit, current, size: 0, complete: Vec::new() })
    }

    /// Finishes all parts and waits until every byte is on the disk or in the store. Returns them, and the parts to
    /// remove that an earlier, larger run left.
    ///
    /// # Errors
    /// Writing, flushing or syncing fails.
    pub fn complete(self) -> Result<(Vec<Complete>, Vec<PathBuf>), WriteError> {
        let SplitWriter { path, limit, current, mut complete, .. } = self;
        complete.push(current.complete()?);
        let numbered = path.filter(|_| limit.is_some());
        let removed = numbered.map(|path| existing(&path, complete.len()).collect());
        Ok((complete, removed.unwrap_or_default()))
    }

    fn next_part(&mut self) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let next = numbered(path, self.complete.len() + 1);
        let next = RecordWriter::create(Some(&next), self.format, self.projection)?;
        let last = std::mem::replace(&mut self.current, next);
        self.complete.push(last.complete()?);
        self.size = 0;
        Ok(())
    }
}

impl SplitLimit {
    /// Returns the number of bytes of `records` that still fit into a part of this size, and the new size of the part.
    fn fit(self, format: RecordFormat, mut size: u64, records: &[u8]) -> (usize, u64) {
        let mut fitting = 0;
        while let Some((length, counted)) = format.record_len(&records[fitting..]) {
            let (limit, next) = match self {
                SplitLimit::Records(limit) => (limit, size + 1),
                SplitLimit::Bytes(limit) => (limit, size + counted as u64),
            };
            if next > limit && size > 0 {
                break;
            }
            size = next;
            fitting += length;
        }
        (fitting, size)
    }

    /// Returns the limit for the records of a part that begins with `header`.
    fn without_header(self, header: &[u8]) -> Self {
        match self {
            SplitLimit::Records(limit) => SplitLimit::Records(limit),
            SplitLimit::Bytes(limit) => SplitLimit::Bytes(limit.saturating_sub(header.len() as u64)),
        }
    }
}

impl Write for SplitWriter {
    /// Writes whole records only.
    fn write(&mut self, records: &[u8]) -> io::Result<usize> {
        let Some(limit) = self.limit else { return self.current.write(records) };
        let (mut fitting, mut size) = limit.fit(self.format, self.size, records);
        if fitting == 0 && !records.is_empty() {
            self.next_part()?;
            (fitting, size) = limit.fit(self.format, 0, records);
        }
        self.current.write_all(&records[..fitting])?;
        self.size = size;
        Ok(fitting)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.current.flush()
    }
}

/// Name of a part: `articles-00007.jsonl.gz` for `articles.jsonl.gz`.
pub fn numbered(path: &Path, number: usize) -> PathBuf {
    let is_compressed = OutputCodec::from_path(path).is_some();
    let whole = if is_compressed { path.with_extension("") } else { path.to_owned() };
    let mut name = OsString::from(whole.file_stem().unwrap_or_default());
    name.push(format!("-{number:05}"));
    let endings = [whole.extension(), path.extension().filter(|_| is_compressed)];
    for ending in endings.into_iter().flatten() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

/// Parts of an earlier run, from a number on.
pub fn existing(path: &Path, from: usize) -> impl Iterator<Item = PathBuf> {
    (from..).map(move |number| numbered(path, number)).take_while(|part| match is_url(part) {
        true => ObjectUrl::parse(part).and_then(|part| part.is_there()).unwrap_or(false),
        false => part.is_file(),
    })
}
