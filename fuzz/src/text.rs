//! The readings of the text: each is found by its own hash, and by no other.

use news_ingest::crawl::body::layout::BodyLayout;
use news_ingest::crawl::text;
use news_ingest::crawl::text::{Attempt, Characters, LineEnds, Reading};
use news_ingest::record::content_hash::ContentHash;

/// Takes `bytes` for CONTENT.
pub fn run(bytes: &[u8]) {
    let content = String::from_utf8_lossy(bytes);
    let source = format!("\n# t\n\n---\n\n{content}\n\n---\n\n*Crawled at: x*\n");
    let cut = BodyLayout::parse(&source).expect("there are two rules");
    for commented in [false, true] {
        let trials = text::hash_all(&source, &cut, commented, &mut String::new());
        let readings = text::readings(&source, &cut, commented);
        assert!(trials.iter().map(|(content, trial)| (*content, trial.reading)).eq(readings));
        for (content, Attempt { reading, hash }) in trials {
            let mut buffer = String::new();
            let taken = reading.extract(&content, &mut buffer).to_owned();
            assert_eq!(taken, plainly(content.source, reading));
            assert_eq!(hash, ContentHash::digest(taken.as_bytes()));
            let mut buffer = String::new();
            let read = text::read(&source, &cut, commented, Some(hash), &mut buffer);
            assert!(read.verified && read.text == taken);
        }
        let mut buffer = String::new();
        let other = ContentHash::digest(format!("not {source}").as_bytes());
        assert!(!text::read(&source, &cut, commented, Some(other), &mut buffer).verified);
    }
}

/// The same text, character by character.
fn plainly(source: &str, reading: Reading) -> String {
    const ENTITIES: [(&str, char); 7] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#x27;", '\''),
        ("&#x60;", '`'),
        ("&#x3D;", '='),
    ];
    let mut text = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let entity = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (taken, stands_for) = match entity.filter(|_| reading.characters == Characters::Escaped) {
            Some((entity, stands_for)) => (entity.len(), *stands_for),
            None => (c.len_utf8(), c),
        };
        text.push(stands_for);
        rest = &rest[taken..];
    }
    match reading.line_ends {
        LineEnds::CrlfToLf => text.split("\r\n").collect::<Vec<_>>().join("\n"),
        LineEnds::AsIs => text,
    }
}
