//! Archives and compressed files from bytes: they end, keep to the limit, meet no bug of ours, and lose nothing.
//!
//! Where no finding says otherwise, the bytes of members, structure and padding are those of the container, and a file
//! holds what the same bytes hold on a pipe.

use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::{env, process, thread};

use news_ingest::input::Source;
use news_ingest::input::archive;
use news_ingest::input::archive::{Opened, Reopen, Stream};
use news_ingest::input::selection::Selection;

const LIMIT: usize = 64 << 10;

/// Opens `bytes` as an archive, on a pipe and as a file.
pub fn run(bytes: &[u8]) {
    let piped = read(bytes, Box::new(Cursor::new(bytes.to_vec())), None);
    let Some(piped) = piped else { return };
    let path = env::temp_dir().join(format!("fuzz-{}-{:?}", process::id(), thread::current().id()));
    fs::write(&path, bytes).expect("the bytes can be written");
    let filed = File::open(&path).map(|file| read(bytes, Box::new(file), Some(&path)));
    fs::remove_file(&path).expect("what was written can be removed");
    let filed = filed.expect("the file can be read").expect("a file is an archive if a pipe is one");
    if let (Some(piped), Some(filed)) = (piped, filed) {
        assert_eq!(piped, filed, "the members on a pipe, and those of the file");
    }
}

/// Members by name and content, in the order of their names.
type Members = Vec<(String, Vec<u8>)>;

/// The members of an archive, unless there is a finding; nothing if the bytes are no archive.
fn read(bytes: &[u8], stream: Stream, path: Option<&Path>) -> Option<Option<Members>> {
    let selection = Selection::new(vec!["*".to_owned()], Vec::new()).expect("the glob makes sense");
    let file = || File::open(path.expect("only a file is opened again"));
    let reopen: Option<Reopen<'_>> = path.map(|_| &file as _);
    match archive::open(stream, reopen, "a".to_owned(), PathBuf::new(), LIMIT) {
        Ok(Opened::Archive(mut archive)) => {
            let mut sources = 0;
            let mut members = Some(Vec::new());
            while let Some(source) = archive.next(&selection, LIMIT) {
                sources += 1;
                // The smallest header of all has 30 bytes.
                assert!(sources <= bytes.len() / 30 + 1, "{sources} members");
                match (sound(source), &mut members) {
                    (Some(member), Some(members)) => members.push(member),
                    _ => members = None,
                }
            }
            assert!(archive.next(&selection, LIMIT).is_none());
            if let Some(members) = &mut members {
                if is_bare(bytes) {
                    assert_eq!(archive.accounted(), bytes.len() as u64, "bytes that belong to something");
                }
                members.sort();
            }
            Some(members)
        }
        Ok(Opened::Compressed(stream) | Opened::Plain(stream)) => {
            if let Ok(content) = archive::read_all(stream, LIMIT) {
                assert!(content.len() <= LIMIT);
            }
            None
        }
        Err(_) => None,
    }
}

/// Whether the archive is not compressed, so that its bytes are those of the container.
fn is_bare(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
        || bytes.first().is_some_and(u8::is_ascii_lowercase) && bytes.get(257..262) == Some(b"ustar")
}

/// The name and the content of a member that was read. A pipe does not tell whether `\\` separates folders.
fn sound(source: Source) -> Option<(String, Vec<u8>)> {
    let Source::Loaded { path, content } = source else { panic!("{source:?} is no member") };
    let content = content.ok()?;
    assert!(content.len() <= LIMIT);
    Some((path.replace('\\', "/"), content.to_vec()))
}
