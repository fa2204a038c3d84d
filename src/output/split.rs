//! Writes the records to one output, or splits them into numbered parts by records or bytes.

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

#[cfg(feature = "columnar")]
use crate::output::columnar::rows::Rows;
use crate::output::encoding::RecordSink;
use crate::output::format::RecordFormat;
use crate::output::projection::Projection;
use crate::output::record_writer::RecordWriter;
use crate::output::sink::{Complete, WriteError};
use crate::store::{ObjectUrl, is_url};
use crate::sys::compression::OutputCodec;
use crate::sys::tasks::TaskQueue;

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
    tasks: TaskQueue,
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
        tasks: TaskQueue,
    ) -> Result<Self, WriteError> {
        let path = path.map(Path::to_owned);
        let limit = limit.map(|limit| limit.without_header(&format.header(projection)));
        let first = match (&path, limit) {
            (Some(path), Some(_)) => Some(numbered(path, 0)),
            (path, _) => path.clone(),
        };
        let current = RecordWriter::create(first.as_deref(), format, projection, tasks.clone())?;
        Ok(SplitWriter { path, format, projection, limit, current, tasks, size: 0, complete: Vec::new() })
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
        let next = RecordWriter::create(Some(&next), self.format, self.projection, self.tasks.clone())?;
        let last = std::mem::replace(&mut self.current, next);
        self.complete.push(last.complete()?);
        self.size = 0;
        Ok(())
    }

    /// Begins the next part if the current one takes none of the records of these sizes. Returns how many of them the
    /// part takes, which it then counts as written, and their length.
    fn make_room(
        &mut self,
        limit: SplitLimit,
        sizes: impl Iterator<Item = usize> + Clone,
    ) -> io::Result<(usize, usize)> {
        let (mut count, mut length, mut size) = limit.fit(self.size, sizes.clone());
        if count == 0 {
            self.next_part()?;
            (count, length, size) = limit.fit(0, sizes);
        }
        self.size = size;
        Ok((count, length))
    }
}

impl SplitLimit {
    /// Returns how many records of these sizes still fit into a part of this size, their length, and the new size of the
    /// part. An empty part takes any first record.
    fn fit(self, mut size: u64, sizes: impl Iterator<Item = usize>) -> (usize, usize, u64) {
        let (mut count, mut length) = (0, 0);
        for record in sizes {
            let (limit, next) = match self {
                SplitLimit::Records(limit) => (limit, size + 1),
                SplitLimit::Bytes(limit) => (limit, size + record as u64),
            };
            if next > limit && size > 0 {
                break;
            }
            size = next;
            (count, length) = (count + 1, length + record);
        }
        (count, length, size)
    }

    /// Returns the limit for the records of a part that begins with `header`.
    fn without_header(self, header: &[u8]) -> Self {
        match self {
            SplitLimit::Records(limit) => SplitLimit::Records(limit),
            SplitLimit::Bytes(limit) => SplitLimit::Bytes(limit.saturating_sub(header.len() as u64)),
        }
    }
}

impl RecordSink for SplitWriter {
    fn write_text(&mut self, mut text: &[u8]) -> io::Result<()> {
        let Some(limit) = self.limit else { return self.current.write_text(text) };
        while !text.is_empty() {
            let (count, length) = self.make_room(limit, self.format.record_lengths(text))?;
            if count == 0 {
                // It does not hold whole records.
                return Err(ErrorKind::InvalidInput.into());
            }
            self.current.write_text(&text[..length])?;
            text = &text[length..];
        }
        Ok(())
    }

    #[cfg(feature = "columnar")]
    fn write_rows(&mut self, mut rows: Rows) -> io::Result<()> {
        let Some(limit) = self.limit else { return self.current.write_rows(rows) };
        while !rows.is_empty() {
            let (count, _) = self.make_room(limit, rows.sizes().iter().copied())?;
            let (first, rest) = rows.split_at(count);
            self.current.write_rows(first)?;
            rows = rest;
        }
        Ok(())
    }

    fn advance(&mut self) -> io::Result<()> {
        self.current.advance()
    }

    fn flush_records(&mut self) -> io::Result<()> {
        self.current.flush_records()
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
