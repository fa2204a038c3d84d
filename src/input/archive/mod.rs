//! Archives and compressed files: known by their first bytes, read as a stream, never unpacked.

mod blocks;
mod compressed;
mod magic;
mod tar;
mod zip;

use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use self::magic::Magic;
use self::tar::Tar;
use self::zip::Zip;
use super::Source;
use super::file::Failure;
use super::held::Held;
use super::selection::Selection;
use crate::quote::{escape, quote};

/// Bytes that come one after the other.
pub type Stream = Box<dyn Read + Send>;

/// Opens a file once more, from its first byte.
pub type Reopen<'f> = &'f dyn Fn() -> io::Result<File>;

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
    /// Where the member under way lies from the argument, kept for the next one.
    folder: PathBuf,
}

/// Yields what an archive holds, in its order.
trait Members: Send {
    /// See [`Archive::accounted`].
    fn accounted(&self) -> u64;

    /// The next member that is not left out, of which no more than `limit` bytes are kept; none behind the last one.
    ///
    /// # Errors
    /// What ends the archive, unless it [goes on](Members::goes_on): nothing behind it can be read.
    fn next(&mut self, choose: Choose<'_>, limit: usize) -> io::Result<Option<Member>>;

    /// Whether the members after the last error can be read all the same.
    fn goes_on(&self) -> bool {
        false
    }
}

/// A file in an archive.
struct Member {
    name: String,
    content: Result<Held, Failure>,
}

/// Says what is to be done with the member of a name.
type Choose<'c> = &'c mut dyn FnMut(&str) -> Choice;

/// What is to be done with a member.
enum Choice {
    Read,
    LeaveOut,
    Refuse(&'static str),
}

const NESTED: &str = "an archive inside an archive is not opened";
/// What is said of an archive whose name promises a crawl file.
pub const NAMED_LIKE_A_FILE: &str = "this is an archive, not a crawl file";
const BUFFER: usize = 128 << 10;
/// Nearly every crawl file fits; who states more has to prove it.
const USUAL_SIZE: u64 = 64 << 10;

/// Looks at the first bytes of `file`, which is called `shown`, and lies at `below` from the argument. If it is a regular
/// file, `reopen` lets a directory at its end be read.
///
/// # Errors
/// Those of the system, and those of what is compressed.
pub fn open(file: Stream, reopen: Option<Reopen<'_>>, shown: String, below: PathBuf) -> io::Result<Opened> {
    contained(|| {
        let (magic, stream) = Magic::of(file)?;
        let decoded = match magic {
            Magic::Nothing => return Ok(Opened::Plain(stream)),
            Magic::Tar => return Ok(Archive::of(Box::new(Tar::of(stream)), shown, below)),
            Magic::Zip => {
                let file = reopen.map(|reopen| reopen()).transpose()?;
                return Ok(Archive::of(Box::new(Zip::open(stream, file)?), shown, below));
            }
            Magic::Compressed(coding) => compressed::decoded(stream, coding)?,
            Magic::Unread(what) => return Err(unread(what)),
        };
        let (magic, stream) = Magic::of(decoded)?;
        match magic {
            Magic::Nothing => Ok(Opened::Compressed(stream)),
            Magic::Tar => Ok(Archive::of(Box::new(Tar::of(stream)), shown, below)),
            Magic::Zip | Magic::Compressed(_) | Magic::Unread(_) => Err(io::Error::other(NESTED)),
        }
    })
}

/// The error for a container of a kind that no library here reads.
fn unread(what: &str) -> io::Error {
    io::Error::new(ErrorKind::Unsupported, format!("{what} is not read: unpack it first"))
}

/// Returns `true` for what begins with `head` and is an archive or compressed, and no crawl file as it is.
pub fn is_packed(head: &[u8]) -> bool {
    Magic::of_head(head) != Magic::Nothing
}

/// Reads the compressed `file` from its start.
///
/// # Errors
/// See [`Failure`]. An archive is none of the files that its name promises.
pub fn unpacked(mut file: File, limit: usize) -> Result<Vec<u8>, Failure> {
    file.rewind()?;
    match open(Box::new(file), None, String::new(), PathBuf::new())? {
        Opened::Plain(stream) | Opened::Compressed(stream) => read_all(stream, limit),
        Opened::Archive(_) => Err(io::Error::other(NAMED_LIKE_A_FILE).into()),
    }
}

/// A bug in the reading of what strangers packed is contained too.
fn contained<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(io::Error::other("a bug of this program")))
}

impl Archive {
    /// The number of unpacked bytes that belong to members, to structure or to padding, as far as the archive was read: all
    /// of them at the end of an archive without a finding.
    pub fn accounted(&self) -> u64 {
        self.members.accounted()
    }

    fn of(members: Box<dyn Members>, path: String, below: PathBuf) -> Opened {
        Opened::Archive(Archive {
            path,
            below,
            members,
            last: None,
            has_ended: false,
            folder: PathBuf::new(),
        })
    }

    /// The next member that `selection` does not leave out, or what is wrong with the archive.
    pub fn next(&mut self, selection: &Selection, limit: usize) -> Option<Source> {
        while !self.has_ended {
            let Archive { path, below, members, last, folder, .. } = self;
            let mut choose = |name: &str| {
                folder.as_mut_os_string().clear();
                folder.push(&below);
                choose(selection, folder, name)
            };
            match contained(|| members.next(&mut choose, limit)) {
                Ok(Some(Member { name, content })) => {
                    let name = name.trim_start_matches("./").trim_start_matches('/');
                    let path = [path, "/", name].concat();
                    if content.is_ok() {
                        name.clone_into(last.get_or_insert_default());
                    }
                    let content = content.and_then(|bytes| match Magic::of_head(&bytes) {
                        Magic::Nothing => Ok(bytes),
                        _ => Err(io::Error::other(NESTED).into()),
                    });
                    return Some(Source::Member { path, content });
                }
                Ok(None) => self.has_ended = true,
                Err(error) => {
                    self.has_ended = !members.goes_on();
                    // Another part of the files reports it.
                    if selection.has(below_or_name(below, path)) {
                        return Some(self.broken(&error));
                    }
                }
            }
        }
        None
    }

    /// The source that stands for what is wrong with the archive.
    fn broken(&self, error: &io::Error) -> Source {
        let place = match &self.last {
            Some(last) => format!("behind {}", quote(last)),
            None => "before its first crawl file".to_owned(),
        };
        let why = match error.kind() {
            ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
            _ => escape(&error.to_string()).to_string(),
        };
        let error = io::Error::new(error.kind(), format!("the archive is broken {place}: {why}"));
        Source::Member { path: self.path.clone(), content: Err(Failure::Unreadable(error)) }
    }
}

/// What decides which part of the files an archive itself is in.
fn below_or_name<'p>(below: &'p Path, path: &'p str) -> &'p Path {
    match below.as_os_str().is_empty() {
        true => Path::new(path).file_name().map_or(Path::new(path), Path::new),
        false => below,
    }
}

/// What is to be done with the member called `name` of an archive that lies at `folder` from the argument, which becomes
/// the member's own folder.
fn choose(selection: &Selection, folder: &mut PathBuf, name: &str) -> Choice {
    let mut parts = name.split('/').filter(|part| !matches!(*part, "" | "." | "..")).peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part.as_ref() {
            name if !is_last && !selection.enters(folder, name) => return Choice::LeaveOut,
            name if is_last && selection.shard.is_some() && !selection.has(&folder.join(name)) => {
                return Choice::LeaveOut;
            }
            name if is_last && selection.opens(folder, name) => return Choice::Refuse(NESTED),
            name if is_last && selection.reads(folder, name) => return Choice::Read,
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
    contained(|| from.take((limit as u64).saturating_add(1)).read_to_end(&mut bytes))?;
    if bytes.len() > limit { Err(Failure::TooLarge) } else { Ok(bytes) }
}

/// The first bytes of `from`, no more than `most`, and all of it once more.
fn peek(mut from: Stream, most: u64) -> io::Result<(Vec<u8>, Stream)> {
    let mut head = Vec::new();
    from.by_ref().take(most).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(from))))
}
