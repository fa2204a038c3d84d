//! Tar archives: old, POSIX (PAX) and GNU ones.

use std::io::{self, ErrorKind, Read};

use tar::{EntryType, Header, PaxExtensions};

use super::blocks::{Blocks, LONGEST_CUT};
use super::magic::checksum;
use super::{Choice, Choose, Member, Members, Stream, read_about};
use crate::input::file::Failure;
use crate::input::held::Held;
use crate::input::shown_bytes;

/// A tar archive, up to the member under way.
pub struct Tar {
    from: Blocks,
    /// What was not yet read of the member under way, with what fills its last block.
    rest: u64,
}

/// What stands before a member's own header, and is about it.
#[derive(Default)]
struct Before {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    is_sparse: bool,
}

const BLOCK: usize = 512;
/// Names and other words about a member take no more bytes.
const MOST_BEFORE: u64 = 1 << 20;
/// So many zeros may follow an archive: tapes have long records.
const MOST_BEHIND: u64 = 16 << 20;

impl Tar {
    /// The archive that `from` begins with.
    pub fn of(from: Stream) -> Self {
        Tar { from: Blocks::of(from), rest: 0 }
    }

    /// The next header; none at the archive's end.
    fn header(&mut self) -> io::Result<Option<Header>> {
        self.from.skip(self.rest)?;
        self.rest = 0;
        let mut header = Header::new_old();
        self.from.read_exact(header.as_mut_bytes())?;
        if header.as_bytes().iter().all(|byte| *byte == 0) {
            self.end()?;
            return Ok(None);
        }
        // What the library says would quote the header.
        match header.cksum() {
            Ok(stated) if stated == checksum(header.as_bytes()) => Ok(Some(header)),
            _ => Err(broken("a header has another checksum than it states")),
        }
    }

    /// Reads to the end of what may be compressed, where its own check stands.
    fn end(&mut self) -> io::Result<()> {
        let mut block = [0; 8 * 1024];
        let mut behind = self.from.by_ref().take(MOST_BEHIND);
        loop {
            match behind.read(&mut block)? {
                0 => return Ok(()),
                read if block[..read].iter().all(|byte| *byte == 0) => {}
                _ => return Err(broken("more stands behind its end")),
            }
        }
    }

    /// The bytes of the member under way.
    fn content(&mut self, size: u64, limit: usize) -> io::Result<Result<Held, Failure>> {
        if size > limit as u64 {
            return Ok(Err(Failure::TooLarge));
        }
        self.rest -= size;
        if size <= LONGEST_CUT as u64 {
            return self.from.cut(size as usize).map(Ok);
        }
        match read_about(size, self.from.by_ref().take(size), limit) {
            Ok(bytes) if (bytes.len() as u64) < size => Err(ErrorKind::UnexpectedEof.into()),
            Err(Failure::Unreadable(error)) => Err(error),
            content => Ok(content.map(Held::from)),
        }
    }

    /// What a header that is about the next one says.
    fn before(&mut self, kind: EntryType, size: u64, before: &mut Before) -> io::Result<()> {
        if size > MOST_BEFORE {
            return Err(broken("a name or another word about a member is too long"));
        }
        let words = match self.content(size, MOST_BEFORE as usize)? {
            Ok(words) => words,
            Err(_) => return Ok(()),
        };
        if kind.is_gnu_longname() {
            before.name = words.split(|byte| *byte == 0).next().map(<[u8]>::to_vec);
        } else if kind.is_pax_local_extensions() {
            for word in PaxExtensions::new(&words) {
                let word = word?;
                match word.key_bytes() {
                    b"path" => before.name = Some(word.value_bytes().to_vec()),
                    b"size" => before.size = word.value().ok().and_then(|size| size.parse().ok()),
                    key => before.is_sparse |= key.starts_with(b"GNU.sparse."),
                }
            }
        }
        Ok(())
    }
}

impl Members for Tar {
    fn next(&mut self, choose: Choose<'_>, limit: usize) -> io::Result<Option<Member>> {
        let mut before = Before::default();
        while let Some(header) = self.header()? {
            let kind = header.entry_type();
            let is_about_the_next = kind.is_gnu_longname()
                || kind.is_gnu_longlink()
                || kind.is_pax_local_extensions()
                || kind.is_pax_global_extensions();
            let Before { name, size, is_sparse } =
                if is_about_the_next { Before::default() } else { std::mem::take(&mut before) };
            let size = size.or_else(|| header.entry_size().ok());
            let rest = size.and_then(|size| size.checked_next_multiple_of(BLOCK as u64));
            let (size, rest) = size.zip(rest).ok_or_else(|| broken("a size is absurd"))?;
            self.rest = rest;
            if is_about_the_next {
                self.before(kind, size, &mut before)?;
                continue;
            }
            if kind.is_gnu_sparse() {
                self.skip_map(&header)?;
            }
            let name = name.unwrap_or_else(|| header.path_bytes().into_owned());
            if kind.is_dir() || name.ends_with(b"/") {
                continue;
            }
            let name =
                String::from_utf8(name).unwrap_or_else(|name| shown_bytes(name.as_bytes()).into_owned());
            let refused = match choose(&name) {
                Choice::LeaveOut => continue,
                Choice::Refuse(why) => Some(why),
                Choice::Read => refused(kind, is_sparse),
            };
            let content = match refused {
                None => self.content(size, limit)?,
                Some(why) => Err(Failure::Unreadable(io::Error::other(why))),
            };
            return Ok(Some(Member { name, content }));
        }
        Ok(None)
    }
}

impl Tar {
    /// Skips the map of a sparse file, of which the header may hold only the first part.
    fn skip_map(&mut self, header: &Header) -> io::Result<()> {
        let mut goes_on = header.as_gnu().is_some_and(|header| header.is_extended());
        while goes_on {
            let mut block = [0; BLOCK];
            self.from.read_exact(&mut block)?;
            goes_on = block[504] == 1;
        }
        Ok(())
    }
}

/// Why such a member has no bytes of its own.
fn refused(kind: EntryType, is_sparse: bool) -> Option<&'static str> {
    match kind {
        EntryType::Regular | EntryType::Continuous if !is_sparse => None,
        EntryType::Link | EntryType::Symlink => Some("a link inside an archive is not followed"),
        EntryType::Char | EntryType::Block | EntryType::Fifo => Some("a device or pipe is not read"),
        _ => Some("a sparse file, or one of an unknown kind, is not read"),
    }
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}
