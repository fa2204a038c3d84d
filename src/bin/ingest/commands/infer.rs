//! The subcommand `infer`: proposes the layout of an archive by a sample of it.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::args::InferOptions;
use news_ingest::infer::sample::Sampler;
use news_ingest::infer::{Proposal, SampleFile};
use news_ingest::input::opener::CachedDirOpener;
use news_ingest::input::reader::ReadBuffer;
use news_ingest::input::source::ReadError;
use news_ingest::text::escape::escape;

use crate::commands::setup::open;
use crate::exit_status::REJECTED;
use crate::terminal::say;
use crate::{Context, Error};

/// Maximum size of a file in bytes; larger ones are no part of the sample.
const MAX_SAMPLED_FILE_BYTES: usize = 4 * 1024 * 1024;
/// Maximum size in bytes of the files that are held in memory at a time, but for one.
const MAX_SAMPLE_BYTES: usize = 64 * 1024 * 1024;

/// Prints the configuration file that is proposed for the files of `options`.
pub fn infer(options: InferOptions) -> Result<ExitCode, Error> {
    let selection = options.inputs.selection.clone();
    let (files, seen, failures) = sample(options)?;
    for (path, reason) in &failures {
        say(format_args!("ingest: {}: {}", escape(path), escape(reason)))?;
    }
    let sampled: Vec<SampleFile<'_>> = files.iter().map(|(path, bytes)| SampleFile { path, bytes }).collect();
    let Some(proposal) = Proposal::new(&sampled) else {
        match seen {
            0 => say(format_args!("ingest: nothing to read: no {selection} here"))?,
            _ => {
                say(format_args!("ingest: none of {} files has front matter that can be read", files.len()))?
            }
        }
        return Ok(ExitCode::from(REJECTED));
    };
    io::stdout().lock().write_all(proposal.to_string().as_bytes()).context("cannot write")?;
    match proposal.found() {
        Some(found) => say(format_args!(
            "ingest: {} of {seen} files read, {} of {} verify",
            files.len(),
            found.verified(),
            found.stated
        ))?,
        None => say(format_args!("ingest: {} of {seen} files read, nothing verifies them", files.len()))?,
    }
    Ok(ExitCode::SUCCESS)
}

type Contents = Vec<(String, Vec<u8>)>;
type Failures = Vec<(String, String)>;

/// Reads the sample. Also returns the number of all files, and the paths of those that cannot be read.
fn sample(options: InferOptions) -> Result<(Contents, usize, Failures), Error> {
    let mut sampler = Sampler::new(options.sample, MAX_SAMPLE_BYTES);
    for source in open(options.inputs, MAX_SAMPLED_FILE_BYTES)? {
        let buffered = source.buffered_bytes();
        sampler.offer(source, buffered);
    }
    let seen = sampler.seen();
    let (mut contents, mut failures) = (Vec::new(), Vec::new());
    let (mut buffer, mut opener) = (ReadBuffer::default(), CachedDirOpener::default());
    let mut held = 0;
    for source in sampler.into_sample() {
        let path = source.display_path().into_owned();
        match buffer.read(&source, MAX_SAMPLED_FILE_BYTES, &mut opener, |_| true) {
            Ok(bytes) if bytes.len() > MAX_SAMPLED_FILE_BYTES => failures.push(too_large(path)),
            Ok(bytes) if held + bytes.len() <= MAX_SAMPLE_BYTES => {
                held += bytes.len();
                contents.push((path, bytes.to_vec()));
            }
            Ok(_) => {}
            Err(ReadError::Unreadable(error)) => failures.push((path, error.to_string())),
            Err(ReadError::TooLarge | ReadError::NoRoom) => failures.push(too_large(path)),
        }
    }
    Ok((contents, seen, failures))
}

fn too_large(path: String) -> (String, String) {
    (path, format!("it has more than {MAX_SAMPLED_FILE_BYTES} bytes, and is no part of the sample"))
}
