//! One worker: reads the content of a few sources, then their articles, into a batch.

use std::any::Any;
use std::array;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::crawl::{BATCH_FILES, Input, InputBatch, Scratch};
use crate::findings::finding::Finding;
use crate::findings::rule::Rule;
use crate::input::Source;
use crate::input::opener::CachedDirOpener;
use crate::input::reader::ReadBuffer;
use crate::input::source::ReadError;
use crate::layout;
use crate::layout::{Layout, Layouts};
use crate::pipeline::batch::{Batch, FileResult};
use crate::pipeline::encode::encode_outcome;
use crate::pipeline::options::PipelineOptions;
use crate::pipeline::share::BudgetShare;
use crate::pipeline::spare::Stat;
use crate::record::content_hash::ContentHash;
use crate::text::escape::escape;

/// Capacity in bytes that buffers for text keep. Nearly every text fits.
const RETAINED_TEXT_BYTES: usize = 16 << 10;

/// Per-thread buffers, reused from batch to batch.
#[derive(Debug, Default)]
pub struct WorkerState {
    opener: CachedDirOpener,
    /// Contents of the files of a batch.
    buffers: [ReadBuffer; BATCH_FILES],
    scratch: Scratch,
    /// Byline of a file of another layout.
    byline: String,
}

impl WorkerState {
    /// Reads the first of `sources` into `batch`: at most [`BATCH_FILES`], and as `share` has room for. Returns
    /// their number, at least one.
    pub fn read(
        &mut self,
        options: &PipelineOptions,
        sources: &mut [Source],
        batch: &mut Batch,
        share: &mut BudgetShare<'_>,
    ) -> usize {
        let before = (batch.files.len(), batch.records.end(), batch.size());
        let mut count = 0;
        let read = AssertUnwindSafe(|| self.fill(options, sources, batch, share, &mut count));
        if let Err(panic) = catch_unwind(read) {
            batch.files.truncate(before.0);
            batch.records.truncate(before.1);
            match &mut sources[..count.max(1)] {
                [source] => {
                    let mut file = FileResult { path: source.take_display_path(), ..FileResult::default() };
                    let message = format!("a bug of this program: {}", panic_message(panic.as_ref()));
                    file.add(Finding::error(Rule::Internal, message));
                    batch.files.push(file);
                }
                // The panic cannot be attributed to one file: retry them one by one.
                sources => {
                    sources.chunks_mut(1).for_each(|source| _ = self.read(options, source, batch, share))
                }
            }
        }
        if share.is_taken() {
            self.shrink_buffers(share.bounds.file);
            share.settle(batch, batch.size().saturating_sub(before.2));
        }
        count.max(1)
    }

    /// Reads sources until the buffers or the room for them are used up. `count` is their number, also after a panic.
    fn fill(
        &mut self,
        options: &PipelineOptions,
        sources: &mut [Source],
        batch: &mut Batch,
        share: &mut BudgetShare<'_>,
        count: &mut usize,
    ) {
        let first = batch.files.len();
        let mut waiting = sources.iter();
        let WorkerState { opener, buffers, scratch, byline } = self;
        let (mut is_full, mut total_bytes) = (false, 0);
        let mut inputs = buffers.each_mut().map(|buffer| {
            let source = waiting.next().filter(|_| !is_full)?;
            let is_first = *count == 0;
            let has_room = |bytes| {
                let is_outsized = bytes > share.bounds.file;
                if is_outsized && is_first {
                    share.take_for(bytes);
                }
                is_first || !is_outsized
            };
            let times = options.trusted_times.as_ref();
            let stat = times.and_then(|times| Stat::of(source, times).zip(Some(times)));
            let path = || source.display_path();
            let is_built_in = || options.layouts.layout_for(path).is_none();
            let spared = stat
                .filter(|_| is_built_in())
                .and_then(|(stat, times)| stat.spare(times, &path(), &mut batch.buffer, &mut batch.manifest));
            if let Some(file) = spared {
                *count += 1;
                batch.files.push(file);
                return None;
            }
            let mut file = FileResult::default();
            let bytes = buffer.read(source, options.max_file_size, opener, has_room);
            match &bytes {
                Ok(bytes) => {
                    file.bytes = bytes.len();
                    file.size = Some(bytes.len() as u64);
                    file.mtime_ns = stat.and_then(|(stat, _)| stat.mtime_ns(bytes.len()));
                }
                Err(ReadError::NoRoom) => {
                    // It is read first in the next batch, where it may take its part of the budget.
                    is_full = true;
                    return None;
                }
                Err(ReadError::Unreadable(error)) => {
                    file.add(Finding::error(Rule::Unreadable, error.to_string()))
                }
                Err(ReadError::TooLarge) => {
                    let message = format!("the file has more than {} bytes", options.max_file_size);
                    file.add(Finding::error(Rule::TooLarge, message));
                }
            }
            *count += 1;
            total_bytes += file.bytes;
            is_full = share.is_taken() || total_bytes >= share.bounds.together;
            batch.files.push(file);
            let levels = options.policy.levels_for(|| source.display_path());
            Some(Input { source: bytes.ok()?, levels })
        });
        let contents = inputs.each_ref().map(|input| input.as_ref().map_or(&b""[..], |input| input.source));
        let of_layouts = take_of_layouts(&options.layouts, &mut inputs, sources);
        batch.buffer.clear();
        let hashes = options.hash_files.then(|| ContentHash::digest_each(contents));
        (options.read_batch)(inputs, scratch, &mut |index, outcome| {
            let path = sources[index].display_path();
            let hash = hashes.map(|hashes| hashes[index]);
            encode_outcome(options, contents[index], hash, &path, outcome, first + index, batch);
        });
        for (index, (input, layout)) in of_layouts.into_iter().enumerate().filter_map(numbered) {
            let path = sources[index].display_path();
            let hash = hashes.map(|hashes| hashes[index]);
            let outcome = layout::read(input.source, &path, layout, &input.levels, byline);
            encode_outcome(options, input.source, hash, &path, outcome, first + index, batch);
        }
        if options.manifest.is_some() {
            hash_records(&mut batch.files[first..], &batch.buffer);
        }
        for (file, source) in batch.files[first..].iter_mut().zip(sources) {
            file.path = source.take_display_path();
            batch.heap_bytes += file.path.len();
        }
    }

    /// Shrinks the text buffers that large files have grown.
    pub fn shrink(&mut self) {
        self.byline.clear();
        self.byline.shrink_to(RETAINED_TEXT_BYTES);
        self.scratch.shrink_to(RETAINED_TEXT_BYTES);
    }

    /// Shrinks all buffers that files of more than `limit` bytes have grown.
    fn shrink_buffers(&mut self, limit: usize) {
        self.buffers.iter_mut().for_each(|buffer| buffer.shrink_to(limit));
        self.shrink();
    }
}

/// Takes the inputs that are not of the built-in layout, each with its layout.
fn take_of_layouts<'a>(
    layouts: &'a Layouts,
    inputs: &mut InputBatch<'a>,
    sources: &[Source],
) -> [Option<(Input<'a>, &'a Layout)>; BATCH_FILES] {
    if layouts.are_built_in() {
        return Default::default();
    }
    array::from_fn(|index| {
        let source = sources.get(index)?;
        let layout = layouts.layout_for(|| source.display_path())?;
        inputs[index].take().zip(Some(layout))
    })
}

fn numbered<T>((index, item): (usize, Option<T>)) -> Option<(usize, T)> {
    item.map(|item| (index, item))
}

/// Sets the hashes of the records of at most [`BATCH_FILES`] files, which are in `buffer`.
fn hash_records(files: &mut [FileResult], buffer: &[u8]) {
    let records: [&[u8]; BATCH_FILES] =
        array::from_fn(|index| files.get(index).map_or(&b""[..], |file| &buffer[file.hashed_record.clone()]));
    let hashes = ContentHash::digest_each(records);
    for (file, hash) in files.iter_mut().zip(hashes).filter(|(file, _)| !file.hashed_record.is_empty()) {
        file.record_hash = Some(hash);
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let message = panic.downcast_ref::<&str>().copied();
    let message = message.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    escape(message.unwrap_or("no message")).to_string()
}
