//! What is counted of an archive: numbers that a person typed, for small archives.

use news_ingest::findings::render::{FindingFormat, Reporter};
use news_ingest::findings::rule::{Level, Rule};
use news_ingest::input::Source;
use news_ingest::pipeline::PipelineOptions;
use news_ingest::progress::Progress;
use news_ingest::record::datetime::CalendarDate;
use news_ingest::report::stats::ArchiveStats;
use news_ingest::report::stats::groups::{Groups, MAX_GROUPS};
use news_ingest::report::stats::lengths::LengthHistogram;
use news_ingest::run;
use news_ingest::run::id_index::Dedup;
use news_ingest::run::tracking::Tracking;
use news_ingest::run::{Observers, Sinks, SkipOptions};

use crate::support::crawl_file::{self, CrawlFile};
use crate::support::folder::Folder;

fn titled(oid: &str, number: usize, text: &str) -> CrawlFile {
    CrawlFile { title: format!("제목 {number}"), ..CrawlFile::in_outlet(oid, number, text) }
}

#[track_caller]
fn counted(name: &str, files: &[String], dedup: Option<Dedup>) -> ArchiveStats {
    let folder = Folder::new(&format!("census-{name}"));
    let sources: Vec<Source> = (0..files.len())
        .map(|number| {
            folder.put(&format!("{number:02}.md"), &files[number]);
            Source::File(folder.0.join(format!("{number:02}.md")))
        })
        .collect();
    let pipeline = PipelineOptions {
        threads: 3..=3,
        hash_texts: true,
        attach_snippets: true,
        collect_metrics: true,
        ..PipelineOptions::default()
    };
    let mut told = Vec::new();
    let mut reporter = Reporter::new(&mut told, FindingFormat::Concise.report(), Level::Error, u64::MAX);
    let mut census = ArchiveStats::default();
    let audience = Observers {
        reporter: &mut reporter,
        progress: &Progress::default(),
        stats: Some(&mut census),
        tracking: Tracking::default(),
        baseline: None,
        expected: None,
    };
    let options = SkipOptions { dedup, ..SkipOptions::default() };
    run::run(&pipeline, sources.into_iter(), Sinks::default(), audience, options).unwrap();
    census
}

fn day(days: i32) -> String {
    CalendarDate::of_days(days).unwrap().to_string()
}

#[test]
fn days_are_korean_and_lags_run_from_publication_to_crawl() {
    let dated = |number, published: &str, crawled: &str| {
        let file = titled("901", number, &format!("본문 {number}"));
        CrawlFile { published_at: published.into(), crawled_at: crawled.into(), ..file }.to_string()
    };
    let census = counted(
        "days",
        &[
            // Fifteen hours in UTC are midnight in Korea.
            dated(1, "2025-03-14 00:00", "2025-03-13 15:00:00"),
            dated(2, "2025-03-14 00:00", "2025-03-14 14:59:59"),
            dated(3, "2025-03-14 00:00", "2025-03-16 00:00:00"),
            dated(4, "2025-03-10 00:00", "2025-03-16 00:00:00"),
            dated(5, "", "2025-03-16 00:00:00"),
            dated(6, "2025-03-20 00:00", "2025-03-16 00:00:00"),
        ],
        None,
    );
    let days: Vec<_> = census
        .days
        .by_day()
        .iter()
        .map(|(at, counts)| (day(*at), counts.published, counts.crawled))
        .collect();
    let expected = [("2025-03-10", 1, 0), ("2025-03-14", 3, 2), ("2025-03-16", 0, 4), ("2025-03-20", 1, 0)];
    assert_eq!(days, expected.map(|(day, published, crawled)| (day.to_owned(), published, crawled)));
    assert_eq!(census.days.undated, 1);
    assert_eq!(census.days.lags().into_iter().collect::<Vec<_>>(), [(-4, 1), (0, 2), (2, 1), (6, 1)]);
    assert_eq!([1, 50, 60, 90].map(|percent| census.days.lag(percent)), [-4, 0, 0, 6].map(Some));
}

#[test]
fn publishers_have_their_articles_rejected_files_and_median() {
    let by = |publisher: &str, number, length: usize| CrawlFile {
        publisher: publisher.into(),
        ..titled("901", number, &"가".repeat(length))
    };
    let broken = |file: CrawlFile| CrawlFile { hash: crawl_file::sha256("another text"), ..file };
    let census = counted(
        "publishers",
        &[
            by("가나일보", 1, 10).to_string(),
            by("가나일보", 2, 30).to_string(),
            by("가나일보", 3, 20).to_string(),
            broken(by("가나일보", 4, 5)).to_string(),
            by("다라신문", 5, 7).to_string(),
            broken(by("마바뉴스", 6, 7)).to_string(),
            by("", 7, 9).to_string(),
            "no front matter".to_owned(),
        ],
        None,
    );
    let groups = census.publishers.largest_first();
    let groups: Vec<_> = groups
        .iter()
        .map(|group| {
            (&*group.name, group.articles, group.rejected, group.verified, group.lengths.quantile(50))
        })
        .collect();
    assert_eq!(
        groups,
        [
            ("가나일보", 3, 1, 3, Some(20)),
            ("", 1, 0, 1, Some(9)),
            ("다라신문", 1, 0, 1, Some(7)),
            ("마바뉴스", 0, 1, 0, None),
        ]
    );
    assert_eq!([1, 50, 90, 99].map(|percent| census.lengths().quantile(percent)), [7, 10, 30, 30].map(Some));
    let shortest: Vec<_> = census.length_records.shortest.iter().map(|text| text.characters).collect();
    assert_eq!(shortest, [7, 9, 10, 20, 30]);
    let longest: Vec<_> = census.length_records.longest.iter().map(|text| &*text.title).collect();
    assert_eq!(longest, ["제목 2", "제목 3", "제목 1", "제목 7", "제목 5"]);
    assert_eq!(census.histogram.steps()[..3], [(6, 1), (8, 1), (10, 1)]);

    let mismatch = &census.findings.rules[&Rule::HashMismatch];
    let name = |number: &Option<usize>| number.map(|number| &*census.publishers.get(number).name);
    let clusters: Vec<_> = mismatch.publishers.iter().map(|(number, files)| (name(number), *files)).collect();
    assert_eq!(clusters, [(Some("가나일보"), 1), (Some("마바뉴스"), 1)]);
    let unread = &census.findings.rules[&Rule::NoFrontMatter];
    assert_eq!(unread.publishers.iter().collect::<Vec<_>>(), [(&None, &1)]);
    assert!(mismatch.examples[0].path.ends_with("03.md"), "{:?}", mismatch.examples);
    let line = mismatch.examples[0].finding.snippet.as_ref().unwrap();
    assert!(line.text.starts_with("content_hash: "), "{line:?}");
    assert_eq!(census.findings.files, 3);
}

#[test]
fn examples_are_the_first_three_files() {
    let files: Vec<String> = (0..9).map(|number| titled("901", number, "").to_string()).collect();
    let census = counted("examples", &files, None);
    let empty = &census.findings.rules[&Rule::EmptyText];
    let names: Vec<_> =
        empty.examples.iter().map(|example| example.path.rsplit('/').next().unwrap()).collect();
    assert_eq!((names, empty.files), (vec!["00.md", "01.md", "02.md"], 9));
    assert_eq!(census.duplicates.texts.copies, 0, "empty texts are no wire copies");
}

#[test]
fn the_same_id_and_the_same_text_are_told_apart() {
    let wire = "통신사가 쓴 기사다.";
    let from = |oid: &str, publisher: &str, number, text: &str| CrawlFile {
        publisher: publisher.into(),
        ..titled(oid, number, text)
    };
    let files = [
        from("901", "가나일보", 1, wire),
        from("902", "다라신문", 2, wire),
        from("903", "마바뉴스", 3, wire),
        from("901", "가나일보", 1, wire),
        from("902", "다라신문", 4, "혼자 쓴 기사다."),
        from("902", "다라신문", 4, "고쳐 쓴 기사다."),
    ];
    let files = files.map(|file| file.to_string());
    let ArchiveStats { duplicates, publishers, .. } = counted("repeats", &files, None);

    assert_eq!((duplicates.texts.copies, duplicates.texts.groups()), (2, 1));
    let group = duplicates.texts.largest(9)[0];
    assert_eq!((group.files, &*group.id, &*group.title), (3, "901_0000000001", "제목 2"));
    let names: Vec<_> = group.publishers.iter().map(|number| &*publishers.get(*number).name).collect();
    assert_eq!(names, ["가나일보", "다라신문", "마바뉴스"]);

    assert_eq!(
        (duplicates.ids.copies, duplicates.ids.with_other_content, duplicates.ids.groups()),
        (2, 1, 2)
    );
    let groups = duplicates.ids.largest(9);
    let ids: Vec<_> = groups.iter().map(|group| (&*group.id, group.files)).collect();
    assert_eq!(ids, [("901_0000000001", 2), ("902_0000000004", 2)]);
    assert!(groups[0].paths[0].ends_with("00.md") && groups[0].paths[1].ends_with("03.md"), "{groups:?}");

    // What is left out is no article, but came again all the same.
    let census = counted("left-out", &files, Some(Dedup::Text));
    assert_eq!(census.publishers.largest_first().iter().map(|group| group.articles).sum::<u64>(), 2);
    assert_eq!(census.duplicates.texts.copies, 2);
}

#[test]
fn people_are_counted_by_role() {
    let by = |number, author: &str| {
        CrawlFile { author: author.into(), ..titled("901", number, "본문") }.to_string()
    };
    let census = counted(
        "people",
        &[
            by(1, "홍길동 기자(hong@example.com)"),
            by(2, "홍길동 기자, 김가람 특파원"),
            by(3, "AP"),
            by(4, ""),
            by(5, "hong@example.com"),
        ],
        None,
    );
    assert_eq!(census.people.bylines, 4);
    assert_eq!(census.people.addressed, 2);
    assert_eq!(census.people.addresses, 2);
    assert_eq!(census.people.roles(), [("기자", 2), ("특파원", 1)]);
}

#[test]
fn quantiles_are_nearest_ranks() {
    let lengths = |all: &[usize]| {
        let mut lengths = LengthHistogram::default();
        all.iter().for_each(|length| lengths.add(*length));
        lengths
    };
    let quantiles = |all: &[usize]| [50, 90, 99].map(|percent| lengths(all).quantile(percent).unwrap());
    assert_eq!(quantiles(&[4]), [4, 4, 4]);
    assert_eq!(quantiles(&[1, 2, 3, 4]), [2, 4, 4]);
    assert_eq!(quantiles(&(1..=1000).collect::<Vec<_>>()), [500, 900, 990]);
    // Above 2,047, a little short of it.
    assert_eq!(quantiles(&[10_007; 3]), [10_000; 3]);
    assert_eq!(lengths(&[]).quantile(50), None);
}

#[test]
fn names_past_the_bound_are_counted_together() {
    let mut groups = Groups::default();
    for name in 0..MAX_GROUPS + 3 {
        let number = groups.index(&name.to_string());
        groups.add(number, None);
    }
    let again = groups.index("7");
    groups.add(again, None);
    let groups = groups.largest_first();
    assert_eq!(groups.len(), MAX_GROUPS + 1);
    assert_eq!((&*groups[0].name, groups[0].rejected), ("7", 2));
    let rest = groups.last().unwrap();
    assert!(rest.is_overflow);
    assert_eq!(rest.rejected, 3);
}
