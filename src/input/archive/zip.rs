//! Zip archives: by their directory, or where they come through a pipe, member by member.

use std::fs::File;
use std::io::{self, BufReader};

use encoding_rs::EUC_KR;
use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};

use super::compressed::{bomb, is_bomb};
use super::{Choice, Choose, Member, Members, Stream, read_about};
use crate::input::file::Failure;
use crate::input::held::Held;
use crate::input::shown_bytes;

/// What is read behind a seek is read anew, so more would be read in vain.
const SEEKABLE_BUFFER: usize = 8 << 10;

/// A zip archive, up to the member under way.
pub enum Zip {
    /// A file.
    Directory(Directory),
    /// What comes through a pipe; or a file whose directory makes no sense, and why, which is told at its end.
    Stream(Stream, Option<io::Error>),
}

/// An archive whose members are found by the list at its end, in which the same bytes can stand for many of them.
pub struct Directory {
    archive: Box<ZipArchive<BufReader<File>>>,
    /// How many members are behind.
    number: usize,
    /// How many bytes they had, as far as they were read.
    yielded: u64,
    size: u64,
}

impl Zip {
    /// The archive in `file`, or, without one, in `stream`.
    pub fn of(stream: Stream, file: Option<File>) -> Self {
        match file.map(Directory::of) {
            Some(Ok(directory)) => Zip::Directory(directory),
            Some(Err(error)) => Zip::Stream(stream, Some(error)),
            None => Zip::Stream(stream, None),
        }
    }
}

impl Members for Zip {
    fn next(&mut self, choose: Choose<'_>, limit: usize) -> io::Result<Option<Member>> {
        loop {
            let member = match self {
                Zip::Directory(directory) if directory.number == directory.archive.len() => return Ok(None),
                Zip::Directory(directory) => directory.next(choose, limit)?,
                Zip::Stream(stream, broken) => match read_zipfile_from_stream(stream)? {
                    None => return broken.take().map_or(Ok(None), Err),
                    Some(member) => read(member, choose, limit),
                },
            };
            if member.is_some() {
                return Ok(member);
            }
        }
    }
}

impl Directory {
    fn of(file: File) -> io::Result<Self> {
        let size = file.metadata()?.len();
        let archive = ZipArchive::new(BufReader::with_capacity(SEEKABLE_BUFFER, file))?;
        Ok(Directory { archive: Box::new(archive), number: 0, yielded: 0, size })
    }

    /// The next member, unless it is left out.
    fn next(&mut self, choose: Choose<'_>, limit: usize) -> io::Result<Option<Member>> {
        let number = self.number;
        self.number += 1;
        let member = self.archive.by_index(number).map(|file| {
            let is_read = file.size() <= limit as u64;
            (read(file, choose, limit), is_read)
        });
        match member {
            // Where one is broken, the others may be sound.
            Err(error) => Ok(refused(&mut self.archive, number, choose, error.into())),
            Ok((member, is_read)) => {
                self.yielded += match &member {
                    Some(Member { content: Ok(bytes), .. }) => bytes.len() as u64,
                    Some(Member { content: Err(Failure::TooLarge), .. }) if is_read => limit as u64,
                    _ => 0,
                };
                if is_bomb(self.yielded, self.size) { Err(bomb()) } else { Ok(member) }
            }
        }
    }
}

/// The member, unless it is left out.
fn read<R: io::Read>(file: ZipFile<'_, R>, choose: Choose<'_>, limit: usize) -> Option<Member> {
    let name = name_of(file.name_raw());
    if file.is_dir() {
        return None;
    }
    let content = match choose(&name) {
        Choice::LeaveOut => return None,
        Choice::Refuse(why) => Err(Failure::Unreadable(io::Error::other(why))),
        Choice::Read if file.is_symlink() => {
            Err(Failure::Unreadable(io::Error::other("a link inside an archive is not followed")))
        }
        Choice::Read if file.size() > limit as u64 => Err(Failure::TooLarge),
        Choice::Read => read_about(file.size(), file, limit).map(Held::from),
    };
    Some(Member { name, content })
}

/// The member that cannot be read, unless it is left out.
fn refused(
    archive: &mut ZipArchive<BufReader<File>>,
    number: usize,
    choose: Choose<'_>,
    error: io::Error,
) -> Option<Member> {
    let raw = archive.by_index_raw(number).ok();
    let name = raw.map_or_else(|| format!("member {}", number + 1), |file| name_of(file.name_raw()));
    let is_left_out = matches!(choose(&name), Choice::LeaveOut) && !name.starts_with("member ");
    (!is_left_out).then_some(Member { name, content: Err(Failure::Unreadable(error)) })
}

/// UTF-8, or the encoding of Korean Windows (CP949), which no flag names.
fn name_of(bytes: &[u8]) -> String {
    if let Ok(name) = str::from_utf8(bytes) {
        return name.to_owned();
    }
    let korean = EUC_KR.decode_without_bom_handling_and_without_replacement(bytes);
    korean.unwrap_or_else(|| shown_bytes(bytes)).into_owned()
}
