//! Archives and compressed files: known by their first bytes, read as a stream, never unpacked.

mod compressed;
mod magic;
mod tar;
mod zip;

use std::fs::File;
use std::io::{self, BufReader, Cursor, ErrorKind, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use self::magic::Magic;
use self::tar::Tar;
use self::zip::Zip;
use super::Source;
use super::file::Failure;
use super::selection::Selection;
use crate::quote::{escape, quote};

/// Bytes that come one after the other.
pub type Stream = Box<dyn Read + Send>;

/// What a file or stream turns out to hold.
pub enum Opened {
    /// Members.
    Archive(Archive),
    /// One file, which was compressed.
    Compressed(Stream),
    /// One file as it is, from its first byte.
    Plain(Stream),
}

/// An archive under way.
pub struct Archive {
    /// How it is named.
    path: String,
    /// Where it lies below the argument.
    below: PathBuf,
    members: Box<dyn Members>,
    last: Option<String>,
    has_ended: bool,
}

/// Yields what an archive holds, in its order.
trait Members: Send {
    /// The next member that is not left out, of which no more than `limit` bytes are kept; none behind the last one.
    ///
    /// # Errors
    /// What ends the archive: nothing behind it can be read.
    fn next(&mut self, choose: &dyn Fn(&str) -> Choice, limit: usize) -> io::Result<Option<Member>>;
}

/// A file in an archive.
struct Member {
    name: String,
    content: Result<Vec<u8>, Failure>,
}

/// What is to be done with a member.
enum Choice {
    Read,
    LeaveOut,
    Refuse(&'static str),
}

const NESTED: &str = "an archive inside an archive is not opened";
const BUFFER: usize = 128 << 10;
/// Nearly every crawl file fits; who states more has to prove it.
const USUAL_SIZE: u64 = 64 << 10;

/// Looks at the first bytes of `file`, which is called `path`, and lies at `below` from the argument. The same
/// file as `seekable` lets a directory at its end be read.
///
/// # Errors
/// Those of the system, and those of what is compressed.
pub fn open(file: Stream, seekable: Option<File>, path: String, below: PathBuf) -> io::Result<Opened> {
    let (magic, stream) = Magic::of(file)?;
    let archive = |members| Opened::Archive(Archive { path, below, members, last: None, has_ended: false });
    let decoded = match magic {
        Magic::Nothing => return Ok(Opened::Plain(stream)),
        Magic::Tar => return Ok(archive(Box::new(Tar::of(buffered(stream))))),
        Magic::Zip => return Ok(archive(Box::new(Zip::of(stream, seekable)?))),
        Magic::Gzip => compressed::gzip(stream),
        Magic::Zstd => compressed::zstd(stream)?,
    };
    let (magic, stream) = Magic::of(decoded)?;
    match magic {
        Magic::Nothing => Ok(Opened::Compressed(stream)),
        Magic::Tar => Ok(archive(Box::new(Tar::of(buffered(stream))))),
        Magic::Zip | Magic::Gzip | Magic::Zstd => Err(io::Error::other(NESTED)),
    }
}

impl Archive {
    /// The next member that `selection` does not leave out, or what ends the archive too early.
    pub fn next(&mut self, selection: &Selection, limit: usize) -> Option<Source> {
        if self.has_ended {
            return None;
        }
        let Archive { path, below, members, .. } = self;
        let choose = |name: &str| choose(selection, below, name);
        // A bug in the reading of archives is contained too.
        let next = catch_unwind(AssertUnwindSafe(|| members.next(&choose, limit)));
        match next.unwrap_or_else(|_| Err(io::Error::other("a bug of this program"))) {
            Ok(Some(Member { name, content })) => {
                let name = name.trim_start_matches("./").trim_start_matches('/');
                let path = format!("{path}/{name}");
                if content.is_ok() {
                    self.last = Some(name.to_owned());
                }
                Some(Source::Member { path, content })
            }
            Ok(None) => {
                self.has_ended = true;
                None
            }
            Err(error) => {
                self.has_ended = true;
                let place = match &self.last {
                    Some(last) => format!("behind {}", quote(last)),
                    None => "before its first crawl file".to_owned(),
                };
                let why = match error.kind() {
                    ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
                    _ => escape(&error.to_string()).to_string(),
                };
                let error = io::Error::new(error.kind(), format!("the archive is broken {place}: {why}"));
                Some(Source::Member { path: path.clone(), content: Err(Failure::Unreadable(error)) })
            }
        }
    }
}

fn choose(selection: &Selection, below: &Path, name: &str) -> Choice {
    let mut folder = below.to_owned();
    let mut parts = name.split('/').filter(|part| !matches!(*part, "" | "." | "..")).peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part.as_ref() {
            name if !is_last && !selection.enters(&folder, name) => return Choice::LeaveOut,
            name if is_last && !selection.has(&folder.join(name)) => return Choice::LeaveOut,
            name if is_last && selection.opens(&folder, name) => return Choice::Refuse(NESTED),
            name if is_last && selection.reads(&folder, name) => return Choice::Read,
            _ => folder.push(part),
        }
    }
    Choice::LeaveOut
}

/// All that `from` yields, up to `limit` bytes.
///
/// # Errors
/// See [`Failure`].
pub fn read_all(from: impl Read, limit: usize) -> Result<Vec<u8>, Failure> {
    read_about(0, from, limit)
}

/// The same where `stated` says how much it may be.
fn read_about(stated: u64, from: impl Read, limit: usize) -> Result<Vec<u8>, Failure> {
    // One more byte lets the end be seen without asking for more room.
    let mut bytes = Vec::with_capacity(stated.min(USUAL_SIZE) as usize + 1);
    from.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit { Err(Failure::TooLarge) } else { Ok(bytes) }
}

fn buffered(stream: Stream) -> BufReader<Stream> {
    BufReader::with_capacity(BUFFER, stream)
}

/// The first bytes of `from`, no more than `most`, and all of it once more.
fn peek(mut from: Stream, most: u64) -> io::Result<(Vec<u8>, Stream)> {
    let mut head = Vec::new();
    from.by_ref().take(most).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(from))))
}
