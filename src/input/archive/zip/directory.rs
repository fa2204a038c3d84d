//! Zip archives in a file: the directory at the end locates the members.

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use crate::input::archive::bomb_guard::{bomb, is_bomb};
use crate::input::archive::member::{Member, MemberAction, MemberFilter};
use crate::input::archive::zip::complaints::{Complaints, is_mere_folder, refusal, refused};
use crate::input::archive::zip::content::Unpacker;
use crate::input::archive::zip::coverage::Coverage;
use crate::input::archive::zip::name;
use crate::input::archive::zip::record;
use crate::input::archive::zip::record::{
    CENTRAL, DESCRIPTOR, END, END_BYTES, END64, END64_BYTES, End, LOCAL, LOCATOR, LOCATOR_BYTES,
    MAX_DESCRIPTOR_BYTES, SIGNATURE, UNSPLIT, ZipEntry, broken,
};
use crate::input::archive::zip::window::Window;
use crate::input::shared_bytes::SharedBytes;
use crate::input::source::ReadError;
use crate::text::escape::quote;

const MAX_COMMENT_BYTES: usize = u16::MAX as usize;
const UNLISTED: &str = "the archive's directory does not name it";

/// An archive, read up to some entry of its directory.
pub struct Directory {
    /// Reads the directory.
    list: Window,
    /// Reads the members.
    data: Window,
    /// Byte range of the directory.
    range: Range<u64>,
    stated: End,
    /// See [`record::holds_end`].
    has_end_in_comment: bool,
    /// Number of entries read.
    listed: u64,
    /// Ranges that belong to members.
    covered: Coverage,
    /// Number of bytes between them that are structure or zeros.
    padding: u64,
    /// The size of the file.
    size: u64,
    /// End of the uncovered ranges inspected so far; `None` until the directory is read.
    looked_at: Option<u64>,
    /// Total size of the contents read so far.
    yielded: u64,
    complaints: Complaints,
    unpacker: Unpacker,
    buffer: Vec<u8>,
}

impl Directory {
    /// Opens the archive in `file`; `None` if the file does not end with an end record and its comment, right after the
    /// directory that the record states.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn find(file: File) -> io::Result<Option<Self>> {
        let size = file.metadata()?.len();
        let Some((range, stated, has_end_in_comment)) = find_end(&file, size)? else { return Ok(None) };
        let file = Arc::new(file);
        let mut list = Window::new(&file);
        list.seek(range.start);
        Ok(Some(Directory {
            list,
            data: Window::new(&file),
            range,
            stated,
            has_end_in_comment,
            listed: 0,
            covered: Coverage::default(),
            padding: 0,
            size,
            looked_at: None,
            yielded: 0,
            complaints: Complaints::default(),
            unpacker: Unpacker::default(),
            buffer: Vec::new(),
        }))
    }

    /// Number of bytes that are members, structure or padding.
    pub fn accounted(&self) -> u64 {
        self.covered.bytes() + self.padding + (self.size - self.range.start)
    }

    /// See [`Members::next`](crate::input::archive::zip::Members::next).
    pub fn next(&mut self, choose: MemberFilter<'_>, limit: usize) -> io::Result<Option<Member>> {
        loop {
            let member = if self.list.position() < self.range.end {
                match self.entry()? {
                    Some(entry) => self.member(entry, choose, limit)?,
                    None => None,
                }
            } else {
                let looked_at = match self.looked_at {
                    Some(looked_at) => looked_at,
                    None => {
                        self.check_end();
                        0
                    }
                };
                match self.covered.gap(looked_at, self.range.start) {
                    Some(gap) => self.unlisted(gap, choose)?,
                    None => {
                        self.looked_at = Some(self.range.start);
                        return self.complaints.end();
                    }
                }
            };
            if member.is_some() {
                return Ok(member);
            }
        }
    }

    /// Reads the next entry; `None` for a signature.
    fn entry(&mut self) -> io::Result<Option<ZipEntry>> {
        let entry = match self.list.peek(SIGNATURE.len() + 2)? {
            [b'P', b'K', 5, 5, low, high] => {
                let length = usize::from(u16::from_le_bytes([*low, *high]));
                self.list.seek(self.list.position() + (SIGNATURE.len() + 2 + length) as u64);
                None
            }
            bytes if !bytes.starts_with(&CENTRAL) => {
                return Err(broken(format!("no entry of its directory is at byte {}", self.list.position())));
            }
            _ => {
                self.listed += 1;
                Some(ZipEntry::read_central(&mut self.list, &mut self.buffer)?)
            }
        };
        if self.list.position() > self.range.end {
            Err(broken("its directory goes beyond its end"))
        } else {
            Ok(entry)
        }
    }

    fn check_end(&mut self) {
        if self.has_end_in_comment {
            self.complaints.add(record::END_IN_COMMENT.to_owned());
        }
        let Range { start, end } = self.range;
        if !self.stated.states(self.listed, end - start, start) {
            let stated = self.stated.count;
            self.complaints
                .add(format!("its directory names {} members, and its end says {stated}", self.listed));
        }
    }

    /// Reads the member of `entry`; `None` if it is left out.
    fn member(
        &mut self,
        mut entry: ZipEntry,
        choose: MemberFilter<'_>,
        limit: usize,
    ) -> io::Result<Option<Member>> {
        // A directory without 64-bit numbers has only the lower half of an offset beyond 4 GiB.
        let next = self.data.position();
        if entry.offset <= u32::MAX.into() && next > u32::MAX.into() && next as u32 == entry.offset as u32 {
            entry.offset = next;
        }
        let located = self.locate(&entry);
        let choice = if is_mere_folder(&entry) { MemberAction::LeaveOut } else { choose(&entry.name) };
        let local = match located {
            Ok(local) => local,
            Err(ReadError::Unreadable(error)) if error.raw_os_error().is_some() => return Err(error),
            Err(_) if matches!(choice, MemberAction::LeaveOut) => return Ok(None),
            Err(why) => return Ok(Some(refused(entry.name, why))),
        };
        let end = self.data.position() + entry.packed;
        let content = match (&choice, difference(&entry, &local)) {
            (MemberAction::LeaveOut, Some(why)) if !matches!(choose(&local.name), MemberAction::LeaveOut) => {
                Some(Err(broken(why).into()))
            }
            (MemberAction::LeaveOut, _) => None,
            (_, Some(why)) => Some(Err(broken(why).into())),
            (choice, None) => match refusal(choice, &entry) {
                Some(why) => Some(Err(why.into())),
                None if entry.size > limit as u64 => Some(Err(ReadError::TooLarge)),
                None => {
                    let content =
                        self.unpacker.unpack(&entry, &mut self.data.by_ref().take(entry.packed), limit);
                    self.yielded += match &content {
                        Ok(bytes) => bytes.len() as u64,
                        Err(ReadError::TooLarge) => limit as u64,
                        Err(_) => 0,
                    };
                    Some(content)
                }
            },
        };
        self.data.seek(end);
        if entry.has_descriptor() {
            self.pass_descriptor(&entry)?;
        }
        if is_bomb(self.yielded, self.size) {
            return Err(bomb());
        }
        Ok(content.map(|content| match content {
            Ok(bytes) => Member { name: entry.name, content: Ok(SharedBytes::from(bytes)) },
            Err(why) => refused(entry.name, why),
        }))
    }

    /// Reads the member's own header, up to its content, and checks that no other member shares its bytes.
    fn locate(&mut self, entry: &ZipEntry) -> Result<ZipEntry, ReadError> {
        if entry.is_elsewhere() {
            return Err("it is in another part of a split archive".into());
        }
        if entry.offset >= self.range.start {
            return Err("it is not where the directory says".into());
        }
        self.data.seek(entry.offset);
        if self.data.peek(LOCAL.len())? != LOCAL {
            return Err("it is not where the directory says".into());
        }
        let local = ZipEntry::read_local(&mut self.data, &mut self.buffer)?;
        let end = self.data.position().checked_add(entry.packed).filter(|end| *end <= self.range.start);
        let Some(end) = end else { return Err("it reaches into the directory".into()) };
        if !self.covered.add(entry.offset..end) {
            return Err("it shares bytes with another member".into());
        }
        Ok(local)
    }

    /// Skips the data descriptor after the member's content.
    fn pass_descriptor(&mut self, entry: &ZipEntry) -> io::Result<()> {
        let start = self.data.position();
        let bytes = self.data.peek(MAX_DESCRIPTOR_BYTES)?;
        if let Some(length) = record::descriptor_length(bytes, entry.crc, entry.packed, entry.size) {
            let end = start + length as u64;
            if end <= self.range.start && self.covered.add(start..end) {
                self.data.seek(end);
            }
        }
        Ok(())
    }

    /// Inspects the start of a range that no entry of the directory covers; returns the member found there, unless it
    /// is left out.
    fn unlisted(&mut self, gap: Range<u64>, choose: MemberFilter<'_>) -> io::Result<Option<Member>> {
        self.data.seek(gap.start);
        let marker =
            [UNSPLIT, DESCRIPTOR].iter().any(|marker| self.data.peek(4).is_ok_and(|bytes| bytes == marker));
        if gap.start == 0 && gap.end >= 4 && marker {
            self.looked_at = Some(4);
            self.padding += 4;
            return Ok(None);
        }
        self.skip_zeros(gap.end)?;
        let start = self.data.position().min(gap.end);
        self.padding += start - gap.start;
        self.looked_at = Some(gap.end);
        if start == gap.end {
            return Ok(None);
        }
        if self.data.peek(LOCAL.len())? == LOCAL
            && let Ok(local) = ZipEntry::read_local(&mut self.data, &mut self.buffer)
            && self.data.position() <= gap.end
        {
            let end = self.data.position().saturating_add(local.packed).min(gap.end);
            self.data.seek(end);
            let descriptor = match local.has_descriptor() {
                true => self.data.peek(MAX_DESCRIPTOR_BYTES)?,
                false => &[],
            };
            let length =
                record::descriptor_length(descriptor, local.crc, local.packed, local.size).unwrap_or(0);
            self.looked_at = Some((end + length as u64).min(gap.end));
            let is_left_out = is_mere_folder(&local) || matches!(choose(&local.name), MemberAction::LeaveOut);
            return Ok((!is_left_out).then(|| refused(local.name, UNLISTED)));
        }
        self.complaints.add(format!("{} bytes at byte {start} belong to no member", gap.end - start));
        Ok(None)
    }

    fn skip_zeros(&mut self, end: u64) -> io::Result<()> {
        while self.data.position() < end {
            let bytes = self.data.fill_buf()?;
            let zeros = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
            let is_over = zeros < bytes.len() || zeros == 0;
            self.data.consume(zeros);
            if is_over {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Describes the difference between the directory's entry and the member's own header; `None` if they agree.
fn difference(entry: &ZipEntry, local: &ZipEntry) -> Option<String> {
    let is_called_the_same = entry.name == local.name || entry.name == name::with_folders(&local.name);
    let states = |entry: &ZipEntry| (entry.crc, entry.packed, entry.size);
    if !is_called_the_same {
        let name = name::truncate(local.name.clone());
        return Some(format!("its own header has another name than the directory: {}", quote(&name)));
    }
    let differs = match () {
        () if entry.method != local.method => "compression method",
        () if !local.has_descriptor() && states(entry) != states(local) => "size or checksum",
        () => return None,
    };
    Some(format!("its own header has another {differs} than the directory"))
}

/// Finds the directory and the values stated by its end record.
fn find_end(file: &File, size: u64) -> io::Result<Option<(Range<u64>, End, bool)>> {
    let tail_bytes = size.min((END_BYTES + MAX_COMMENT_BYTES) as u64);
    let tail_start = size - tail_bytes;
    let mut tail = vec![0; tail_bytes as usize];
    file.read_exact_at(&mut tail, tail_start)?;
    for at in (0..tail.len().saturating_sub(END_BYTES - 1)).rev() {
        let Some((record, comment)) = tail[at..].split_first_chunk::<END_BYTES>() else { continue };
        if !record.starts_with(&END) {
            continue;
        }
        let (end, comment_bytes) = End::parse(record);
        if comment.len() == comment_bytes
            && let Some((range, end)) = find_directory(file, tail_start + at as u64, end)?
        {
            return Ok(Some((range, end, record::holds_end(comment))));
        }
    }
    Ok(None)
}

/// Finds the directory that ends right before the end record at `offset`.
fn find_directory(file: &File, offset: u64, end: End) -> io::Result<Option<(Range<u64>, End)>> {
    let (end, offset) = match find_wide_end(file, offset)? {
        Some(wide) => wide,
        None => (end, offset),
    };
    if end.disk != 0 {
        return Ok(None);
    }
    let Some(mut start) = offset.checked_sub(end.size) else { return Ok(None) };
    // The stated size of a directory beyond 4 GiB wraps too.
    while !end.is_wide && start != end.offset && start > u32::MAX.into() && start as u32 != end.offset as u32
    {
        start -= 1 << 32;
    }
    let is_stated = end.states(end.count, offset - start, start);
    let mut signature = [0; 4];
    let is_there =
        start == offset || file.read_exact_at(&mut signature, start).is_ok() && signature == CENTRAL;
    Ok((is_stated && is_there).then_some((start..offset, end)))
}

/// Finds the 64-bit end record and its offset before the end record at `offset`.
fn find_wide_end(file: &File, offset: u64) -> io::Result<Option<(End, u64)>> {
    let Some(locator_offset) = offset.checked_sub(LOCATOR_BYTES as u64) else { return Ok(None) };
    let mut locator = [0; LOCATOR_BYTES];
    file.read_exact_at(&mut locator, locator_offset)?;
    let (signature, rest) = locator.split_at(8);
    if !signature.starts_with(&LOCATOR) {
        return Ok(None);
    }
    let Some(wide_offset) = rest.first_chunk().map(|bytes| u64::from_le_bytes(*bytes)) else {
        return Ok(None);
    };
    let mut record = [0; END64_BYTES];
    if file.read_exact_at(&mut record, wide_offset).is_err() || !record.starts_with(&END64) {
        return Ok(None);
    }
    let (end, bytes) = End::parse_wide(&record);
    Ok((wide_offset.checked_add(bytes) == Some(locator_offset)).then_some((end, wide_offset)))
}
