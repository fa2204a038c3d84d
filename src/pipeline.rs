//! The run: sources in order, read by several threads, their results handed over in the same order.

mod batch;
mod crew;
mod load;
mod supply;

use std::io;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use self::batch::{Batch, FileResult, SameId};

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

    /// Reads some sources, no more than there are desks, into `batch`.
    fn read(&self, sources: &mut [Source], desks: &mut Desks, batch: &mut Batch) {
        let (files, records) = (batch.files.len(), batch.records.len());
        let read = AssertUnwindSafe(|| self.read_together(sources, desks, batch));
        let Err(panic) = catch_unwind(read) else { return };
        batch.files.truncate(files);
        batch.records.truncate(records);
        match sources {
            [source] => {
                let mut file = FileResult { path: source.take_shown(), ..FileResult::default() };
                let message = format!("a bug of this program: {}", panic_message(panic.as_ref()));
                file.add(failure(Rule::Internal, message));
                batch.files.push(file);
            }
            // Nobody knows which it was, and the others are none the worse for it.
            _ => sources.chunks_mut(1).for_each(|alone| self.read(alone, desks, batch)),
        }
    }

    fn read_together(&self, sources: &mut [Source], desks: &mut Desks, batch: &mut Batch) {
        let first = batch.files.len();
        let mut waiting = sources.iter();
        let Desks { opener, desks } = desks;
        let unread = desks.each_mut().map(|Desk { buffer, scratch }| {
            let source = waiting.next()?;
            let mut file = FileResult::default();
            let bytes = buffer.read(source, self.max_file_size, opener);
            match &bytes {
                Ok(bytes) => file.bytes = bytes.len(),
                Err(Failure::Unreadable(error)) => file.add(failure(Rule::Unreadable, error.to_string())),
                Err(Failure::TooLarge) => {
                    let message = format!("the file has more than {} bytes", self.max_file_size);
                    file.add(failure(Rule::TooLarge, message));
                }
            }
            batch.files.push(file);
            Some(Unread { source: bytes.ok()?, levels: self.policy.levels_of(|| source.shown()), scratch })
        });
        let bytes = unread.each_ref().map(|unread| unread.as_ref().map_or(&b""[..], |unread| unread.source));
        (self.read)(unread, &mut |number, outcome| {
            self.keep(bytes[number], &sources[number].shown(), outcome, first + number, batch);
        });
        for (file, source) in batch.files[first..].iter_mut().zip(sources) {
            file.path = source.take_shown();
        }
    }

    /// Keeps what is wanted of the outcome of the batch's file of this number.
    fn keep(&self, bytes: &[u8], path: &str, outcome: Outcome<'_>, number: usize, batch: &mut Batch) {
        let Batch { files, records, comments: all_comments, names, .. } = batch;
        let file = &mut files[number];
        if self.digests {
            file.digest = Some(ContentHash::of(bytes));
        }
        let Outcome { article, is_plain, refused, identity, proven, comments, findings } = outcome;
        file.identity = identity;
        file.proven = proven;
        file.findings = findings;
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
    /// Gives back what outsized files made the buffers grow to.
    fn shrink(&mut self) {
        self.desks.iter_mut().for_each(|desk| desk.scratch.shrink_to(USUAL_TEXT));
    }
}

/// That a file could not be read at all, which is always an error.
fn failure(rule: Rule, message: String) -> Finding {
    Finding { rule, level: Level::Error, place: Place::START, message, excerpt: None }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let message = panic.downcast_ref::<&str>().copied();
    let message = message.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    escape(message.unwrap_or("no message")).to_string()
}
