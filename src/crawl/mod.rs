//! Reads one crawl file into an article and its findings. Pure: no I/O, no paths, no printing.
//!
//! ```text
//! bytes ─ decode ─► split: front matter by template reading, then YAML ─────────┐
//!                     │    body: layout ─► frame: heading, bold line, footer ───┼─► fields ─► Article, findings
//!                     │            └────► text: readings ═ content hash ════════┘
//! ```
//!
//! Eight files take each part of the way one after the other: up to the text that most probably has the content hash,
//! the hashes, the fields and the byline. Texts that are hashed together take less time than one by one, and a part
//! whose code is still in the processor's cache less than one that another part has displaced.

pub mod body;
pub mod byline;
pub(crate) mod collector;
pub mod comments;
mod controls;
pub mod decode;
pub mod escaping;
pub(crate) mod fields;
pub mod front_matter;
mod known_bylines;
pub(crate) mod lines;
mod markdown;
mod normal_form;
mod other_layout;
mod outcome;
pub(crate) mod parsed_file;
mod personal;
pub mod split;
pub(crate) mod template;
pub mod text;
pub mod trace;
pub mod url;

pub use crate::crawl::outcome::{BATCH_FILES, Input, InputBatch, Outcome, Scratch, StatedId, StatedIdentity};

use std::array;
use std::mem;

use crate::crawl::front_matter::resolve::YamlUse;
use crate::crawl::parsed_file::ParsedFile;
use crate::crawl::trace::Trace;
use crate::findings::rule::Levels;
use crate::record::content_hash::ContentHash;

/// Maximum size of front matter in bytes, unless `front-matter-too-large` is lowered. Real ones have at most 761 bytes.
pub const MAX_FRONT_MATTER_BYTES: usize = 64 * 1024;

/// Reads one crawl file.
///
/// The article borrows from `source` and from `scratch`, which must outlive it.
pub fn read<'a>(source: &'a [u8], levels: &Levels, scratch: &'a mut Scratch) -> Outcome<'a> {
    read_general(source, levels, scratch, YamlUse::IfNeeded, None)
}

/// Reads a batch of crawl files, and passes each outcome with its index to `receive`, in order.
///
/// The outcomes are equal to those of [`read`], but take less time: the texts are [hashed
/// together](ContentHash::digest_each).
pub fn read_batch<'a>(
    inputs: InputBatch<'a>,
    scratch: &'a mut Scratch,
    receive: &mut dyn FnMut(usize, Outcome<'a>),
) {
    let Scratch { texts, bylines, known_bylines } = scratch;
    let mut text_buffers = texts.each_mut();
    let mut files: [_; BATCH_FILES] = array::from_fn(|index| {
        let Input { source, levels } = inputs[index].as_ref()?;
        Some(ParsedFile::parse(source, levels, YamlUse::IfNeeded, text_buffers[index], None))
    });
    let candidates: [&[u8]; BATCH_FILES] = array::from_fn(|index| match &files[index] {
        Some(Ok(file)) => file.candidate_text(text_buffers[index]).as_bytes(),
        _ => b"",
    });
    let hashes = ContentHash::digest_each(candidates);
    let mut text_buffers = text_buffers.into_iter();
    let mut outcomes: [_; BATCH_FILES] = array::from_fn(|index| {
        let buffer = text_buffers.next()?;
        Some(match files[index].as_mut()? {
            Ok(file) => file.take_outcome(hashes[index], buffer, None),
            Err(findings) => Outcome::without_article(mem::take(findings)),
        })
    });
    for (outcome, buffer) in outcomes.iter_mut().zip(bylines) {
        let Some(outcome) = outcome else { continue };
        outcome.read_byline(buffer, Some(known_bylines));
    }
    for (index, outcome) in outcomes.into_iter().enumerate() {
        let Some(outcome) = outcome else { continue };
        receive(index, outcome);
    }
}

/// Reads one crawl file by itself, and runs YAML for every block.
///
/// The outcome is equal to that of [`read`], but takes longer.
pub fn read_reference<'a>(source: &'a [u8], levels: &Levels, scratch: &'a mut Scratch) -> Outcome<'a> {
    read_general(source, levels, scratch, YamlUse::Always, None)
}

/// Reads one crawl file as [`read_reference`] does, and keeps the results of its steps.
pub fn read_traced<'a>(
    source: &'a [u8],
    levels: &Levels,
    scratch: &'a mut Scratch,
) -> (Outcome<'a>, Trace<'a>) {
    let mut trace = Trace::default();
    let outcome = read_general(source, levels, scratch, YamlUse::Always, Some(&mut trace));
    (outcome, trace)
}

fn read_general<'a>(
    source: &'a [u8],
    levels: &Levels,
    scratch: &'a mut Scratch,
    yaml_use: YamlUse,
    mut trace: Option<&mut Trace<'a>>,
) -> Outcome<'a> {
    let Scratch { texts: [text, ..], bylines: [byline, ..], .. } = scratch;
    match ParsedFile::parse(source, levels, yaml_use, text, trace.as_deref_mut()) {
        Ok(mut file) => {
            let hash = ContentHash::digest(file.candidate_text(text).as_bytes());
            let mut outcome = file.take_outcome(hash, text, trace);
            outcome.read_byline(byline, None);
            outcome
        }
        Err(findings) => Outcome::without_article(findings),
    }
}
