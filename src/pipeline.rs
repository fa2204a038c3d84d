//! The run: sources in order, read by several threads, their results handed over in the same order.
//!
//! A fixed number of batches goes round: a worker takes a free one, fills it with the next sources, reads them, and
//! sends it to the caller's thread, which puts the batches in order, hands them over, and frees them. So memory is
//! bounded, whichever side is slower, and nothing but the batch under way waits for an earlier one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};
use std::{io, mem};

use crate::content_hash::ContentHash;
use crate::crawl::text::Reading;
use crate::crawl::{Identity, Outcome, Scratch};
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
    /// How many threads read files: at least one.
    pub threads: usize,
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
    /// How one file is read: [`crawl::read`](crate::crawl::read), or a slower one to compare it with.
    pub read: Read,
}

/// Reads one crawl file.
pub type Read = for<'a> fn(&'a [u8], &Levels, &'a mut Scratch) -> Outcome<'a>;

/// Some sources that follow each other, with what became of them.
#[derive(Debug, Default)]
pub struct Batch {
    sources: Vec<Source>,
    files: Vec<FileResult>,
    records: Vec<u8>,
    comments: Vec<u8>,
    names: String,
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
    record: Option<Range<usize>>,
    /// Where its comments stand in the batch's, while it has a record.
    comments: Range<usize>,
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
}

/// The threads share this many files at a time, so that more of them need no more memory.
const FILES_UNDER_WAY: usize = 2048;
/// A batch is no more files than these, and fewer where those that were read ahead hold so many bytes.
const MOST_FILES_A_BATCH: usize = 256;
const BYTES_A_BATCH: usize = 1 << 20;
/// The name of the threads that read files, whose panics are contained and become findings.
pub const READER: &str = "reader";
/// What outsized files made larger than this is given back.
const USUAL_RECORDS: usize = 2 << 20;

impl Pipeline {
    /// Reads every source, and hands the batches, in the order of the sources, to `receive`.
    ///
    /// # Errors
    /// The system gives no thread; inside, what `receive` fails with, which ends the run.
    pub fn run<E>(
        &self,
        sources: impl Iterator<Item = Source> + Send,
        mut receive: impl FnMut(&mut Batch) -> Result<(), E>,
    ) -> io::Result<Result<(), E>> {
        let stopped = AtomicBool::new(false);
        let feed = Mutex::new((0, sources.fuse()));
        let (to_free, free) = mpsc::channel::<Batch>();
        let free = Mutex::new(free);
        // One for each thread, and some that wait for their turn to be handed over.
        for _ in 0..self.threads + self.threads / 2 + 1 {
            let _ = to_free.send(Batch::default());
        }
        thread::scope(|scope| {
            let (to_done, done) = mpsc::channel();
            for thread in 0..self.threads {
                let to_done = to_done.clone();
                let reader = Builder::new().name(READER.to_owned());
                let work = || self.work(&feed, &free, to_done, &stopped);
                match reader.spawn_scoped(scope, work) {
                    Ok(_) => {}
                    Err(error) if thread == 0 => return Err(error),
                    // Those that run are enough.
                    Err(_) => break,
                }
            }
            drop(to_done);
            let outcome = hand_over(done, &to_free, &mut receive);
            stopped.store(true, Ordering::Relaxed);
            drop(to_free);
            Ok(outcome)
        })
    }

    fn work(
        &self,
        feed: &Mutex<(u64, impl Iterator<Item = Source>)>,
        free: &Mutex<Receiver<Batch>>,
        done: Sender<(u64, Batch)>,
        stopped: &AtomicBool,
    ) {
        let files_a_batch = (FILES_UNDER_WAY / self.threads).clamp(1, MOST_FILES_A_BATCH);
        let mut buffer = Buffer::default();
        let mut scratch = Scratch::default();
        loop {
            let received = free.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(mut batch) = received else { return };
            let number = {
                let mut feed = feed.lock().unwrap_or_else(PoisonError::into_inner);
                let mut held = 0;
                while batch.sources.len() < files_a_batch && held < BYTES_A_BATCH {
                    let Some(source) = feed.1.next() else { break };
                    held += source.held();
                    batch.sources.push(source);
                }
                feed.0 += 1;
                feed.0 - 1
            };
            if batch.sources.is_empty() {
                return;
            }
            let mut sources = mem::take(&mut batch.sources);
            for source in sources.drain(..) {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                self.read(source, &mut buffer, &mut scratch, &mut batch);
            }
            batch.sources = sources;
            scratch.shrink_to(USUAL_RECORDS);
            if done.send((number, batch)).is_err() {
                return;
            }
        }
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

/// Puts the batches in order, hands each over, and frees it.
fn hand_over<E>(
    done: Receiver<(u64, Batch)>,
    to_free: &Sender<Batch>,
    receive: &mut impl FnMut(&mut Batch) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, batch) in done {
        waiting.insert(number, batch);
        while let Some(mut batch) = waiting.remove(&next) {
            receive(&mut batch)?;
            batch.files.clear();
            batch.records.clear();
            batch.records.shrink_to(USUAL_RECORDS);
            batch.comments.clear();
            batch.comments.shrink_to(USUAL_RECORDS);
            batch.names.clear();
            let _ = to_free.send(batch);
            next += 1;
        }
    }
    Ok(())
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
