//! Reads a manifest line by line, and checks its order and its root on the way.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use memchr::memchr2;

use crate::manifest::entry::{LINE_START, ManifestEntry};
use crate::manifest::merkle::MerkleTree;
use crate::manifest::totals::{ManifestTotals, TOTALS_START};
use crate::sys::compression::Codec;
use crate::text::escape::escape;
use crate::text::json;

/// Maximum length of a line in bytes: that of a path is at most 64 KiB, each byte of which may take six.
const MAX_LINE_BYTES: u64 = 1 << 20;
const READ_BYTES: usize = 256 << 10;

/// A manifest whose lines were read once: they are in order, and the last line is known.
#[derive(Debug)]
pub struct Manifest {
    file: File,
    totals: ManifestTotals,
    root_holds: bool,
    is_plain: bool,
}

impl Manifest {
    /// Reads the manifest at `path` to its end, and calls `each` at each line. Compressed ones are recognized by their
    /// first bytes.
    ///
    /// # Errors
    /// The file cannot be read, or it is not a manifest; `each` fails.
    pub fn open(path: &Path, each: impl FnMut(&ManifestLines) -> io::Result<()>) -> io::Result<Self> {
        let file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(invalid("a manifest is read twice, which this is no file for"));
        }
        match Manifest::detect(file, each)? {
            Some(manifest) => Ok(manifest),
            None => Err(invalid("this is not a manifest: it does not begin as `--manifest` writes it")),
        }
    }

    /// Reads a regular file to its end, as [`open`](Manifest::open) does; `None` if it does not begin as a manifest.
    ///
    /// # Errors
    /// The file cannot be read, or it is not a manifest; `each` fails.
    pub fn detect(
        file: File,
        mut each: impl FnMut(&ManifestLines) -> io::Result<()>,
    ) -> io::Result<Option<Self>> {
        let Some(mut lines) = ManifestLines::detect(&file, Some(MerkleTree::default()))? else {
            return Ok(None);
        };
        while lines.advance()? {
            each(&lines)?;
        }
        let (root_holds, is_plain) = (lines.root_holds(), lines.is_plain);
        let Some(totals) = lines.totals else { return Ok(None) };
        Ok(Some(Manifest { file, totals, root_holds, is_plain }))
    }

    /// The last line.
    pub fn totals(&self) -> &ManifestTotals {
        &self.totals
    }

    /// Returns `true` if the number of the lines and their root are what the last line says.
    pub fn root_holds(&self) -> bool {
        self.root_holds
    }

    /// Returns the file, if it is not compressed.
    ///
    /// # Errors
    /// The file cannot be opened once more.
    pub fn plain_file(&self) -> io::Result<Option<File>> {
        if self.is_plain { self.file.try_clone().map(Some) } else { Ok(None) }
    }

    /// Reads the lines again, without a check of their root. Two readers at a time disturb each other.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn lines(&self) -> io::Result<ManifestLines> {
        match ManifestLines::detect(&self.file, None)? {
            Some(lines) => Ok(lines),
            None => Err(invalid("the manifest has changed meanwhile")),
        }
    }
}

/// Iterator over the lines of a manifest.
pub struct ManifestLines {
    from: BufReader<Box<dyn Read + Send>>,
    line: Vec<u8>,
    path: Vec<u8>,
    last_path: Vec<u8>,
    number: u64,
    offset: u64,
    next_offset: u64,
    is_plain: bool,
    tree: Option<MerkleTree>,
    totals: Option<ManifestTotals>,
}

impl ManifestLines {
    /// Starts at the first line of `file`; `None` if it does not begin as a manifest does.
    fn detect(file: &File, tree: Option<MerkleTree>) -> io::Result<Option<Self>> {
        let mut file = file.try_clone()?;
        file.seek(SeekFrom::Start(0))?;
        let mut from = BufReader::with_capacity(READ_BYTES, file);
        let codec = Codec::detect(from.fill_buf()?).filter(|codec| codec.output.is_some());
        let is_plain = codec.is_none();
        let decoded: Box<dyn Read + Send> = match codec {
            Some(codec) => codec.decoder(from, usize::MAX)?,
            None => Box::new(from),
        };
        let mut from = BufReader::with_capacity(READ_BYTES, decoded);
        let head = from.fill_buf()?;
        if !head.starts_with(LINE_START) && !head.starts_with(TOTALS_START) {
            return Ok(None);
        }
        let (line, path, last_path) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Some(ManifestLines {
            from,
            line,
            path,
            last_path,
            number: 0,
            offset: 0,
            next_offset: 0,
            is_plain,
            tree,
            totals: None,
        }))
    }

    /// Advances to the next line of a file; returns `false` if there is none.
    ///
    /// # Errors
    /// The file cannot be read, a line is not one of a manifest, the paths are not in order, or the last line is missing.
    pub fn advance(&mut self) -> io::Result<bool> {
        if self.totals.is_some() {
            return Ok(false);
        }
        self.line.clear();
        self.from.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut self.line)?;
        self.offset = self.next_offset;
        self.next_offset += self.line.len() as u64;
        if self.line.pop_if(|end| *end == b'\n').is_none() {
            return Err(self.wrong("the manifest ends without its last line"));
        }
        if self.line.starts_with(TOTALS_START) {
            let totals = json::parse(&self.line).map_err(|error| self.wrong(&error.to_string()))?;
            if !self.from.fill_buf()?.is_empty() {
                return Err(self.wrong("something follows the last line"));
            }
            self.totals = Some(totals);
            return Ok(false);
        }
        std::mem::swap(&mut self.path, &mut self.last_path);
        self.read_path()?;
        if self.path < self.last_path {
            return Err(self.wrong("the lines are not in the order of their paths"));
        }
        if let Some(tree) = &mut self.tree {
            tree.add(&self.line);
        }
        self.number += 1;
        Ok(true)
    }

    /// The current line, without its line feed.
    pub fn line(&self) -> &[u8] {
        &self.line
    }

    /// Offset of the current line in the uncompressed manifest, in bytes.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The path of the current line.
    pub fn path(&self) -> &[u8] {
        &self.path
    }

    /// Parses the current line.
    ///
    /// # Errors
    /// It is not a line of a manifest.
    pub fn entry(&self) -> io::Result<ManifestEntry<'_>> {
        json::parse(&self.line).map_err(|error| self.wrong(&error.to_string()))
    }

    fn root_holds(&self) -> bool {
        self.totals.as_ref().zip(self.tree.as_ref()).is_some_and(|(totals, tree)| {
            totals.files == self.number && totals.root == tree.root().to_string()
        })
    }

    fn read_path(&mut self) -> io::Result<()> {
        self.path.clear();
        let Some(rest) = self.line.strip_prefix(LINE_START) else {
            return Err(self.wrong("this is not a line of a manifest"));
        };
        match memchr2(b'"', b'\\', rest) {
            Some(end) if rest[end] == b'"' => self.path.extend_from_slice(&rest[..end]),
            _ => {
                let path = self.entry()?.path.into_owned();
                self.path.extend_from_slice(path.as_bytes());
            }
        }
        Ok(())
    }

    fn wrong(&self, message: &str) -> io::Error {
        invalid(&format!("line {}: {}", self.number + 1, escape(message)))
    }
}

impl fmt::Debug for ManifestLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ManifestLines").field("number", &self.number).finish_non_exhaustive()
    }
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
