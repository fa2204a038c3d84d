//! The run before: which of its files are the same in this one, and which of its ids are gone.

use std::collections::hash_map::{Entry as Slot, RandomState};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::BuildHasher;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

use memchr::memchr;

use crate::manifest::entry::ManifestEntry;
use crate::manifest::reader::{Manifest, ManifestLines};
use crate::manifest::unreadable::UnreadablePaths;
use crate::output::json::string;
use crate::record::content_hash::ContentHash;
use crate::text::json;

/// The files whose records were written by the run before, in 24 bytes each: hashes of the path and of the content, and
/// the offset of the line.
///
/// Among a hundred million files, the chance that a changed one has the hash of its former content is 1 in 10^11.
#[derive(Debug, Default)]
pub struct PreviousRun {
    files: HashMap<u64, KnownFile>,
    keys: RandomState,
    /// The manifest, if its lines can be read one by one.
    file: Option<File>,
}

#[derive(Debug)]
struct KnownFile {
    content: u64,
    offset: u64,
}

/// Content of a path that stands twice in a manifest, which no file has.
const AMBIGUOUS: u64 = 0;

impl PreviousRun {
    /// Reads the manifest at `path`. Returns its last line too.
    ///
    /// # Errors
    /// The manifest cannot be read, or its root does not hold.
    pub fn read(path: &Path) -> io::Result<(Self, Manifest)> {
        let mut previous = PreviousRun::default();
        let manifest = Manifest::open(path, |lines| {
            previous.add(&lines.entry()?, lines.offset());
            Ok(())
        })?;
        previous.file = manifest.plain_file()?;
        match manifest.root_holds() {
            true => Ok((previous, manifest)),
            false => Err(io::Error::new(io::ErrorKind::InvalidData, ROOT_DIFFERS)),
        }
    }

    /// Forgets all files, so that each counts as changed.
    pub fn forget(&mut self) {
        self.files.clear();
    }

    fn add(&mut self, entry: &ManifestEntry<'_>, offset: u64) {
        let hash = entry.sha256.as_ref().and_then(|hash| hash.parse::<ContentHash>().ok());
        if let (Some(verified), Some(hash), false) = (entry.verified, hash, entry.left_out) {
            let content = self.content(&hash, verified);
            match self.files.entry(self.keys.hash_one(entry.path.as_bytes())) {
                Slot::Vacant(slot) => _ = slot.insert(KnownFile { content, offset }),
                Slot::Occupied(mut slot) => slot.get_mut().content = AMBIGUOUS,
            }
        }
    }

    /// Returns `true` if the run before wrote the record of a file with this path and this content.
    pub fn has(&self, path: &str, hash: &ContentHash, verified: bool) -> bool {
        let content = self.files.get(&self.keys.hash_one(path.as_bytes()));
        content.is_some_and(|known| known.content == self.content(hash, verified))
    }

    /// Reads the line of the file at `path` into `buffer`; `None` if there is none, or if the manifest is compressed.
    pub fn line<'b>(&self, path: &str, buffer: &'b mut Vec<u8>) -> Option<ManifestEntry<'b>> {
        let file = self.file.as_ref()?;
        let known = self.files.get(&self.keys.hash_one(path.as_bytes()))?;
        if known.content == AMBIGUOUS {
            return None;
        }
        let mut size = LINE_BYTES;
        loop {
            buffer.resize(size, 0);
            let read = file.read_at(buffer, known.offset).ok()?;
            if let Some(end) = memchr(b'\n', &buffer[..read]) {
                return json::parse(&buffer[..end]).ok();
            }
            if read < size {
                return None;
            }
            size *= 8;
        }
    }

    fn content(&self, hash: &ContentHash, verified: bool) -> u64 {
        self.keys.hash_one((hash, verified)) | 1
    }
}

/// Length within which most lines end.
const LINE_BYTES: usize = 1 << 10;

/// Message for a manifest that was altered.
pub const ROOT_DIFFERS: &str = "the lines of the manifest do not have the root that its last line states";

/// The ids of the records of this run, in 8 bytes each.
#[derive(Debug, Default)]
pub struct CurrentIds {
    ids: HashSet<u64>,
    keys: RandomState,
    unreadable: UnreadablePaths,
}

impl CurrentIds {
    /// Adds the id of a record, written or unchanged.
    pub fn add(&mut self, id: &str) {
        self.ids.insert(self.keys.hash_one(id.as_bytes()));
    }

    /// Adds a path that could not be read.
    pub fn add_unreadable(&mut self, path: &str) {
        self.unreadable.add(path.as_bytes());
    }

    /// Writes the ids of `manifest` that no record of this run has, one per line (as a JSON string if it has
    /// control characters), but none from an unreadable path.
    /// Returns the number of files whose id may be gone, but whose path could not be read.
    ///
    /// # Errors
    /// `manifest` cannot be read, or `stream` cannot be written.
    pub fn write_removed(mut self, manifest: &mut ManifestLines, stream: &mut dyn Write) -> io::Result<u64> {
        let mut unknown = 0;
        let mut lines = Vec::new();
        while manifest.advance()? {
            let entry = manifest.entry()?;
            let Some(id) = entry.id.as_ref().filter(|_| entry.is_accepted() && !entry.left_out) else {
                continue;
            };
            let hash = self.keys.hash_one(id.as_bytes());
            if self.ids.contains(&hash) {
                continue;
            }
            if self.unreadable.cover(entry.path.as_bytes()) {
                unknown += 1;
                continue;
            }
            // Of several files with one id, the first tells that it is gone.
            self.ids.insert(hash);
            match id.chars().any(char::is_control) {
                true => string::write(id, &mut lines),
                false => lines.extend_from_slice(id.as_bytes()),
            }
            lines.push(b'\n');
            if lines.len() > WRITE_BYTES {
                stream.write_all(&lines)?;
                lines.clear();
            }
        }
        stream.write_all(&lines)?;
        Ok(unknown)
    }
}

/// Bytes that are written at a time.
const WRITE_BYTES: usize = 64 << 10;
