//! Memory is bounded by bytes: outsized files take turns, batches are handed over in pieces, findings are summed up.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use news_ingest::crawl;
use news_ingest::crawl::{InputBatch, Outcome, Scratch};
use news_ingest::findings::rule::{Levels, Rule};
use news_ingest::input::Source;
use news_ingest::output::format::RecordFormat;
use news_ingest::output::projection::Projection;
use news_ingest::pipeline;
use news_ingest::pipeline::{Batch, PipelineOptions};

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stderr};

const MIB: usize = 1 << 20;

/// As many sources, all of them the same file.
fn links(folder: &Folder, content: &str, count: usize) -> Vec<PathBuf> {
    folder.put("0.md", content);
    let path = |number| folder.0.join(format!("{number}.md"));
    (1..count).for_each(|number| fs::hard_link(path(0), path(number)).unwrap());
    (0..count).map(path).collect()
}

fn run(options: &PipelineOptions, paths: &[PathBuf], mut receive: impl FnMut(&mut Batch)) {
    let sources = paths.iter().cloned().map(Source::File);
    let ran = pipeline::run(options, sources, |batch| {
        receive(batch);
        Ok::<_, ()>(())
    });
    ran.unwrap().unwrap();
}

static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);
static MOST_UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

fn read_slowly<'a>(
    files: InputBatch<'a>,
    scratch: &'a mut Scratch,
    receive: &mut dyn FnMut(usize, Outcome<'a>),
) {
    let bytes = files.iter().flatten().map(|file| file.source.len()).sum::<usize>();
    let now = UNDER_WAY.fetch_add(bytes, Ordering::SeqCst) + bytes;
    MOST_UNDER_WAY.fetch_max(now, Ordering::SeqCst);
    thread::sleep(Duration::from_millis(10));
    crawl::read_batch(files, scratch, receive);
    UNDER_WAY.fetch_sub(bytes, Ordering::SeqCst);
}

#[test]
fn outsized_files_take_turns_in_order() {
    let folder = Folder::new("memory-turns");
    // It has no front matter, so that it is soon read.
    let paths = links(&folder, &"x".repeat(2 * MIB), 16);
    let pipeline = PipelineOptions {
        threads: 16..=16,
        max_file_size: 4 * MIB,
        read_batch: read_slowly,
        ..PipelineOptions::default()
    };
    let mut met = Vec::new();
    run(&pipeline, &paths, |batch| {
        met.extend(batch.files().iter().map(|file| PathBuf::from(&file.path)));
    });
    assert_eq!(met, paths);
    // 16 threads would have 32 MiB.
    let most = MOST_UNDER_WAY.load(Ordering::SeqCst);
    assert!((2 * MIB..=6 * MIB).contains(&most), "{most} bytes");
}

#[test]
fn a_batch_is_handed_over_when_it_is_full() {
    let folder = Folder::new("memory-batches");
    let crawl_file = CrawlFile::with_text(&"\"".repeat(60 << 10)).to_string();
    let paths = links(&folder, &crawl_file, 64);
    for threads in [1, 3] {
        let pipeline = PipelineOptions {
            threads: threads..=threads,
            max_file_size: MIB,
            encode: Some(RecordFormat::default().encoding(Projection::default())),
            ..PipelineOptions::default()
        };
        let (mut records, mut most) = (0, 0);
        run(&pipeline, &paths, |batch| {
            let mut lines = Vec::new();
            batch.write_records(&mut lines).unwrap();
            records += lines.len();
            most = most.max(lines.len());
        });
        // Each quote becomes two bytes, and the first group has 32 files.
        assert!(records > 64 * (120 << 10));
        assert!(most < 3 * MIB, "{most} bytes");
    }
}

#[test]
fn findings_past_a_thousand_of_a_rule_are_summed_up() {
    for (doubles, listed, last) in [
        (1000, 1000, (1, "the key `a` occurs a second time")),
        (1001, 1001, (1, "the key `a` occurs a second time")),
        (1002, 1001, (2, "2 more findings of this rule, from here on, are not listed")),
        (5000, 1001, (4000, "4000 more findings of this rule, from here on, are not listed")),
    ] {
        let crawl_file =
            CrawlFile { more: "a:\n".repeat(doubles + 1), ..CrawlFile::with_text("글") }.to_string();
        let mut scratch = Scratch::default();
        let outcome = crawl::read(crawl_file.as_bytes(), &Levels::default(), &mut scratch);
        let mut rules = outcome.findings.iter().filter(|finding| finding.rule == Rule::DuplicateKey);
        assert_eq!(rules.clone().count(), listed, "{doubles}");
        let found = rules.next_back().map(|last| (last.count, last.message.as_str()));
        assert_eq!(found, Some(last), "{doubles}");
    }
    let folder = Folder::new("memory-findings");
    folder.put("a.md", CrawlFile { more: "a:\n".repeat(5001), ..CrawlFile::with_text("글") }.to_string());
    let check = folder.ingest(&["check", "--statistics", "--max-findings", "7", "."]);
    assert!(stderr(&check).contains("4993 more findings"), "{}", stderr(&check));
    assert!(stderr(&check).contains("5000"), "{}", stderr(&check));
}
