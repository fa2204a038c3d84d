//! The stream of records in one piece, or in parts of so many records or bytes.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::destination::{CannotWrite, Complete, Destination};
use crate::compression::Compression;
use crate::scan::{memchr, memchr_iter, memrchr};

/// How large a part may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So many records.
    Records(u64),
    /// So many bytes before they are compressed. A record that has more is a part of its own.
    Bytes(u64),
}

/// Takes records, each a line, and writes them to the standard output, a file, or files with numbers in their names.
#[derive(Debug)]
pub struct Parts {
    path: Option<PathBuf>,
    compression: Option<Compression>,
    limit: Option<Limit>,
    current: Destination,
    /// How many records or bytes the current part has.
    size: u64,
    complete: Vec<Complete>,
}

/// Every part, not yet in its place.
#[derive(Debug)]
pub struct CompleteParts {
    complete: Vec<Complete>,
    /// What the parts are called, if there are any.
    numbered: Option<PathBuf>,
}

impl Parts {
    /// Writes to the file at `path`, or with a limit to those that [`numbered`] names; to the standard output without.
    ///
    /// # Errors
    /// The system refuses the first file.
    pub fn of(
        path: Option<&Path>,
        compression: Option<Compression>,
        limit: Option<Limit>,
    ) -> Result<Self, CannotWrite> {
        let path = path.map(Path::to_owned);
        let first = match (&path, limit) {
            (Some(path), Some(_)) => Some(numbered(path, 0)),
            (path, _) => path.clone(),
        };
        let current = Destination::of(first.as_deref(), compression)?;
        Ok(Parts { path, compression, limit, current, size: 0, complete: Vec::new() })
    }

    /// Waits until every byte is where it cannot be lost.
    ///
    /// # Errors
    /// The system cannot keep them.
    pub fn complete(self) -> Result<CompleteParts, CannotWrite> {
        let Parts { path, limit, current, mut complete, .. } = self;
        complete.push(current.complete()?);
        Ok(CompleteParts { complete, numbered: path.filter(|_| limit.is_some()) })
    }

    fn begin_next(&mut self) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let next = numbered(path, self.complete.len() + 1);
        let next = Destination::of(Some(&next), self.compression)?;
        let last = std::mem::replace(&mut self.current, next);
        self.complete.push(last.complete()?);
        self.size = 0;
        Ok(())
    }
}

impl Limit {
    /// How many of `lines` still go into a part of this size, and what its size is then.
    fn takes(self, size: u64, lines: &[u8]) -> (usize, u64) {
        match self {
            Limit::Records(most) => {
                let room = usize::try_from(most - size.min(most)).unwrap_or(usize::MAX);
                let ends = memchr_iter(b'\n', lines).take(room);
                let (count, end) = ends.fold((0, 0), |(count, _), at| (count + 1, at + 1));
                (end, size + count)
            }
            Limit::Bytes(most) => {
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

impl CompleteParts {
    /// Puts every part in its place. Those of an earlier run that had more are removed.
    ///
    /// # Errors
    /// The system refuses.
    pub fn place(self) -> Result<(), CannotWrite> {
        let count = self.complete.len();
        self.complete.into_iter().try_for_each(Complete::place)?;
        let Some(path) = self.numbered else { return Ok(()) };
        for old in existing(&path, count) {
            fs::remove_file(&old).map_err(|error| CannotWrite::of(&old, error))?;
        }
        Ok(())
    }
}

impl Write for Parts {
    /// Takes whole lines.
    fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
        let Some(limit) = self.limit else { return self.current.write(lines) };
        let (mut taken, mut size) = limit.takes(self.size, lines);
        if taken == 0 && !lines.is_empty() {
            self.begin_next()?;
            (taken, size) = limit.takes(0, lines);
        }
        self.current.write_all(&lines[..taken])?;
        self.size = size;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.current.flush()
    }
}

/// The name of a part: `articles-00007.jsonl.gz` of `articles.jsonl.gz`.
pub fn numbered(path: &Path, number: usize) -> PathBuf {
    let is_compressed = Compression::of(path).is_some();
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

/// The parts that an earlier run left, from a number on.
pub fn existing(path: &Path, from: usize) -> impl Iterator<Item = PathBuf> {
    (from..).map(move |number| numbered(path, number)).take_while(|part| part.is_file())
}
