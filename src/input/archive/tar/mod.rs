//! Tar archives: V7, POSIX (PAX), GNU, star and Solaris ones.

pub mod header;
mod pax;
mod pixz;

use std::io::{self, BufRead, ErrorKind, Read};

use crate::input::archive::block_reader::{BlockReader, MAX_SLICE_BYTES};
use crate::input::archive::member::{Member, MemberAction, MemberFilter, Members};
use crate::input::archive::stream::{Stream, read_with_size_hint};
use crate::input::archive::tar::header::{
    BLOCK_BYTES, EntryKind, TarHeader, has_stated_sum, is_zero, until_nul,
};
use crate::input::archive::tar::pax::{Records, decimal};
use crate::input::shared_bytes::SharedBytes;
use crate::input::source::ReadError;
use crate::input::source::display_bytes;

/// A tar archive that is being read.
pub struct Tar {
    from: BlockReader,
    /// Unread bytes of the current member, including the padding of its last block.
    rest: u64,
    /// Extension headers of the next member; `None` if there are none.
    extension: Option<Extension>,
    /// Extension headers of all members.
    global: Extension,
    /// `true` if members can still be read after the last error.
    goes_on: bool,
    /// `true` after an invalid header: the end of its content is unknown until the next header is found.
    is_lost: bool,
}

/// Extension headers (GNU long name, PAX) that apply to a member.
#[derive(Default)]
struct Extension {
    name: Option<Vec<u8>>,
    /// Name of a sparse file, whose `name` is a substitute.
    sparse_name: Option<Vec<u8>>,
    size: Option<u64>,
    is_sparse: bool,
}

/// Longest name: a path of Linux.
const MAX_NAME_BYTES: usize = 4096;
/// Largest content of an extension header.
const MAX_EXTENSION_BYTES: u64 = 1 << 20;

impl Tar {
    /// Creates a reader of the archive at the start of `from`.
    pub fn new(from: Stream) -> Self {
        Tar {
            from: BlockReader::new(from),
            rest: 0,
            extension: None,
            global: Extension::default(),
            goes_on: false,
            is_lost: false,
        }
    }

    /// Reads the next header; `None` at the end of the archive.
    fn header(&mut self) -> io::Result<Option<TarHeader>> {
        self.from.skip(self.rest)?;
        self.rest = 0;
        if self.is_lost && !self.find_header()? {
            return Ok(None);
        }
        self.is_lost = false;
        let mut block = [0; BLOCK_BYTES];
        self.from.read_exact(&mut block)?;
        let header = TarHeader::new(block);
        if header.is_zero() {
            self.end()?;
            return match &self.extension {
                None => Ok(None),
                Some(_) => Err(broken("a header about the next member is the last one")),
            };
        }
        if header.is_valid() {
            return Ok(Some(header));
        }
        self.is_lost = true;
        self.extension = None;
        Err(self.note("a header has another checksum than it states"))
    }

    /// Skips to the next header; returns `false` if the stream ends first.
    fn find_header(&mut self) -> io::Result<bool> {
        loop {
            match self.from.peek(BLOCK_BYTES).first_chunk() {
                Some(block) if has_stated_sum(block) => return Ok(true),
                Some(_) => self.from.skip(BLOCK_BYTES as u64)?,
                None => return self.from.read_to_end(&mut Vec::new()).map(|_| false),
            }
        }
    }

    /// Reads to the end of the stream. Only zeros and the index that `pixz` adds may follow an archive.
    fn end(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.from.fill_buf()?;
            match bytes.iter().position(|byte| *byte != 0) {
                None if bytes.is_empty() => return Ok(()),
                None => {
                    let zeros = bytes.len();
                    self.from.consume(zeros);
                }
                Some(zeros) => {
                    self.from.consume(zeros);
                    if !pixz::skip_index(&mut self.from)? {
                        return Err(broken("more stands behind its end"));
                    }
                }
            }
        }
    }

    /// Reads the content of the current member.
    fn content(&mut self, size: u64, limit: usize) -> io::Result<Result<SharedBytes, ReadError>> {
        if size > limit as u64 {
            return Ok(Err(ReadError::TooLarge));
        }
        self.rest -= size;
        if size <= MAX_SLICE_BYTES as u64 {
            return self.from.take_slice(size as usize).map(Ok);
        }
        match read_with_size_hint(size, self.from.by_ref().take(size), limit) {
            Ok(bytes) if (bytes.len() as u64) < size => Err(ErrorKind::UnexpectedEof.into()),
            Err(ReadError::Unreadable(error)) => Err(error),
            content => Ok(content.map(SharedBytes::from)),
        }
    }

    /// Returns the size of the member's content, which is to be read next.
    fn begin(&mut self, header: &TarHeader, extended: Option<u64>, may_be_empty: bool) -> io::Result<u64> {
        let size = extended.or_else(|| header.size());
        let padded = size.and_then(|size| size.checked_next_multiple_of(BLOCK_BYTES as u64));
        let (size, padded) = size.zip(padded).ok_or_else(|| broken("invalid member size"))?;
        // Most writers state the size of the link's target for some of these. PAX allows a hard link to have content.
        let is_empty = may_be_empty && size > 0 && self.is_at_header();
        self.rest = if is_empty { 0 } else { padded };
        Ok(if is_empty { 0 } else { size })
    }

    /// Returns `true` if the next block is a header or the end of the archive.
    fn is_at_header(&mut self) -> bool {
        match self.from.peek(BLOCK_BYTES).first_chunk() {
            Some(block) => is_zero(block) || has_stated_sum(block),
            None => self.from.peek(1).is_empty(),
        }
    }

    /// Reads an extension header of `kind`.
    fn extend(&mut self, kind: EntryKind, size: u64) -> io::Result<()> {
        if kind != EntryKind::Global {
            self.extension.get_or_insert_default();
        }
        if kind == EntryKind::LongLink {
            return Ok(());
        }
        if size > MAX_EXTENSION_BYTES {
            return Err(self.note("a header about a member is longer than 1 MiB"));
        }
        let Ok(content) = self.content(size, MAX_EXTENSION_BYTES as usize)? else { return Ok(()) };
        let extension = match kind {
            EntryKind::Global => &mut self.global,
            _ => self.extension.get_or_insert_default(),
        };
        let extended = match kind {
            EntryKind::LongName => {
                name(until_nul(&content)).map(|name| extension.name = name.or(extension.name.take()))
            }
            _ => extension.read(&content),
        };
        extended.map_err(|why| self.note(why))
    }

    /// Creates an error after which the following members can be read.
    fn note(&mut self, why: &'static str) -> io::Error {
        self.goes_on = true;
        broken(why)
    }

    /// Skips the map of a sparse file. The header may hold only its first part.
    fn skip_map(&mut self, header: &TarHeader) -> io::Result<()> {
        let mut goes_on = header.has_more_map();
        while goes_on {
            let mut block = [0; BLOCK_BYTES];
            self.from.read_exact(&mut block)?;
            goes_on = block[504] != 0;
        }
        Ok(())
    }
}

impl Members for Tar {
    fn accounted(&self) -> u64 {
        self.from.position()
    }

    fn next(&mut self, choose: MemberFilter<'_>, limit: usize) -> io::Result<Option<Member>> {
        self.goes_on = false;
        while let Some(header) = self.header()? {
            let kind = header.kind();
            if kind.is_extension() {
                let size = self.begin(&header, None, false)?;
                self.extend(kind, size)?;
                continue;
            }
            let Extension { name, sparse_name, size, is_sparse } = self.extension.take().unwrap_or_default();
            let own_name = header.name();
            let name = sparse_name.or(name).or_else(|| self.global.name.clone()).unwrap_or(own_name);
            let is_folder = name.ends_with(b"/");
            let size = size.or(self.global.size);
            let size = self.begin(&header, size, is_folder || kind.is_without_content())?;
            match kind {
                EntryKind::Folder | EntryKind::FolderListing => continue,
                EntryKind::NameList => {
                    return Err(self.note("a list of names of GNU tar before 1990 is not read"));
                }
                EntryKind::File if is_folder && size == 0 => continue,
                EntryKind::File if name.is_empty() => return Err(self.note("a member has no name")),
                EntryKind::Sparse => self.skip_map(&header)?,
                _ => {}
            }
            let mut name =
                String::from_utf8(name).unwrap_or_else(|name| display_bytes(name.as_bytes()).into_owned());
            name.truncate(name.trim_end_matches('/').len());
            let refused = match choose(&name) {
                MemberAction::LeaveOut => continue,
                MemberAction::Refuse(why) => Some(why),
                MemberAction::Read => refused(kind, is_sparse),
            };
            let content = match refused {
                None => self.content(size, limit)?,
                Some(why) => Err(ReadError::Unreadable(io::Error::other(why))),
            };
            return Ok(Some(Member { name, content }));
        }
        Ok(None)
    }

    fn goes_on(&self) -> bool {
        self.goes_on
    }
}

impl Extension {
    /// Applies the PAX records in `content`. An empty value counts as absent.
    ///
    /// # Errors
    /// A record is malformed or has an invalid value.
    fn read(&mut self, content: &[u8]) -> Result<(), &'static str> {
        const MALFORMED: &str = "a PAX record is malformed";
        let mut result = Ok(());
        for record in Records::new(content) {
            let Ok((key, value)) = record else { return Err(MALFORMED) };
            let read = match key {
                b"path" => name(value).map(|name| self.name = name),
                b"GNU.sparse.name" => name(value).map(|name| self.sparse_name = name),
                b"size" if value.is_empty() => Ok(()),
                b"size" => decimal(value).map(|size| self.size = Some(size)).ok_or(MALFORMED),
                _ => Ok(()),
            };
            // Solaris writes a map of holes under this key.
            self.is_sparse |= key.starts_with(b"GNU.sparse.") || key == b"SUN.holesdata";
            result = result.and(read);
        }
        result
    }
}

/// The name in an extension header; `None` if it is empty.
fn name(bytes: &[u8]) -> Result<Option<Vec<u8>>, &'static str> {
    if bytes.len() > MAX_NAME_BYTES {
        return Err("a name is longer than 4,096 bytes");
    }
    // Readers disagree on whether the name ends at the NUL.
    if bytes.contains(&0) {
        return Err("a name holds NUL");
    }
    Ok((!bytes.is_empty()).then(|| bytes.to_owned()))
}

/// Reason for which a member of `kind` is not read; `None` if it is read.
fn refused(kind: EntryKind, is_sparse: bool) -> Option<&'static str> {
    match kind {
        EntryKind::Link => Some("a link inside an archive is not followed"),
        EntryKind::Device => Some("a device or pipe is not read"),
        // GNU tar lists it among the members.
        EntryKind::VolumeLabel => Some("a volume label is not a file"),
        EntryKind::Continuation => Some("the rest of a file from another volume is not read"),
        _ if is_sparse || kind == EntryKind::Sparse => Some("a sparse file is not read"),
        _ => None,
    }
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}
