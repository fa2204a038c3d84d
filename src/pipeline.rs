//! The run: sources in order, read by several threads, their results handed over in the same order.

mod batch;
mod budget;
mod crew;
mod load;
mod share;
mod supply;

use std::io;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use self::batch::{Batch, FileResult, SameId};
use self::share::Share;

use crate::content_hash::ContentHash;
use crate::crawl::{self, Outcome, Scratch, TOGETHER, Together, Unread};
use crate::excerpt::{self, Excerpt};
use crate::finding::{Finding, Level, Place, Rule};
use crate::input::Source;
use crate::input::file::{Buffer, Failure};
use crate::input::opener::Opener;
use crate::output::fields::Fields;
use crate::output::{comments, json_lines, redaction, row};
use crate::policy::Policy;
use crate::quote::escape;
use crate::sketch::Sketch;

/// How to run.
#[derive(Debug, Clone)]
pub struct Pipeline {
    /// How many threads read files: so many at first, at least one, and more, up to so many, while they wait for the disk.
    pub threads: RangeInclusive<usize>,
    /// What each rule weighs in which file.
    pub policy: Policy,
    /// Files of more bytes are not read.
    pub max_file_size: usize,
    /// Whether records are made of the articles.
    pub records: bool,
    /// Whether those are rows, of which columns are made, and not lines.
    pub rows: bool,
    /// The keys of the record that are written, if not all.
    pub fields: Option<Fields>,
    /// Whether the comments of the articles are read.
    pub comments: bool,
    /// Whether records are made without e-mail addresses.
    pub redacts: bool,
    /// Whether the SHA-256 of each article's text is taken.
    pub texts: bool,
    /// Whether each file's own SHA-256 is taken: a rejected one is told with it, and a file that is accepted here can
    /// still be rejected for what an earlier one has.
    pub digests: bool,
    /// Whether findings come with the lines that they are about.
    pub excerpts: bool,
    /// Whether what a report counts of the articles is kept.
    pub sketches: bool,
    /// How files are read: [`crawl::read_together`], or what stands for it in a test.
    pub read: Read,
}

impl Default for Pipeline {
    /// One thread, which makes nothing but findings of each file.
    fn default() -> Self {
        Pipeline {
            threads: 1..=1,
            policy: Policy::default(),
            max_file_size: usize::MAX,
            records: false,
            rows: false,
            fields: None,
            comments: false,
            redacts: false,
            texts: false,
            digests: false,
            excerpts: false,
            sketches: false,
            read: crawl::read_together,
        }
    }
}

/// Reads some crawl files, and hands over the outcome of each with its number among them, in order.
pub type Read = for<'a> fn(Together<'a>, &mut dyn FnMut(usize, Outcome<'a>));

/// The name of the threads that read files, whose panics are contained and become findings.
pub const READER: &str = "reader";

impl Pipeline {
    /// Reads every source, and hands the batches, in the order of the sources, to `receive`.
    ///
    /// # Errors
    /// The system gives no thread; inside, what `receive` fails with, which ends the run.
    pub fn run<E>(
        &self,
        sources: impl Iterator<Item = Source> + Send,
        receive: impl FnMut(&mut Batch) -> Result<(), E>,
    ) -> io::Result<Result<(), E>> {
        crew::run(self, sources, receive)
    }

    /// Reads the first of some sources, no more than there are desks or than `share` has room for, into `batch`. Returns how
    /// many those are, at least one.
    fn read(
        &self,
        sources: &mut [Source],
        desks: &mut Desks,
        batch: &mut Batch,
        share: &mut Share<'_>,
    ) -> usize {
        let before = (batch.files.len(), batch.records.len(), batch.size());
        let mut begun = 0;
        let read = AssertUnwindSafe(|| self.read_together(sources, desks, batch, share, &mut begun));
        if let Err(panic) = catch_unwind(read) {
            batch.files.truncate(before.0);
            batch.records.truncate(before.1);
            match &mut sources[..begun.max(1)] {
                [source] => {
                    let mut file = FileResult { path: source.take_shown(), ..FileResult::default() };
                    let message = format!("a bug of this program: {}", panic_message(panic.as_ref()));
                    file.add(failure(Rule::Internal, message));
                    batch.files.push(file);
                }
                // Nobody knows which it was, and the others are none the worse for it.
                together => {
                    together.chunks_mut(1).for_each(|alone| _ = self.read(alone, desks, batch, share))
                }
            }
        }
        if share.is_taken() {
            desks.shrink_buffers(share.bounds.file);
            share.settle(batch, batch.size().saturating_sub(before.2));
        }
        begun.max(1)
    }

    fn read_together(
        &self,
        sources: &mut [Source],
        desks: &mut Desks,
        batch: &mut Batch,
        share: &mut Share<'_>,
        begun: &mut usize,
    ) {
        let first = batch.files.len();
        let mut waiting = sources.iter();
        let Desks { opener, desks } = desks;
        let (mut is_full, mut bytes_together) = (false, 0);
        let unread = desks.each_mut().map(|Desk { buffer, scratch }| {
            let source = waiting.next().filter(|_| !is_full)?;
            let is_first = *begun == 0;
            let has_room = |bytes| {
                let is_outsized = bytes > share.bounds.file;
                if is_outsized && is_first {
                    share.take_for(bytes);
                }
                is_first || !is_outsized
            };
            let mut file = FileResult::default();
            let bytes = buffer.read(source, self.max_file_size, opener, has_room);
            match &bytes {
                Ok(bytes) => file.bytes = bytes.len(),
                Err(Failure::NoRoom) => {
                    // It is the first one next time.
                    is_full = true;
                    return None;
                }
                Err(Failure::Unreadable(error)) => file.add(failure(Rule::Unreadable, error.to_string())),
                Err(Failure::TooLarge) => {
                    let message = format!("the file has more than {} bytes", self.max_file_size);
                    file.add(failure(Rule::TooLarge, message));
                }
            }
            *begun += 1;
            bytes_together += file.bytes;
            is_full = share.is_taken() || bytes_together >= share.bounds.together;
            batch.files.push(file);
            Some(Unread { source: bytes.ok()?, levels: self.policy.levels_of(|| source.shown()), scratch })
        });
        let bytes = unread.each_ref().map(|unread| unread.as_ref().map_or(&b""[..], |unread| unread.source));
        (self.read)(unread, &mut |number, outcome| {
            self.keep(bytes[number], &sources[number].shown(), outcome, first + number, batch);
        });
        for (file, source) in batch.files[first..].iter_mut().zip(sources) {
            file.path = source.take_shown();
            batch.words += file.path.len();
        }
    }

    /// Keeps what is wanted of the outcome of the batch's file of this number.
    fn keep(&self, bytes: &[u8], path: &str, outcome: Outcome<'_>, number: usize, batch: &mut Batch) {
        let Batch { files, records, comments: all_comments, names, words, .. } = batch;
        let file = &mut files[number];
        if self.digests {
            file.digest = Some(ContentHash::of(bytes));
        }
        let Outcome { article, is_plain, refused, identity, proven, comments, findings } = outcome;
        file.identity = identity;
        file.proven = proven;
        file.findings = findings;
        *words += file.findings.iter().map(size_of_finding).sum::<usize>();
        if self.excerpts {
            excerpt::attach(bytes, &mut file.findings);
            file.identity_line = identity.map(|identity| Box::new(Excerpt::at(bytes, identity.place)));
        }
        if self.sketches {
            let article = article.as_ref().or(refused.as_deref());
            file.sketch = article.map(|article| Sketch::of(article, names));
        }
        let Some(mut article) = article else { return };
        article.path = path.into();
        if self.texts {
            // What is verified need not be hashed again.
            let stated = identity.filter(|_| article.verified).map(|identity| identity.hash);
            file.text = Some(stated.unwrap_or_else(|| ContentHash::of(article.text.as_bytes())));
        }
        if self.redacts {
            redaction::redact(&mut article);
        }
        if let Some(section) = comments.filter(|_| self.comments) {
            let start = all_comments.len();
            let mut comments = section.comments();
            if self.redacts {
                comments.iter_mut().for_each(redaction::redact_comment);
            }
            comments::write(&article.id, &comments, all_comments);
            file.comments = start..all_comments.len();
        }
        let start = records.len();
        match &self.fields {
            _ if !self.records => {}
            _ if self.rows => row::write(&article, self.fields, records),
            None => json_lines::write(&article, is_plain, records),
            Some(fields) => fields.write(&article, records),
        }
        file.record = Some(start..records.len());
    }
}

/// What a thread needs for the files that it reads together, kept for the next ones.
#[derive(Debug, Default)]
struct Desks {
    opener: Opener,
    desks: [Desk; TOGETHER],
}

/// What one file needs.
#[derive(Debug, Default)]
struct Desk {
    buffer: Buffer,
    scratch: Scratch,
}

/// Nearly every text fits.
const USUAL_TEXT: usize = 16 << 10;

impl Desks {
    /// Gives back what large files made the texts grow to.
    fn shrink(&mut self) {
        self.desks.iter_mut().for_each(|desk| desk.scratch.shrink_to(USUAL_TEXT));
    }

    /// Gives back what outsized files, of more than `most` bytes, made all grow to.
    fn shrink_buffers(&mut self, most: usize) {
        self.desks.iter_mut().for_each(|desk| desk.buffer.shrink_to(most));
        self.shrink();
    }
}

/// The memory that a finding takes, in bytes, its excerpt among them.
fn size_of_finding(finding: &Finding) -> usize {
    size_of::<Finding>() + finding.message.capacity() + MAX_EXCERPT_BYTES
}

/// Characters around a place, each of up to four bytes, and what counts them.
const MAX_EXCERPT_BYTES: usize = 640;

/// That a file could not be read at all, which is always an error.
fn failure(rule: Rule, message: String) -> Finding {
    Finding { rule, level: Level::Error, place: Place::START, message, excerpt: None, count: 1 }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let message = panic.downcast_ref::<&str>().copied();
    let message = message.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    escape(message.unwrap_or("no message")).to_string()
}
