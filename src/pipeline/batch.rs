//! What became of sources that follow each other.

use std::mem;
use std::ops::Range;

use crate::content_hash::ContentHash;
use crate::crawl::Identity;
use crate::crawl::text::Reading;
use crate::excerpt::Excerpt;
use crate::finding::{Finding, Level};
use crate::sketch::Sketch;

/// What became of some sources that follow each other.
#[derive(Debug, Default)]
pub struct Batch {
    pub(super) files: Vec<FileResult>,
    pub(super) records: Vec<u8>,
    pub(super) comments: Vec<u8>,
    pub(super) names: String,
    /// Bytes of the findings and the paths.
    pub(super) words: usize,
    /// Bytes of the budget that are given back with the batch.
    pub(super) taken: usize,
}

/// What became of one source.
#[derive(Debug, Default)]
pub struct FileResult {
    /// How it is named.
    pub path: String,
    /// How many bytes were read.
    pub bytes: usize,
    /// The SHA-256 of the whole file, where that is asked for and it could be read.
    pub digest: Option<ContentHash>,
    /// The SHA-256 of the article's text, where that is asked for.
    pub text: Option<ContentHash>,
    /// Whether an earlier file has its article, and its record is not wanted.
    pub is_left_out: bool,
    /// The reading that its content hash proves.
    pub proven: Option<Reading>,
    /// Its article's identity, as far as it is valid.
    pub identity: Option<Identity>,
    /// The line of the identity, where lines are asked for: a later finding may be about it.
    pub identity_line: Option<Box<Excerpt>>,
    /// The earlier file that has its id, where ids are held against each other.
    pub same_id: Option<SameId>,
    /// What a report counts of its article, where that is asked for; a rejected file may have some too.
    pub sketch: Option<Sketch>,
    /// All that is wrong with it.
    pub findings: Vec<Finding>,
    /// Where its record stands in the batch's records, nothing if none are made; none if it was rejected.
    pub(super) record: Option<Range<usize>>,
    /// Where its comments stand in the batch's, while it has a record.
    pub(super) comments: Range<usize>,
}

/// An earlier file that has the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameId {
    /// Its path.
    pub path: String,
    /// Whether its content hash is another one.
    pub differs: bool,
}

impl FileResult {
    /// Whether the file gives a record.
    pub fn is_accepted(&self) -> bool {
        self.record.is_some()
    }

    /// Takes back the record of a file that is none the worse for it.
    pub fn leave_out(&mut self) {
        self.is_left_out = true;
        self.record = self.record.take().map(|record| record.start..record.start);
        self.comments = 0..0;
    }

    /// Adds a finding, in its place; an error takes the record back.
    pub fn add(&mut self, finding: Finding) {
        if finding.level == Level::Error {
            self.record = None;
        }
        let at = self.findings.partition_point(|other| other.place <= finding.place);
        self.findings.insert(at, finding);
    }
}

impl Batch {
    /// What became of each source, in order.
    pub fn files(&mut self) -> &mut [FileResult] {
        &mut self.files
    }

    /// Forgets all files but the first `kept`.
    pub fn truncate(&mut self, kept: usize) {
        self.files.truncate(kept);
    }

    /// What became of each source, in order, with the names that the sketches are of.
    pub fn sketched(&self) -> (&[FileResult], &str) {
        (&self.files, &self.names)
    }

    /// The comments on the articles of the accepted files, in order.
    pub fn comments(&self) -> impl Iterator<Item = &[u8]> {
        let accepted = self.files.iter().filter(|file| file.is_accepted() && !file.comments.is_empty());
        accepted.map(|file| &self.comments[file.comments.clone()])
    }

    /// The records of the accepted files, in order, in as few pieces as they lie in.
    pub fn records(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.files.iter().filter_map(|file| file.record.clone()).peekable();
        std::iter::from_fn(move || {
            let mut piece = rest.next()?;
            while let Some(next) = rest.next_if(|next| next.start == piece.end) {
                piece.end = next.end;
            }
            Some(&self.records[piece])
        })
    }

    /// The memory that the batch takes, in bytes.
    pub(super) fn size(&self) -> usize {
        let Batch { files, records, comments, names, words, .. } = self;
        files.len() * size_of::<FileResult>() + records.len() + comments.len() + names.len() + words
    }

    /// Makes the batch ready for other sources, in no more than about so many bytes of memory. Returns the bytes of the
    /// budget that are to be given back.
    pub(super) fn clear(&mut self, most: usize) -> usize {
        self.files.clear();
        for bytes in [&mut self.records, &mut self.comments] {
            bytes.clear();
            if bytes.capacity() > 2 * most {
                bytes.shrink_to(most);
            }
        }
        self.names.clear();
        self.words = 0;
        mem::take(&mut self.taken)
    }
}
