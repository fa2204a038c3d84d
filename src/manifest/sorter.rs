//! Sorts lines by a key in bounded memory: what does not fit goes to a temporary file, in sorted runs that are merged.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering as AtomicOrdering};

/// Memory for the lines that are not written yet, in bytes.
const MAX_CHUNK_BYTES: usize = 4 << 20;
/// Memory of a line's position in the chunk, in bytes.
const POSITION_BYTES: usize = size_of::<u32>();
/// Bytes that are written at a time.
const WRITE_BYTES: usize = 64 << 10;
/// Memory for what is read ahead of all runs, in bytes.
const READ_AHEAD_BYTES: usize = 4 << 20;
/// What is read ahead of one run, in bytes.
const READ_BYTES: Range<usize> = 4 << 10..256 << 10;
/// Bytes before a key: its length, and that of its line.
const HEADER_BYTES: usize = 8;

/// Takes lines with their keys in any order.
#[derive(Debug)]
pub struct Sorter {
    /// Folder of the temporary file.
    folder: PathBuf,
    /// Lines with keys and lengths, one after the other.
    chunk: Vec<u8>,
    positions: Vec<u32>,
    spilled: Option<File>,
    length: u64,
    /// Parts of the temporary file that are sorted.
    runs: Vec<Range<u64>>,
    /// Last key of the last run.
    last_key: Vec<u8>,
}

impl Sorter {
    /// Creates a sorter whose temporary file, if one is needed, is in `folder`.
    pub fn new(folder: &Path) -> Self {
        Sorter {
            folder: folder.to_owned(),
            chunk: Vec::new(),
            positions: Vec::new(),
            spilled: None,
            length: 0,
            runs: Vec::new(),
            last_key: Vec::new(),
        }
    }

    /// Adds a line. Lines with equal keys keep their order.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn push(&mut self, key: &[u8], line: &[u8]) -> io::Result<()> {
        let size = HEADER_BYTES + key.len() + line.len();
        if self.chunk.len() + size + self.positions.len() * POSITION_BYTES > MAX_CHUNK_BYTES {
            self.spill()?;
        }
        self.positions.push(self.chunk.len() as u32);
        for length in [key.len(), line.len()] {
            let length = u32::try_from(length).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
            self.chunk.extend_from_slice(&length.to_le_bytes());
        }
        self.chunk.extend_from_slice(key);
        self.chunk.extend_from_slice(line);
        Ok(())
    }

    /// Sorts the lines.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn finish(mut self) -> io::Result<SortedLines> {
        self.sort_chunk();
        let Sorter { chunk, positions, spilled, runs, .. } = self;
        let ahead = (READ_AHEAD_BYTES / runs.len().max(1)).clamp(READ_BYTES.start, READ_BYTES.end);
        let mut all = vec![Run::Chunk { chunk, positions: positions.into_iter() }];
        if let Some(file) = spilled {
            let spilled = runs.into_iter().map(|range| -> io::Result<Run> {
                let file = file.try_clone()?;
                Ok(Run::Spilled(SpilledRun { file, rest: range, ahead, buffer: Vec::new(), offset: 0 }))
            });
            // Where keys are equal, what came first is in the earlier run.
            all.splice(0..0, spilled.collect::<io::Result<Vec<_>>>()?);
        }
        let mut heads = BinaryHeap::with_capacity(all.len());
        for (number, run) in all.iter_mut().enumerate() {
            let mut head = Head { key: Vec::new(), line: Vec::new(), run: number };
            if run.read(&mut head)? {
                heads.push(head);
            }
        }
        Ok(SortedLines { runs: all, heads, current: None })
    }

    fn sort_chunk(&mut self) {
        let key = |position: &u32| key_at(&self.chunk, *position);
        if !self.positions.is_sorted_by_key(key) {
            self.positions.sort_by_key(key);
        }
    }

    /// Appends the chunk to the temporary file: to the last run if it goes on, else as another run.
    fn spill(&mut self) -> io::Result<()> {
        self.sort_chunk();
        let (Some(first), Some(last)) = (self.positions.first(), self.positions.last()) else {
            return Ok(());
        };
        let file = match &mut self.spilled {
            Some(file) => file,
            none => none.insert(temporary(&self.folder)?),
        };
        // A sorted copy of the chunk would cost more than the small buffer.
        let mut writer = BufWriter::with_capacity(WRITE_BYTES, file);
        for position in &self.positions {
            writer.write_all(item_at(&self.chunk, *position))?;
        }
        writer.flush()?;
        let start = self.length;
        self.length += self.chunk.len() as u64;
        match self.runs.last_mut().filter(|_| self.last_key.as_slice() <= key_at(&self.chunk, *first)) {
            Some(run) => run.end = self.length,
            None => self.runs.push(start..self.length),
        }
        self.last_key.clear();
        self.last_key.extend_from_slice(key_at(&self.chunk, *last));
        self.positions.clear();
        self.chunk.clear();
        self.chunk.shrink_to(MAX_CHUNK_BYTES);
        Ok(())
    }
}

fn lengths(header: &[u8]) -> (usize, usize) {
    let length = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    (length(0) as usize, length(4) as usize)
}

fn key_at(chunk: &[u8], position: u32) -> &[u8] {
    let item = &chunk[position as usize..];
    &item[HEADER_BYTES..HEADER_BYTES + lengths(item).0]
}

fn item_at(chunk: &[u8], position: u32) -> &[u8] {
    let item = &chunk[position as usize..];
    let (key, line) = lengths(item);
    &item[..HEADER_BYTES + key + line]
}

/// Creates a file that has no name and ends with the process.
fn temporary(folder: &Path) -> io::Result<File> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    loop {
        let number = NUMBER.fetch_add(1, AtomicOrdering::Relaxed);
        let path = folder.join(format!(".ingest.{}.{number}.sort", process::id()));
        match File::options().read(true).write(true).create_new(true).mode(0o600).open(&path) {
            Ok(file) => return fs::remove_file(&path).map(|()| file),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Iterator over the sorted lines.
#[derive(Debug)]
pub struct SortedLines {
    runs: Vec<Run>,
    heads: BinaryHeap<Head>,
    current: Option<Head>,
}

impl SortedLines {
    /// Advances to the next line, and returns it with its key; `None` after the last one.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn advance(&mut self) -> io::Result<Option<(&[u8], &[u8])>> {
        if let Some(mut last) = self.current.take()
            && self.runs[last.run].read(&mut last)?
        {
            self.heads.push(last);
        }
        self.current = self.heads.pop();
        Ok(self.current())
    }

    /// Returns the line that [`advance`](SortedLines::advance) returned last.
    pub fn current(&self) -> Option<(&[u8], &[u8])> {
        self.current.as_ref().map(|head| (head.key.as_slice(), head.line.as_slice()))
    }
}

/// The first line of a run that is not merged yet.
#[derive(Debug)]
struct Head {
    key: Vec<u8>,
    line: Vec<u8>,
    run: usize,
}

impl Ord for Head {
    /// The smallest key is the greatest head, and of equal keys that of the first run.
    fn cmp(&self, other: &Self) -> Ordering {
        other.key.cmp(&self.key).then(other.run.cmp(&self.run))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head {}

#[derive(Debug)]
enum Run {
    Chunk { chunk: Vec<u8>, positions: std::vec::IntoIter<u32> },
    Spilled(SpilledRun),
}

impl Run {
    /// Reads the next line into `head`; returns `false` if there is none.
    fn read(&mut self, head: &mut Head) -> io::Result<bool> {
        let item = match self {
            Run::Chunk { chunk, positions } => positions.next().map(|position| item_at(chunk, position)),
            Run::Spilled(run) => run.next()?,
        };
        let Some(item) = item else { return Ok(false) };
        let (key, line) = item[HEADER_BYTES..].split_at(lengths(item).0);
        head.key.clear();
        head.key.extend_from_slice(key);
        head.line.clear();
        head.line.extend_from_slice(line);
        Ok(true)
    }
}

/// A part of the temporary file.
#[derive(Debug)]
struct SpilledRun {
    file: File,
    rest: Range<u64>,
    ahead: usize,
    buffer: Vec<u8>,
    offset: usize,
}

impl SpilledRun {
    fn next(&mut self) -> io::Result<Option<&[u8]>> {
        if !self.fill(HEADER_BYTES)? {
            return Ok(None);
        }
        let (key, line) = lengths(&self.buffer[self.offset..]);
        let size = HEADER_BYTES + key + line;
        if !self.fill(size)? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let start = self.offset;
        self.offset += size;
        Ok(Some(&self.buffer[start..self.offset]))
    }

    /// Reads until `size` bytes are in the buffer; returns `false` if the run ends before.
    fn fill(&mut self, size: usize) -> io::Result<bool> {
        let available = self.buffer.len() - self.offset;
        if available >= size {
            return Ok(true);
        }
        self.buffer.drain(..self.offset);
        self.offset = 0;
        let room = (self.rest.end - self.rest.start).min(self.ahead.max(size - available) as u64) as usize;
        self.buffer.resize(available + room, 0);
        self.file.read_exact_at(&mut self.buffer[available..], self.rest.start)?;
        self.rest.start += room as u64;
        Ok(self.buffer.len() >= size)
    }
}

#[cfg(test)]
mod tests {
    use std::env;

    use crate::manifest::sorter::Sorter;

    /// Sorts `count` lines whose keys are pseudorandom, and compares them with what the standard library makes of them.
    fn check(count: u64, key: fn(u64) -> u64, runs: std::ops::RangeInclusive<usize>) {
        let mut sorter = Sorter::new(&env::temp_dir());
        let mut expected = Vec::new();
        for number in 0..count {
            let key = key(number).to_be_bytes().to_vec();
            let line = format!("{number} {}", "x".repeat(200)).into_bytes();
            sorter.push(&key, &line).expect("the temporary folder takes it");
            expected.push((key, line));
        }
        expected.sort_by(|(key, _), (other, _)| key.cmp(other));
        assert!(runs.contains(&sorter.runs.len()), "{} runs", sorter.runs.len());
        let mut sorted = sorter.finish().expect("the temporary file can be read");
        for (key, line) in &expected {
            let next = sorted.advance().expect("the temporary file can be read");
            assert_eq!(next, Some((key.as_slice(), line.as_slice())));
        }
        assert_eq!(sorted.advance().expect("the temporary file can be read"), None);
    }

    #[test]
    fn lines_in_any_order_come_out_sorted_and_equal_keys_keep_their_order() {
        let mixed = |number: u64| number.wrapping_mul(6364136223846793005) >> 48;
        check(0, mixed, 0..=0);
        check(1, mixed, 0..=0);
        check(1000, mixed, 0..=0);
        check(100_000, mixed, 4..=6);
        check(100_000, |number| number % 3, 4..=6);
    }

    #[test]
    fn lines_that_are_in_order_are_one_run() {
        check(100_000, |number| number, 1..=1);
    }
}
