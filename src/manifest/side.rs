//! One side of a comparison: a manifest, or what a run has read, line by line.

use std::io;

use crate::manifest::entry::ManifestEntry;
use crate::manifest::reader::{Manifest, ManifestLines};
use crate::manifest::sorter::SortedLines;
use crate::manifest::totals::ManifestTotals;
use crate::text::json;

/// Lines in the order of their paths, which are compared below the PATH of their run.
#[derive(Debug)]
pub struct Side {
    lines: SideLines,
    root: Option<String>,
    key_start: usize,
}

#[derive(Debug)]
enum SideLines {
    Manifest(Box<ManifestLines>),
    Sorted(SortedLines),
}

impl Side {
    /// Reads the lines of a manifest.
    ///
    /// # Errors
    /// It cannot be read again.
    pub fn for_manifest(manifest: &Manifest) -> io::Result<Self> {
        let root = manifest.totals().root_path().map(str::to_owned);
        Ok(Side { lines: SideLines::Manifest(Box::new(manifest.lines()?)), root, key_start: 0 })
    }

    /// Reads the lines that a run has collected.
    pub fn of_run(lines: SortedLines, totals: &ManifestTotals) -> Self {
        let root = totals.root_path().map(str::to_owned);
        Side { lines: SideLines::Sorted(lines), root, key_start: 0 }
    }

    /// Compares the whole paths of both sides, unless each side has one PATH that all its paths begin with.
    pub fn align(old: &mut Side, new: &mut Side) {
        if old.root.is_none() || new.root.is_none() || old.root == new.root {
            (old.root, new.root) = (None, None);
        }
    }

    /// Advances to the next line; returns `false` if there is none.
    ///
    /// # Errors
    /// The lines cannot be read.
    pub fn advance(&mut self) -> io::Result<bool> {
        let has_line = match &mut self.lines {
            SideLines::Manifest(lines) => lines.advance()?,
            SideLines::Sorted(lines) => lines.advance()?.is_some(),
        };
        self.key_start = self.root.as_ref().map_or(0, |root| start_below(root.as_bytes(), self.path()));
        Ok(has_line)
    }

    /// The part of the path that is compared.
    pub fn key(&self) -> &[u8] {
        &self.path()[self.key_start..]
    }

    /// The current line.
    pub fn line(&self) -> &[u8] {
        match &self.lines {
            SideLines::Manifest(lines) => lines.line(),
            SideLines::Sorted(lines) => lines.current().map_or(b"", |(_, line)| line),
        }
    }

    /// Parses the current line.
    ///
    /// # Errors
    /// It is not a line of a manifest.
    pub fn entry(&self) -> io::Result<ManifestEntry<'_>> {
        match &self.lines {
            SideLines::Manifest(lines) => lines.entry(),
            SideLines::Sorted(_) => json::parse(self.line()),
        }
    }

    fn path(&self) -> &[u8] {
        match &self.lines {
            SideLines::Manifest(lines) => lines.path(),
            SideLines::Sorted(lines) => lines.current().map_or(b"", |(path, _)| path),
        }
    }
}

/// Returns the length of what `path` has before the part below `root`; 0 if it is not below it.
fn start_below(root: &[u8], path: &[u8]) -> usize {
    match path.strip_prefix(root) {
        Some([]) => root.len(),
        Some([b'/', ..]) => root.len() + 1,
        Some(_) if root.ends_with(b"/") => root.len(),
        _ => 0,
    }
}
