//! Zip archives in a stream: the members in their order, then the directory, which is compared with them.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, ErrorKind, Read};
use std::mem;

use crate::input::archive::block_reader::BlockReader;
use crate::input::archive::bomb_guard::{bomb, is_bomb};
use crate::input::archive::member::{Member, MemberAction, MemberFilter};
use crate::input::archive::stream::Stream;
use crate::input::archive::zip::complaints::{Complaints, is_mere_folder, refusal, refused};
use crate::input::archive::zip::content::{DEFLATED, Unpacker};
use crate::input::archive::zip::name;
use crate::input::archive::zip::record;
use crate::input::archive::zip::record::{
    CENTRAL, DESCRIPTOR, END, END_BYTES, END64, END64_BYTES, End, LOCAL, LOCATOR, LOCATOR_BYTES,
    MAX_DESCRIPTOR_BYTES, SIGNATURE, UNSPLIT, ZipEntry, broken,
};
use crate::input::shared_bytes::SharedBytes;
use crate::input::source::ReadError;

const UNKNOWN_SIZE: &str = "its size is not known before its end; read the archive as a file";

/// A zip archive that is being read from a stream.
pub struct MemberStream {
    from: BlockReader,
    phase: Phase,
    /// The members read, in the order of their offsets.
    met: Vec<StreamedMember>,
    /// Offset of the directory; `None` until it is reached.
    directory: Option<u64>,
    /// Number of entries of the directory read.
    listed: u64,
    /// The 64-bit end record.
    wide: Option<End>,
    /// Error that ends the archive after the last member.
    lost: Option<io::Error>,
    /// Total size of the contents read so far.
    yielded: u64,
    complaints: Complaints,
    unpacker: Unpacker,
    buffer: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Members,
    Directory,
    Trailer,
}

/// Summary of a member that was read. It is kept small, since there may be millions.
struct StreamedMember {
    offset: u64,
    /// See [`digest`].
    digest: u32,
    /// `true` once the directory has named the member.
    is_listed: bool,
    /// `true` if the member gave a finding.
    is_reported: bool,
}

impl MemberStream {
    /// Creates a reader of the archive at the start of `from`.
    pub fn new(from: Stream) -> Self {
        MemberStream {
            from: BlockReader::new(from),
            phase: Phase::Members,
            met: Vec::new(),
            directory: None,
            listed: 0,
            wide: None,
            lost: None,
            yielded: 0,
            complaints: Complaints::default(),
            unpacker: Unpacker::default(),
            buffer: Vec::new(),
        }
    }

    /// Number of bytes read. Each belongs to a member, the structure or padding.
    pub fn accounted(&self) -> u64 {
        self.from.position()
    }

    /// See [`Members::next`](crate::input::archive::zip::Members::next).
    pub fn next(&mut self, choose: MemberFilter<'_>, limit: usize) -> io::Result<Option<Member>> {
        loop {
            if let Some(lost) = self.lost.take() {
                return Err(lost);
            }
            if self.phase == Phase::Trailer {
                self.trailer()?;
                return self.complaints.end();
            }
            let at = self.from.position();
            let signature = *self.from.peek_exact(4)?.first_chunk::<4>().expect("there are four bytes");
            let member = match signature {
                LOCAL if self.phase == Phase::Members => self.member(choose, limit)?,
                CENTRAL => {
                    self.begin_directory(at);
                    let entry = ZipEntry::read_central(&mut self.from, &mut self.buffer)?;
                    self.listed += 1;
                    self.compare(entry, choose)
                }
                END | END64 | LOCATOR | SIGNATURE => {
                    self.begin_directory(at);
                    self.end_record(signature)?;
                    None
                }
                DESCRIPTOR | UNSPLIT if at == 0 => {
                    self.from.skip(4)?;
                    None
                }
                [0, ..] if self.phase == Phase::Members => {
                    self.skip_zeros()?;
                    None
                }
                _ => return Err(broken(format!("no header is at byte {at}"))),
            };
            if member.is_some() {
                return Ok(member);
            }
        }
    }

    fn begin_directory(&mut self, at: u64) {
        self.phase = Phase::Directory;
        self.directory.get_or_insert(at);
    }

    /// Reads the next member; `None` if it is left out.
    fn member(&mut self, choose: MemberFilter<'_>, limit: usize) -> io::Result<Option<Member>> {
        let offset = self.from.position();
        let mut entry = ZipEntry::read_local(&mut self.from, &mut self.buffer)?;
        let choice = choice(&mut entry, choose);
        let refused_as = match choice {
            MemberAction::LeaveOut => Some(""),
            ref choice => refusal(choice, &entry),
        };
        let content = match refused_as {
            _ if entry.has_descriptor() => self.content_before_descriptor(&mut entry, refused_as, limit),
            Some(why) => {
                self.skip_later(entry.packed);
                Err(why.into())
            }
            None if entry.size > limit as u64 => {
                self.skip_later(entry.packed);
                Err(ReadError::TooLarge)
            }
            None => {
                let mut packed = self.from.by_ref().take(entry.packed);
                let content = self.unpacker.unpack(&entry, &mut packed, limit);
                let rest = packed.limit();
                self.yielded += if content.is_ok() { entry.size } else { limit as u64 };
                self.skip_later(rest);
                content
            }
        };
        if is_bomb(self.yielded, self.from.position()) {
            self.lost = Some(bomb());
        }
        let is_left_out = matches!(choice, MemberAction::LeaveOut);
        let is_reported = !is_left_out && content.is_err();
        self.met.push(StreamedMember { offset, digest: digest(&entry), is_listed: false, is_reported });
        Ok((!is_left_out).then(|| match content {
            Ok(bytes) => Member { name: entry.name, content: Ok(SharedBytes::from(bytes)) },
            Err(why) => refused(entry.name, why),
        }))
    }

    /// Skips the rest of a member that is reported first. An error is kept for the next call.
    fn skip_later(&mut self, bytes: u64) {
        self.lost = self.from.skip(bytes).err();
    }

    /// Reads the content of a member whose size and checksum follow it, and stores these in `entry`.
    fn content_before_descriptor(
        &mut self,
        entry: &mut ZipEntry,
        refused_as: Option<&'static str>,
        limit: usize,
    ) -> Result<Vec<u8>, ReadError> {
        const ENCRYPTED: u16 = 1;
        if entry.method == DEFLATED && entry.flags & ENCRYPTED == 0 {
            return self.inflate(entry, refused_as, limit);
        }
        // Content of zero bytes, or of the size that some writers state in the header all the same.
        let follows = self.from.peek(MAX_DESCRIPTOR_BYTES);
        if record::descriptor_length(follows, 0, 0, 0).is_some() {
            (entry.crc, entry.packed, entry.size) = (0, 0, 0);
        } else if entry.packed == 0 {
            self.lost = Some(broken(UNKNOWN_SIZE));
            return Err(refused_as.filter(|why| !why.is_empty()).unwrap_or(UNKNOWN_SIZE).into());
        }
        let is_empty = entry.packed == 0;
        if let Err(error) = self.from.skip(entry.packed).and_then(|()| self.pass_descriptor(entry)) {
            self.lost = Some(error);
        }
        match refused_as {
            None if is_empty => Ok(Vec::new()),
            why => Err(why.unwrap_or(UNKNOWN_SIZE).into()),
        }
    }

    fn inflate(
        &mut self,
        entry: &mut ZipEntry,
        refused_as: Option<&'static str>,
        limit: usize,
    ) -> Result<Vec<u8>, ReadError> {
        let kept = if refused_as.is_some() { 0 } else { limit };
        let before = (self.yielded, self.from.position());
        let is_too_much = |size, packed| is_bomb(before.0 + size, before.1 + packed);
        let (content, packed) = match self.unpacker.unpack_unknown(&mut self.from, kept, is_too_much) {
            Ok(unpacked) => unpacked,
            Err(error) => {
                self.lost = Some(match error.kind() {
                    ErrorKind::UnexpectedEof => ErrorKind::UnexpectedEof.into(),
                    _ => broken("where that member ends is not known"),
                });
                return Err(error.into());
            }
        };
        self.yielded += content.size;
        (entry.crc, entry.packed, entry.size) = (content.crc(), packed, content.size);
        match self.pass_descriptor(entry) {
            Ok(true) => {}
            Ok(false) if refused_as.is_none() => {
                return Err(broken("its content has another size or checksum than is stated").into());
            }
            Ok(false) => {}
            Err(error) => self.lost = Some(error),
        }
        match refused_as {
            Some(why) => Err(why.into()),
            None => content.into_bytes(),
        }
    }

    /// Skips the data descriptor after a member's content; returns `true` if it states the values of `entry`.
    fn pass_descriptor(&mut self, entry: &ZipEntry) -> io::Result<bool> {
        const MAX_BYTES: usize = MAX_DESCRIPTOR_BYTES + 4;
        let bytes = self.from.peek(MAX_BYTES);
        if let Some(length) = record::descriptor_length(bytes, entry.crc, entry.packed, entry.size) {
            return self.from.skip(length as u64).map(|()| true);
        }
        // It states other values: its end is where a header begins.
        let is_header = |length: &usize| {
            bytes.get(*length..length + 4).is_some_and(|next| next == LOCAL || next == CENTRAL)
        };
        match [16, 24, 12, 20].into_iter().find(is_header) {
            Some(length) => self.from.skip(length as u64).map(|()| false),
            None => Err(broken("a member's size and checksum do not follow it")),
        }
    }

    /// Compares an entry of the directory with the member that was read; returns a finding if they differ.
    fn compare(&mut self, mut entry: ZipEntry, choose: MemberFilter<'_>) -> Option<Member> {
        let next = self.listed as usize - 1;
        let is_next = self.met.get(next).is_some_and(|met| is_at(met, &entry));
        let found = match is_next {
            true => Some(next),
            false => self.met.binary_search_by_key(&entry.offset, |met| met.offset).ok(),
        };
        let was_listed = found.is_some_and(|found| mem::replace(&mut self.met[found].is_listed, true));
        let why = match found.map(|found| &self.met[found]) {
            _ if entry.is_elsewhere() => "it is in another part of a split archive",
            None => "it is not where the directory says",
            Some(_) if was_listed => "it shares bytes with another member",
            Some(met) if met.is_reported => return None,
            Some(met) if met.digest != digest(&entry) => {
                "its own header has another name, size or checksum than the directory"
            }
            Some(_) => entry.refusal().filter(|_| !entry.is_folder())?,
        };
        let is_left_out =
            is_mere_folder(&entry) || matches!(choice(&mut entry, choose), MemberAction::LeaveOut);
        (!is_left_out).then(|| refused(entry.name, why))
    }

    /// Reads one of the records that end the directory.
    fn end_record(&mut self, signature: [u8; 4]) -> io::Result<()> {
        let directory = self.directory.unwrap_or_default();
        let size = self.from.position() - directory;
        match signature {
            SIGNATURE => {
                let length = self.from.peek_exact(6)?[4..]
                    .iter()
                    .rev()
                    .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
                self.from.skip(6 + length)
            }
            LOCATOR => self.from.skip(LOCATOR_BYTES as u64),
            END64 => {
                let record =
                    self.from.peek_exact(END64_BYTES)?.first_chunk().expect("there are as many bytes");
                let (end, length) = End::parse_wide(record);
                self.check(end, size);
                self.wide = Some(end);
                self.from.skip(length)
            }
            _ => {
                let record = self.from.peek_exact(END_BYTES)?.first_chunk().expect("there are as many bytes");
                let (end, comment) = End::parse(record);
                if self.wide.is_none() {
                    self.check(end, size);
                }
                self.phase = Phase::Trailer;
                if record::holds_end(&self.from.peek_exact(END_BYTES + comment)?[END_BYTES..]) {
                    self.complaints.add(record::END_IN_COMMENT.to_owned());
                }
                self.from.skip((END_BYTES + comment) as u64)
            }
        }
    }

    /// Compares the values stated by an end record with those read.
    fn check(&mut self, end: End, size: u64) {
        if end.disk != 0 {
            self.complaints.add("it is one part of a split archive".to_owned());
        } else if !end.states(self.listed, size, self.directory.unwrap_or_default()) {
            self.complaints.add(format!(
                "its directory names {} members in {size} bytes, and its end says {} in {}",
                self.listed, end.count, end.size
            ));
        }
        let mut unlisted = self.met.iter().filter(|met| !met.is_listed);
        if let Some(first) = unlisted.next() {
            let count = 1 + unlisted.count();
            self.complaints.add(format!(
                "its directory does not name {count} of its members, the first at byte {}",
                first.offset
            ));
        }
    }

    /// Reads to the end of the stream. Only zeros may follow the archive.
    fn trailer(&mut self) -> io::Result<()> {
        self.skip_zeros()?;
        if !self.from.fill_buf()?.is_empty() {
            self.complaints.add(format!("more follows its end, from byte {}", self.from.position()));
        }
        Ok(())
    }

    fn skip_zeros(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.from.fill_buf()?;
            let zeros = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
            let is_over = zeros < bytes.len() || bytes.is_empty();
            self.from.consume(zeros);
            if is_over {
                return Ok(());
            }
        }
    }
}

/// Decides about a member. Its header may not state whether `\` separates folders, as on Windows. The name is then
/// changed as if it did, and a member that only one of the two names includes is refused.
fn choice(entry: &mut ZipEntry, choose: MemberFilter<'_>) -> MemberAction {
    if is_mere_folder(entry) && !entry.has_descriptor() {
        return MemberAction::LeaveOut;
    }
    let plain = choose(&entry.name);
    let Cow::Owned(name) = name::with_folders(&entry.name) else { return plain };
    entry.name = name;
    match (choose(&entry.name), plain) {
        (MemberAction::LeaveOut, MemberAction::LeaveOut) => MemberAction::LeaveOut,
        (MemberAction::LeaveOut, _) | (_, MemberAction::LeaveOut) => MemberAction::Refuse(
            r"whether `\` separates folders in its name is not known; read the archive as a file",
        ),
        (choice, _) => choice,
    }
}

/// Hash of a member's name, size and checksum.
fn digest(entry: &ZipEntry) -> u32 {
    let mut hasher = DefaultHasher::new();
    name::with_folders(&entry.name).hash(&mut hasher);
    (entry.crc, entry.packed, entry.size).hash(&mut hasher);
    hasher.finish() as u32
}

/// Returns `true` if the offsets of both are equal; of an offset beyond 4 GiB, an entry may hold only the lower half.
fn is_at(met: &StreamedMember, entry: &ZipEntry) -> bool {
    met.offset == entry.offset || entry.offset <= u32::MAX.into() && met.offset as u32 == entry.offset as u32
}
