//! Collects the lines of a manifest and writes them in the order of their paths.

use std::io::{self, Write};
use std::path::Path;

use crate::manifest::entry::Verdict;
use crate::manifest::merkle::MerkleTree;
use crate::manifest::sorter::{SortedLines, Sorter};
use crate::manifest::totals::{ManifestTotals, Options};

/// The lines of a manifest so far.
#[derive(Debug)]
pub struct ManifestBuilder {
    lines: Sorter,
    totals: ManifestTotals,
}

impl ManifestBuilder {
    /// Starts a manifest. What does not fit in memory goes to a temporary file in `folder`.
    pub fn new(folder: &Path) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let totals = ManifestTotals { version, ..ManifestTotals::default() };
        ManifestBuilder { lines: Sorter::new(folder), totals }
    }

    /// Adds the line of the file at `path`, with its size, if it was read to its end, and the verdict on it.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn add(&mut self, path: &str, line: &[u8], bytes: u64, verdict: Verdict<'_>) -> io::Result<()> {
        self.totals.files += 1;
        self.totals.bytes += bytes;
        match verdict {
            Verdict::Rejected(_) => self.totals.rejected += 1,
            Verdict::Accepted { left_out, .. } => {
                self.totals.accepted += 1;
                self.totals.left_out += u64::from(left_out);
            }
        }
        self.lines.push(path.as_bytes(), line)
    }

    /// Sorts the lines, which are returned with the last line, whose root is still empty.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn finish(self, options: Options) -> io::Result<(SortedLines, ManifestTotals)> {
        Ok((self.lines.finish()?, ManifestTotals { options, ..self.totals }))
    }
}

/// Writes a manifest to `stream`, and returns its last line.
///
/// # Errors
/// `lines` cannot be read, or `stream` cannot be written.
pub fn write(
    mut lines: SortedLines,
    totals: ManifestTotals,
    stream: &mut dyn Write,
) -> io::Result<ManifestTotals> {
    let mut tree = MerkleTree::default();
    let mut pending = Vec::with_capacity(2 * WRITE_BYTES);
    while let Some((_, line)) = lines.advance()? {
        tree.add(line);
        pending.extend_from_slice(line);
        pending.push(b'\n');
        if pending.len() > WRITE_BYTES {
            stream.write_all(&pending)?;
            pending.clear();
        }
    }
    let totals = ManifestTotals { root: tree.root().to_string(), ..totals };
    pending.extend_from_slice(totals.line().as_bytes());
    stream.write_all(&pending)?;
    Ok(totals)
}

/// Bytes that are written at a time.
const WRITE_BYTES: usize = 64 << 10;
