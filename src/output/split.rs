//! Writes the records to one output, or splits them into numbered parts by records or bytes.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[cfg(feature = "columnar")]
use crate::output::columnar::row;
use crate::output::format::RecordFormat;
use crate::output::projection::Projection;
use crate::output::record_writer::RecordWriter;
use crate::output::sink::{Complete, WriteError};
use crate::store::{ObjectUrl, is_url};
use crate::sys::compression::OutputCodec;
use memchr::{memchr, memchr_iter, memrchr};

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

    fn begin_next(&mut self) -> io::Result<()> {
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
    fn takes(self, format: RecordFormat, size: u64, records: &[u8]) -> (usize, u64) {
        match format {
            RecordFormat::JsonLines(_) => self.takes_lines(size, records),
            #[cfg(feature = "columnar")]
            RecordFormat::Table(_) => self.takes_rows(size, records),
        }
    }

    #[cfg(feature = "columnar")]
    fn takes_rows(self, mut size: u64, rows: &[u8]) -> (usize, u64) {
        let mut rest = rows;
        while let Some((row, behind)) = row::split_first(rest) {
            let (most, next) = match self {
                SplitLimit::Records(most) => (most, size + 1),
                SplitLimit::Bytes(most) => (most, size + row.len() as u64),
            };
            if next > most && size > 0 {
                break;
            }
            (size, rest) = (next, behind);
        }
        (rows.len() - rest.len(), size)
    }

    fn takes_lines(self, size: u64, lines: &[u8]) -> (usize, u64) {
        match self {
            SplitLimit::Records(most) => {
                let room = usize::try_from(most - size.min(most)).unwrap_or(usize::MAX);
                let ends = memchr_iter(b'\n', lines).take(room);
                let (count, end) = ends.fold((0, 0), |(count, _), at| (count + 1, at + 1));
                (end, size + count)
            }
            SplitLimit::Bytes(most) => {
                let room = usize::try_from(most - size.min(most)).unwrap_or(usize::MAX);
                let end = match memrchr(b'\n', &lines[..room.min(lines.len())]) {
                    None if size == 0 => memchr(b'\n', lines),
                    end => end,
                };
                let end = end.map_or(0, |at| at + 1);
                (end, size + end as u64)
            }
        }
    }
}

impl Write for SplitWriter {
    /// Writes whole records only.
    fn write(&mut self, records: &[u8]) -> io::Result<usize> {
        let Some(limit) = self.limit else { return self.current.write(records) };
        let (mut taken, mut size) = limit.takes(self.format, self.size, records);
        if taken == 0 && !records.is_empty() {
            self.begin_next()?;
            (taken, size) = limit.takes(self.format, 0, records);
        }
        self.current.write_all(&records[..taken])?;
        self.size = size;
        Ok(taken)
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
