//! The run: sources in order, read by several threads, their results handed over in the same order.

mod batch;
mod crew;
mod load;

use std::io;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use self::batch::{Batch, FileResult, SameId};

use crate::content_hash::ContentHash;
use crate::crawl::{self, Outcome, Scratch};
use crate::excerpt::{self, Excerpt};
use crate::finding::{Finding, Level, Levels, Place, Rule};
use crate::input::Source;
use crate::input::file::{Buffer, Failure};
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
    /// How one file is read: [`crawl::read`], or a slower one to compare it with.
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
            read: crawl::read,
        }
    }
}

/// Reads one crawl file.
pub type Read = for<'a> fn(&'a [u8], &Levels, &'a mut Scratch) -> Outcome<'a>;

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

    fn read(&self, source: Source, buffer: &mut Buffer, scratch: &mut Scratch, batch: &mut Batch) {
        let mut file = FileResult::default();
        let start = batch.records.len();
        let read = AssertUnwindSafe(|| match buffer.read(&source, self.max_file_size) {
            Ok(bytes) => self.read_bytes(bytes, &source.shown(), scratch, &mut file, batch),
            Err(Failure::Unreadable(error)) => file.add(failure(Rule::Unreadable, error.to_string())),
            Err(Failure::TooLarge) => {
                let message = format!("the file has more than {} bytes", self.max_file_size);
                file.add(failure(Rule::TooLarge, message));
            }
        });
        if let Err(panic) = catch_unwind(read) {
            let message = format!("a bug of this program: {}", panic_message(panic.as_ref()));
            file.add(failure(Rule::Internal, message));
        }
        if !file.is_accepted() {
            batch.records.truncate(start);
        }
        file.path = source.into_shown();
        batch.files.push(file);
    }

    fn read_bytes(
        &self,
        bytes: &[u8],
        path: &str,
        scratch: &mut Scratch,
        file: &mut FileResult,
        batch: &mut Batch,
    ) {
        let records = &mut batch.records;
        file.bytes = bytes.len();
        if self.digests {
            file.digest = Some(ContentHash::of(bytes));
        }
        let levels = self.policy.levels_of(path);
        let Outcome { article, is_plain, refused, identity, proven, comments, findings } =
            (self.read)(bytes, &levels, scratch);
        file.identity = identity;
        file.proven = proven;
        file.findings = findings;
        if self.excerpts {
            excerpt::attach(bytes, &mut file.findings);
            file.identity_line = identity.map(|identity| Box::new(Excerpt::at(bytes, identity.place)));
        }
        if self.sketches {
            let article = article.as_ref().or(refused.as_deref());
            file.sketch = article.map(|article| Sketch::of(article, &mut batch.names));
        }
        if let Some(mut article) = article {
            article.path = path.into();
            let start = records.len();
            if self.texts {
                // What is verified need not be hashed again.
                let stated = identity.filter(|_| article.verified).map(|identity| identity.hash);
                file.text = Some(stated.unwrap_or_else(|| ContentHash::of(article.text.as_bytes())));
            }
            if self.redacts {
                redaction::redact(&mut article);
            }
            if let Some(section) = comments.filter(|_| self.comments) {
                let start = batch.comments.len();
                let mut comments = section.comments();
                if self.redacts {
                    comments.iter_mut().for_each(redaction::redact_comment);
                }
                comments::write(&article.id, &comments, &mut batch.comments);
                file.comments = start..batch.comments.len();
            }
            match &self.fields {
                _ if !self.records => {}
                _ if self.rows => row::write(&article, self.fields, records),
                None => json_lines::write(&article, is_plain, records),
                Some(fields) => fields.write(&article, records),
            }
            file.record = Some(start..records.len());
        }
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
