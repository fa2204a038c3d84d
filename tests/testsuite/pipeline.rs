//! The pipeline: order at any number of threads, panics contained to one file, and what ends a run.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

use news_ingest::crawl;
use news_ingest::crawl::{InputBatch, Outcome, Scratch};
use news_ingest::findings::finding::Finding;
use news_ingest::findings::policy::LevelSetting;
use news_ingest::findings::policy::Policy;
use news_ingest::findings::render::{File, Renderer, Reporter};
use news_ingest::findings::rule::{Level, Rule};
use news_ingest::input::Source;
use news_ingest::output::format::RecordFormat;
use news_ingest::output::projection::Projection;
use news_ingest::pipeline;
use news_ingest::pipeline::{PipelineOptions, WORKER_NAME};
use news_ingest::progress::Progress;
use news_ingest::run;
use news_ingest::run::tracking::Tracking;
use news_ingest::run::{Observers, OutputKind, RunError, Sinks, SkipOptions};
use news_ingest::summary::Summary;

use crate::support::crawl_file::{self, CrawlFile};

/// A folder that goes with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pipeline").join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// Writes the files `0.md`, `1.md` and so on.
    fn sources(&self, files: impl IntoIterator<Item = String>) -> Vec<PathBuf> {
        let files = files.into_iter().enumerate();
        files
            .map(|(number, file)| {
                let path = self.0.join(format!("{number}.md"));
                fs::write(&path, file).unwrap();
                path
            })
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn pipeline(threads: usize) -> PipelineOptions {
    PipelineOptions {
        threads: threads..=threads,
        max_file_size: 1 << 20,
        encode: Some(RecordFormat::default().encoding(Projection::default())),
        ..PipelineOptions::default()
    }
}

fn files(paths: &[PathBuf]) -> impl Iterator<Item = Source> + Send {
    paths.iter().cloned().map(Source::File)
}

/// What was told: each file with its findings.
type Told = Vec<(String, Vec<Finding>)>;

/// Keeps what it is told, and hands a byte on for each file.
struct Keeper(Rc<RefCell<Told>>);

impl Renderer for Keeper {
    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        let findings = file.findings.iter().map(|finding| (*finding).clone()).collect();
        self.0.borrow_mut().push((file.path.to_owned(), findings));
        into.push(b'.');
    }
}

/// Runs with these streams for records and findings.
fn run_into(
    pipeline: &PipelineOptions,
    paths: &[PathBuf],
    mut records: &mut dyn Write,
    findings: &mut dyn Write,
) -> (Result<Summary, RunError>, Told) {
    let told = Rc::<RefCell<Told>>::default();
    let ended = {
        let mut reporter =
            Reporter::new(findings, Box::new(Keeper(Rc::clone(&told))), Level::Warning, u64::MAX);
        let audience = Observers {
            reporter: &mut reporter,
            progress: &Progress::default(),
            stats: None,
            tracking: Tracking::default(),
            baseline: None,
            expected: None,
        };
        run::run(
            pipeline,
            files(paths),
            Sinks { records: Some(&mut records), lines: Vec::new() },
            audience,
            SkipOptions::default(),
        )
    };
    (ended, told.take())
}

/// The ids of the records in order, and what was told.
#[track_caller]
fn run(pipeline: &PipelineOptions, paths: &[PathBuf]) -> (Vec<String>, Told, Summary) {
    let mut records = Vec::new();
    let (summary, told) = run_into(pipeline, paths, &mut records, &mut io::sink());
    let records = String::from_utf8(records).unwrap();
    let id = |record: &str| {
        let record: serde_json::Value = serde_json::from_str(record).expect("a record is JSON");
        record["id"].as_str().unwrap().to_owned()
    };
    (records.lines().map(id).collect(), told, summary.unwrap())
}

/// Panics where it meets this in a file.
const BOMB: &str = "폭탄\u{1b}";

fn read_and_panic<'a>(
    files: InputBatch<'a>,
    scratch: &'a mut Scratch,
    receive: &mut dyn FnMut(usize, Outcome<'a>),
) {
    let sources = files.each_ref().map(|file| file.as_ref().map_or(&b""[..], |file| file.source));
    crawl::read_batch(files, scratch, &mut |number, outcome| {
        // Whatever the panic leaves behind in the buffers must not reach the next file.
        if str::from_utf8(sources[number]).unwrap().contains(BOMB) {
            panic!("{BOMB} after {}", outcome.article.map_or("nothing", |_| "an article"));
        }
        receive(number, outcome);
    });
}

/// Two files that hold this are read only at the same time.
const MEETING: &str = "만남";
/// What holds this takes as long as a slow disk.
const WAIT: &str = "기다림";

static MET: (Mutex<usize>, Condvar) = (Mutex::new(0), Condvar::new());

fn read_and_wait<'a>(
    files: InputBatch<'a>,
    scratch: &'a mut Scratch,
    receive: &mut dyn FnMut(usize, Outcome<'a>),
) {
    for file in files.iter().flatten() {
        let text = str::from_utf8(file.source).unwrap();
        if text.contains(WAIT) {
            thread::sleep(Duration::from_millis(5));
        }
        if text.contains(MEETING) {
            let mut met = MET.0.lock().unwrap();
            *met += 1;
            MET.1.notify_all();
            let met = MET.1.wait_timeout_while(met, Duration::from_secs(30), |met| *met < 2).unwrap();
            assert!(!met.1.timed_out(), "no other thread reads");
        }
    }
    crawl::read_batch(files, scratch, receive);
}

#[test]
fn more_threads_read_while_one_waits() {
    let folder = Folder::new("waits");
    let paths = folder.sources((0..600).map(|number| match number {
        0..100 => CrawlFile::numbered(number, WAIT).to_string(),
        // No batch holds both.
        150 | 500 => CrawlFile::numbered(number, MEETING).to_string(),
        _ => CrawlFile::numbered(number, "본문").to_string(),
    }));
    let pipeline = PipelineOptions { threads: 1..=2, read_batch: read_and_wait, ..pipeline(1) };
    let (ids, told, _) = run(&pipeline, &paths);
    assert_eq!(told.iter().filter(|(_, findings)| !findings.is_empty()).count(), 0);
    assert!(ids.iter().eq((0..600).map(|number| format!("901_{number:010}")).collect::<Vec<_>>().iter()));
}

#[test]
fn a_panic_is_a_finding_of_its_own_file_at_any_number_of_threads() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(WORKER_NAME) {
            default(panic);
        }
    }));
    let folder = Folder::new("panic");
    let content = |number: usize| match number {
        0 | 70 | 71 | 199 => format!("{number} {BOMB}"),
        _ => format!("{number} &amp; {}", "길다 ".repeat(number)),
    };
    let paths = folder.sources((0..200).map(|number| {
        let content = content(number);
        let hash = crawl_file::sha256(content.replace("&amp;", "&").trim());
        CrawlFile { hash, ..CrawlFile::numbered(number, &content) }.to_string()
    }));
    let bombs = [0, 70, 71, 199];
    let expected: Vec<String> =
        (0..200).filter(|number| !bombs.contains(number)).map(|number| format!("901_{number:010}")).collect();
    for threads in [1, 2, 8] {
        let (ids, told, summary) =
            run(&PipelineOptions { read_batch: read_and_panic, ..pipeline(threads) }, &paths);
        assert_eq!(ids, expected, "{threads} threads");
        assert_eq!((summary.articles, summary.rejected), (196, 4));
        assert_eq!(told.len(), 200);
        for (number, (path, findings)) in told.iter().enumerate() {
            assert_eq!(Path::new(path), paths[number]);
            if bombs.contains(&number) {
                let [Finding { rule: Rule::Internal, level: Level::Error, message, .. }] =
                    findings.as_slice()
                else {
                    panic!("{findings:?} of {path}");
                };
                assert_eq!(message, "a bug of this program: 폭탄\\x1b after an article");
            } else {
                assert_eq!(findings, &[]);
            }
        }
    }
}

#[test]
fn a_run_of_no_sources_is_empty() {
    for threads in [1, 3] {
        let (ids, told, summary) = run(&pipeline(threads), &[]);
        assert!(ids.is_empty() && told.is_empty() && summary.is_empty());
    }
}

#[test]
fn what_the_receiver_fails_with_ends_the_run() {
    let folder = Folder::new("receive");
    let paths = folder.sources((0..1000).map(|number| CrawlFile::numbered(number, "본문이다.").to_string()));
    for threads in [1, 2, 8] {
        let mut received = 0;
        let ended = pipeline::run(&pipeline(threads), files(&paths), |batch| {
            received += batch.files().len();
            if received > 100 { Err(received) } else { Ok(()) }
        });
        assert_eq!(ended.unwrap(), Err(received), "{threads} threads");
        assert!((101..1000).contains(&received), "{received}");
    }
}

#[test]
fn a_failing_stream_ends_the_run_with_its_error() {
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let folder = Folder::new("full");
    let paths = folder.sources((0..500).map(|number| CrawlFile::numbered(number, "본문이다.").to_string()));
    for threads in [1, 4] {
        let (ended, _) = run_into(&pipeline(threads), &paths, &mut Full(100_000), &mut io::sink());
        let failure = ended.unwrap_err();
        assert!(matches!(&failure, RunError::Output(OutputKind::Records, _)), "{failure:?}");
        assert_eq!(failure.source().kind(), io::ErrorKind::StorageFull);
        let (ended, _) = run_into(&pipeline(threads), &paths, &mut io::sink(), &mut Full(300));
        let failure = ended.unwrap_err();
        assert!(matches!(&failure, RunError::Findings(_)), "{failure:?}");
        assert_eq!(failure.source().kind(), io::ErrorKind::StorageFull);
    }
}

/// Files whose id is `901_0000000007`; each line is its content, what is found, and whether it gives a record.
#[track_caller]
fn same_id(policy: &Policy, files: &[(&str, Option<Rule>, bool)]) {
    for threads in [1, 4] {
        let folder = Folder::new("same-id");
        let broken = |content: &str| content.starts_with("깨진");
        let paths = folder.sources(files.iter().map(|(content, ..)| {
            let crawl_file = CrawlFile::numbered(7, content);
            if broken(content) {
                crawl_file.to_string().replace("crawled_at: 2025", "crawled_at: x")
            } else {
                crawl_file.to_string()
            }
        }));
        let (ids, told, _) = run(&PipelineOptions { policy: policy.clone(), ..pipeline(threads) }, &paths);
        for ((content, expected, _), (path, findings)) in files.iter().zip(&told) {
            let found =
                findings.iter().find(|found| matches!(found.rule, Rule::Duplicate | Rule::IdConflict));
            assert_eq!(found.map(|found| found.rule), *expected, "{content} at {path}");
            if let Some(found) = found {
                let first = files.iter().position(|(content, ..)| !broken(content)).unwrap();
                let named = format!("`{}`", paths[first].display());
                assert!(found.message.starts_with(&named), "{}", found.message);
                assert_eq!((found.location.line, found.location.column), (2, 5));
            }
        }
        assert_eq!(ids.len(), files.iter().filter(|(.., is_accepted)| *is_accepted).count());
    }
}

#[test]
fn a_second_file_of_one_id_is_a_duplicate_or_a_conflict() {
    let (duplicate, conflict) = (Some(Rule::Duplicate), Some(Rule::IdConflict));
    let usual = Policy::default();
    same_id(&usual, &[("가", None, true), ("가", duplicate, true), ("가", duplicate, true)]);
    same_id(
        &usual,
        &[("가", None, true), ("나", conflict, false), ("가", duplicate, true), ("나", conflict, false)],
    );
    // A rejected file stands in nobody's way.
    same_id(&usual, &[("깨진 가", None, false), ("나", None, true), ("나", duplicate, true)]);
    let set = |rule, level| Policy::new(&[], None, vec![LevelSetting::One(rule, level)]).unwrap();
    same_id(&set(Rule::Duplicate, Level::Error), &[("가", None, true), ("가", duplicate, false)]);
    same_id(
        &set(Rule::Duplicate, Level::Off),
        &[("가", None, true), ("가", None, true), ("나", conflict, false)],
    );
    same_id(
        &set(Rule::IdConflict, Level::Warning),
        &[("가", None, true), ("나", conflict, true), ("가", duplicate, true)],
    );
    same_id(
        &set(Rule::IdConflict, Level::Off),
        &[("가", None, true), ("나", None, true), ("가", duplicate, true)],
    );
}

#[test]
fn what_cannot_be_read_is_a_finding_in_its_place_in_the_order() {
    let folder = Folder::new("unreadable");
    let mut paths =
        folder.sources((0..150).map(|number| CrawlFile::numbered(number, "본문이다.").to_string()));
    paths[100] = folder.0.join("gone.md");
    fs::write(&paths[120], vec![b'x'; (1 << 20) + 1]).unwrap();
    for threads in [1, 8] {
        let (ids, told, summary) = run(&pipeline(threads), &paths);
        assert_eq!((ids.len(), summary.articles, summary.rejected), (148, 148, 2));
        let found: Vec<_> =
            told.iter().map(|(_, findings)| findings.first().map(|found| found.rule)).collect();
        let expected: Vec<_> = (0..150)
            .map(|number| match number {
                100 => Some(Rule::Unreadable),
                120 => Some(Rule::TooLarge),
                _ => None,
            })
            .collect();
        assert_eq!(found, expected);
    }
}
