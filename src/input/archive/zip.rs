//! Zip archives: by their directory, or where they come through a pipe, member by member.

use std::fs::File;
use std::io::{self, BufReader};

use encoding_rs::EUC_KR;
use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};

use super::{Choice, Member, Members, Stream, read_about};
use crate::input::file::Failure;
use crate::input::shown_bytes;

/// What is read behind a seek is read anew, so more would be read in vain.
const SEEKABLE_BUFFER: usize = 8 << 10;

/// A zip archive, up to the member under way.
pub enum Zip {
    /// A file, and how many of its members are behind.
    Directory(Box<ZipArchive<BufReader<File>>>, usize),
    /// What comes through a pipe; or a file whose directory makes no sense, and why, which is told at its end.
    Stream(Stream, Option<io::Error>),
}

impl Zip {
    /// The archive in `file`, or, without one, in `stream`.
    pub fn of(stream: Stream, file: Option<File>) -> Self {
        let archive = file.map(|file| ZipArchive::new(BufReader::with_capacity(SEEKABLE_BUFFER, file)));
        match archive {
            Some(Ok(archive)) => Zip::Directory(Box::new(archive), 0),
            Some(Err(error)) => Zip::Stream(stream, Some(error.into())),
            None => Zip::Stream(stream, None),
        }
    }
}

impl Members for Zip {
    fn next(&mut self, choose: &dyn Fn(&str) -> Choice, limit: usize) -> io::Result<Option<Member>> {
        loop {
            let member = match self {
                Zip::Directory(archive, number) => {
                    if *number == archive.len() {
                        return Ok(None);
                    }
                    *number += 1;
                    let member = archive.by_index(*number - 1).map(|member| read(member, choose, limit));
                    // Where one is broken, the others may be sound.
                    member.unwrap_or_else(|error| refused(archive, *number - 1, choose, error.into()))
                }
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

/// The member, unless it is left out.
fn read<R: io::Read>(file: ZipFile<'_, R>, choose: &dyn Fn(&str) -> Choice, limit: usize) -> Option<Member> {
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
        Choice::Read => read_about(file.size(), file, limit),
    };
    Some(Member { name, content })
}

/// The member that cannot be read, unless it is left out.
fn refused(
    archive: &mut ZipArchive<BufReader<File>>,
    number: usize,
    choose: &dyn Fn(&str) -> Choice,
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
