//! Archives and compressed files: detected by their first bytes and read as a stream, without unpacking to disk.

pub(crate) mod block_reader;
pub(crate) mod bomb_guard;
mod member;
pub(crate) mod sniff;
mod stream;
mod tar;
mod zip;

use std::fs::File;
use std::io::{self, ErrorKind, Seek};
use std::path::{Path, PathBuf};

use crate::input::Source;
use crate::input::archive::member::{Member, MemberAction, Members};
use crate::input::archive::sniff::FileType;
pub use crate::input::archive::stream::{Stream, read_all};
use crate::input::archive::stream::{contain_panic, peek};
use crate::input::archive::tar::Tar;
use crate::input::archive::tar::header::BLOCK_BYTES;
use crate::input::archive::zip::Zip;
use crate::input::printed::{is_printed_as, without_location};
use crate::input::selection::Selection;
use crate::input::skipped::Skipped;
use crate::input::source::ReadError;
use crate::text::escape::{escape, quote};

/// Opens the same file again, from its first byte.
pub type Reopen<'f> = &'f dyn Fn() -> io::Result<File>;

/// Content of a file or stream.
pub enum Opened {
    /// An archive with members.
    Archive(Archive),
    /// One compressed file.
    Compressed(Stream),
    /// One uncompressed file, from its first byte.
    Plain(Stream),
}

/// An archive that is being read.
pub struct Archive {
    /// The path in records and findings.
    path: String,
    /// The path relative to the argument.
    relative: PathBuf,
    members: Box<dyn Members>,
    last: Option<String>,
    has_ended: bool,
    /// The only member that is read; `None` for all that the selection includes.
    wanted: Option<NamedMember>,
    /// Buffer for the path of the current member's folder, relative to the argument.
    folder: PathBuf,
}

/// A member that is named.
struct NamedMember {
    /// Name as findings print it.
    printed: String,
    is_found: bool,
}

const NESTED: &str = "an archive inside an archive is not opened";
/// Error message for an archive whose name is that of a crawl file.
pub const ARCHIVE_NAMED_AS_FILE: &str = "this is an archive, not a crawl file";
/// Detects the content of `file` by its first bytes. `shown` is its path in findings, `relative` its path relative to the
/// argument. For a regular file, `reopen` gives access to a directory at its end. Files of more than `max_file_size` bytes are
/// not read.
///
/// # Errors
/// The file cannot be read or decompressed.
pub fn open(
    file: Stream,
    reopen: Option<Reopen<'_>>,
    shown: String,
    relative: PathBuf,
    max_file_size: usize,
) -> io::Result<Opened> {
    contain_panic(|| {
        let (file_type, stream) = detect(file)?;
        let decoded = match file_type {
            FileType::Unknown => return Ok(Opened::Plain(stream)),
            FileType::Tar => return Ok(Archive::opened(Box::new(Tar::new(stream)), shown, relative)),
            FileType::Zip => {
                let file = reopen.map(|reopen| reopen()).transpose()?;
                return Ok(Archive::opened(Box::new(Zip::open(stream, file)?), shown, relative));
            }
            FileType::Compressed(codec) => bomb_guard::decompress(stream, codec, max_file_size)?,
            FileType::Unsupported(what) => return Err(unsupported(what)),
        };
        let (file_type, stream) = detect(decoded)?;
        match file_type {
            FileType::Unknown => Ok(Opened::Compressed(stream)),
            FileType::Tar => Ok(Archive::opened(Box::new(Tar::new(stream)), shown, relative)),
            FileType::Zip | FileType::Compressed(_) | FileType::Unsupported(_) => {
                Err(io::Error::other(NESTED))
            }
        }
    })
}

/// The error for a container of an unsupported kind.
fn unsupported(what: &str) -> io::Error {
    io::Error::new(ErrorKind::Unsupported, format!("{what} is not read: unpack it first"))
}

/// Returns `true` if `head` is the beginning of an archive or a compressed file.
pub fn is_packed(head: &[u8]) -> bool {
    !matches!(FileType::detect(head), FileType::Unknown)
}

/// Decompresses `file` from its start.
///
/// # Errors
/// See [`ReadError`]. An archive is an error, since its name is that of a crawl file.
pub fn decompress_if_needed(mut file: File, limit: usize) -> Result<Vec<u8>, ReadError> {
    file.rewind()?;
    match open(Box::new(file), None, String::new(), PathBuf::new(), limit)? {
        Opened::Plain(stream) | Opened::Compressed(stream) => read_all(stream, limit),
        Opened::Archive(_) => Err(io::Error::other(ARCHIVE_NAMED_AS_FILE).into()),
    }
}

impl Archive {
    /// Number of unpacked bytes attributed to members, structure or padding so far: all bytes of the archive at its
    /// end, unless there was a finding.
    pub fn accounted(&self) -> u64 {
        self.members.accounted()
    }

    fn opened(members: Box<dyn Members>, path: String, relative: PathBuf) -> Opened {
        Opened::Archive(Archive {
            path,
            relative,
            members,
            last: None,
            has_ended: false,
            wanted: None,
            folder: PathBuf::new(),
        })
    }

    /// Returns the next member that `selection` includes, or a source that reports an error of the archive.
    pub fn next(&mut self, selection: &Selection, limit: usize) -> Option<Source> {
        while !self.has_ended {
            let Archive { path, relative, members, last, folder, wanted, .. } = self;
            let mut choose = |name: &str| {
                if let Some(wanted) = wanted {
                    return wanted.choose(name, selection);
                }
                folder.as_mut_os_string().clear();
                folder.push(&relative);
                let action = choose(selection, folder, name);
                if matches!(action, MemberAction::LeaveOut) && selection.skip_listener.is_some() {
                    note_member(path, name, selection);
                }
                action
            };
            match contain_panic(|| members.next(&mut choose, limit)) {
                Ok(Some(Member { name, content })) => {
                    let name = shown(&name);
                    let path = [path, "/", name].concat();
                    if content.is_ok() {
                        name.clone_into(last.get_or_insert_default());
                    }
                    let content = content.and_then(|bytes| match is_packed(&bytes) {
                        false => Ok(bytes),
                        true => Err(io::Error::other(NESTED).into()),
                    });
                    return Some(Source::Loaded { path, content });
                }
                Ok(None) => {
                    self.has_ended = true;
                    if let Some(NamedMember { printed, is_found: false }) = &self.wanted {
                        let path = [&self.path, "/", printed].concat();
                        return Some(Source::Loaded { path, content: Err(no_member().into()) });
                    }
                }
                // The member is read, whatever comes after it.
                Err(_) if wanted.as_ref().is_some_and(|wanted| wanted.is_found) => self.has_ended = true,
                Err(error) => {
                    self.has_ended = !members.goes_on();
                    // Another shard reports it.
                    if selection.in_shard(relative_or_name(relative, path)) {
                        return Some(self.broken(&error));
                    }
                }
            }
        }
        None
    }

    /// Makes the archive yield the member alone that findings print as `printed`, however it is named.
    pub fn only(self, printed: String) -> Self {
        Archive { wanted: Some(NamedMember { printed, is_found: false }), ..self }
    }

    /// Returns `true` if the only member to read was found.
    pub fn has_member(&self) -> bool {
        self.wanted.as_ref().is_some_and(|wanted| wanted.is_found)
    }

    /// Creates the source that reports an error of the archive.
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
        Source::Loaded { path: self.path.clone(), content: Err(ReadError::Unreadable(error)) }
    }
}

impl NamedMember {
    fn choose(&mut self, name: &str, selection: &Selection) -> MemberAction {
        let with_or_without_location = [Some(&*self.printed), without_location(&self.printed)];
        let mut printed = with_or_without_location.into_iter().flatten();
        let is_meant = printed.any(|printed| is_printed_as(shown(name), printed));
        self.is_found |= is_meant;
        match is_meant && selection.in_shard(Path::new(shown(name))) {
            true => MemberAction::Read,
            false => MemberAction::LeaveOut,
        }
    }
}

/// The name of a member in records and findings.
fn shown(name: &str) -> &str {
    name.trim_start_matches("./").trim_start_matches('/')
}

/// The error for an archive without the member that is named.
pub fn no_member() -> io::Error {
    io::Error::new(ErrorKind::NotFound, "the archive has no such member")
}

/// The path that assigns the archive itself to a shard.
fn relative_or_name<'p>(relative: &'p Path, path: &'p str) -> &'p Path {
    match relative.as_os_str().is_empty() {
        true => Path::new(path).file_name().map_or(Path::new(path), Path::new),
        false => relative,
    }
}

/// Tells the listener that the member `name` of the archive at `path` is passed over, but not of mere folders.
fn note_member(path: &str, name: &str, selection: &Selection) {
    let in_shard = selection.in_shard(Path::new(shown(name)));
    if name.ends_with('/') || shown(name).is_empty() || !in_shard {
        return;
    }
    let mut folder = PathBuf::new();
    let mut reason = Skipped::NotIncluded;
    for part in shown(name).split('/') {
        if !selection.descends_into(&folder, part.as_ref()) {
            reason = selection.skip_reason(&folder, part.as_ref());
            break;
        }
        folder.push(part);
    }
    selection.note(&Path::new(path).join(shown(name)), reason);
}

/// Decides about the member `name` of an archive at `folder` relative to the argument. `folder` becomes the member's
/// own folder.
fn choose(selection: &Selection, folder: &mut PathBuf, name: &str) -> MemberAction {
    let mut parts = name.split('/').filter(|part| !matches!(*part, "" | "." | "..")).peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part.as_ref() {
            name if !is_last && !selection.descends_into(folder, name) => return MemberAction::LeaveOut,
            name if is_last && selection.shard.is_some() && !selection.in_shard(&folder.join(name)) => {
                return MemberAction::LeaveOut;
            }
            name if is_last && selection.is_container(folder, name) => return MemberAction::Refuse(NESTED),
            name if is_last && selection.includes(folder, name) => return MemberAction::Read,
            _ => folder.push(part),
        }
    }
    MemberAction::LeaveOut
}

/// Detects the container of `stream`, and returns it with the stream from its first byte.
fn detect(stream: Stream) -> io::Result<(FileType, Stream)> {
    let (head, stream) = peek(stream, BLOCK_BYTES as u64)?;
    Ok((FileType::detect(&head), stream))
}
