//! Archives and compressed files from bytes: they end, keep to the limit, and meet no bug of ours.

use std::io::Cursor;
use std::path::PathBuf;

use news_ingest::input::Source;
use news_ingest::input::archive::{self, Opened};
use news_ingest::input::selection::Selection;

const LIMIT: usize = 64 << 10;

/// Opens `bytes` as an archive.
pub fn run(bytes: &[u8]) {
    let selection = Selection::of(vec!["*".to_owned()], Vec::new()).expect("the glob makes sense");
    let stream = Box::new(Cursor::new(bytes.to_vec()));
    match archive::open(stream, None, "a".to_owned(), PathBuf::new()) {
        Ok(Opened::Archive(mut archive)) => {
            let mut members = 0;
            while let Some(source) = archive.next(&selection, LIMIT) {
                members += 1;
                // The smallest header of all has 30 bytes.
                assert!(members <= bytes.len() / 30 + 1, "{members} members");
                is_sound(&source);
            }
            assert!(archive.next(&selection, LIMIT).is_none());
        }
        Ok(Opened::Compressed(stream) | Opened::Plain(stream)) => {
            if let Ok(content) = archive::read_all(stream, LIMIT) {
                assert!(content.len() <= LIMIT);
            }
        }
        Err(_) => {}
    }
}

fn is_sound(source: &Source) {
    let Source::Member { content, .. } = source else { panic!("{source:?} is no member") };
    assert!(content.as_ref().map_or(true, |content| content.len() <= LIMIT));
}
