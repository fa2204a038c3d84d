//! Spares the read of a file whose size and modification time are those that a manifest has of it.

use crate::crawl::{StatedId, StatedIdentity};
use crate::findings::location::Location;
use crate::input::Source;
use crate::manifest::entry::{EntryStart, ManifestEntry};
use crate::manifest::times::TrustedTimes;
use crate::pipeline::batch::FileResult;
use crate::record::content_hash::ContentHash;
use crate::sys::signals::uninterrupted;

/// Size and modification time of a file before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Stat {
    size: u64,
    mtime_ns: u64,
}

impl Stat {
    /// Asks for the size and the time of a file on disk; `None` for other sources, and for a file that is too new.
    pub fn of(source: &Source, times: &TrustedTimes) -> Option<Stat> {
        let metadata = match source {
            Source::File(path) => uninterrupted(|| path.metadata()).ok()?,
            Source::Found(path) => uninterrupted(|| path.symlink_metadata()).ok()?,
            _ => return None,
        };
        let mtime_ns = times.settled(&metadata)?;
        Some(Stat { size: metadata.len(), mtime_ns })
    }

    /// The time, if the file had the size of what was read of it.
    pub fn mtime_ns(self, bytes: usize) -> Option<u64> {
        Some(self.mtime_ns).filter(|_| self.size == bytes as u64)
    }

    /// Returns the result of the run before if the file is the same. Appends the start of its line to `manifest`, and
    /// reads the line of that run into `buffer`.
    pub fn spare(
        self,
        times: &TrustedTimes,
        path: &str,
        buffer: &mut Vec<u8>,
        manifest: &mut Vec<u8>,
    ) -> Option<FileResult> {
        let entry = times.previous.as_ref()?.line(path, buffer)?;
        let is_same = entry.size == Some(self.size) && entry.mtime_ns == Some(self.mtime_ns);
        // Of others, the findings are worth a read.
        if !is_same || entry.path != path || entry.verified != Some(true) || entry.left_out {
            return None;
        }
        result(&entry, self, manifest)
    }
}

fn result(entry: &ManifestEntry<'_>, stat: Stat, manifest: &mut Vec<u8>) -> Option<FileResult> {
    let parse = |hash: &str| hash.parse::<ContentHash>().ok();
    let (id, content_hash) = (entry.id.as_deref()?, entry.content_hash.as_deref()?);
    let (file_hash, text_hash) = (parse(entry.sha256.as_deref()?)?, parse(content_hash)?);
    let record_hash = parse(entry.record_sha256.as_deref()?)?;
    let identity = StatedIdentity {
        id: StatedId::Article(id.parse().ok()?),
        hash: text_hash,
        location: Location::START,
    };
    let start = manifest.len();
    EntryStart {
        path: &entry.path,
        file: Some((usize::try_from(stat.size).ok()?, &file_hash)),
        mtime_ns: Some(stat.mtime_ns),
        id: Some(id),
        content_hash: Some(content_hash),
        fields: None,
    }
    .write(manifest);
    Some(FileResult {
        size: Some(stat.size),
        file_hash: Some(file_hash),
        text_hash: Some(text_hash),
        record_hash: Some(record_hash),
        identity: Some(identity),
        is_spared: true,
        record: Some(0..0),
        manifest: start..manifest.len(),
        ..FileResult::default()
    })
}
