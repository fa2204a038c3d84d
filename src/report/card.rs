//! The card of a data set: the `README.md` that Hugging Face shows, from the counts of the HTML report.
//!
//! In English, as cards are. Names from files are escaped, and no address of a person is shown.

use std::fmt;

use schemars::schema_for;

use crate::findings::rule::{Level, Rule};
use crate::record::article::Article;
use crate::record::datetime::CalendarDate;
use crate::record::key::{Key, KeyKind};
use crate::report::html::numbers::{percent, size, with_separators};
use crate::report::html::sanitize::sanitize;
use crate::report::stats::ArchiveStats;
use crate::report::stats::groups::{GroupStats, Groups};
use crate::summary::Summary;
use crate::text::markdown::literal;

/// Facts of a run that its counts do not tell.
#[derive(Debug)]
pub struct CardInfo {
    /// Version of the program.
    pub version: &'static str,
    /// Keys of the records.
    pub keys: Vec<Key>,
    /// Rules that search for personal data and were on.
    pub searched: Vec<Rule>,
    /// Kinds of personal data that the run replaced, by name.
    pub replaced: Vec<&'static str>,
}

const MAX_ROWS: usize = 20;
const MAX_NAME_CHARS: usize = 80;

/// Renders the card of a run.
pub fn card(stats: &ArchiveStats, summary: &Summary, info: &CardInfo) -> String {
    let DayRanges { published, crawled } = DayRanges::new(stats);
    let header = fmt::from_fn(|f| {
        writeln!(
            f,
            "---\nlanguage:\n- ko\nlicense: other\npretty_name: News articles{}",
            published.suffix()
        )?;
        writeln!(f, "size_categories:\n- {}", size_category(summary.articles))?;
        writeln!(f, "task_categories:\n- text-generation\ntags:\n- news\n---")
    });
    let rows: &[(&str, String)] = &[
        ("articles", with_separators(summary.articles)),
        ("published", published.range()),
        ("crawled", crawled.range()),
        ("without a date of publication", with_separators(stats.days.undated)),
        ("characters of a text: 5 % are at most as long", length(stats, 5)),
        ("characters of a text: median", length(stats, 50)),
        ("characters of a text: 95 % are at most as long", length(stats, 95)),
        ("readers' comments that the files state", with_separators(stats.comments)),
        ("files read", format!("{} ({})", with_separators(summary.files()), size(summary.bytes))),
    ];
    let sizes = fmt::from_fn(|f| {
        writeln!(f, "## Sizes\n\n| | |\n| --- | --- |")?;
        rows.iter().try_for_each(|(name, value)| writeln!(f, "| {name} | {value} |"))
    });
    let publishers = groups("Publishers", "publisher", &stats.publishers, summary.articles);
    let categories = groups("Categories", "category", &stats.categories, summary.articles);
    let fields = fields(&info.keys);
    let provenance = provenance(stats, summary, info);
    let personal = personal_data(stats, summary, info);
    format!(
        "{header}\n# News articles{}\n\n{sizes}\n{publishers}\n{categories}\n{fields}\n{provenance}\n{personal}",
        published.suffix()
    )
}

/// The first and the last day of each kind.
struct DayRanges {
    published: Range,
    crawled: Range,
}

#[derive(Clone, Copy, Default)]
struct Range(Option<(i32, i32)>);

impl DayRanges {
    fn new(stats: &ArchiveStats) -> DayRanges {
        let mut days = DayRanges { published: Range::default(), crawled: Range::default() };
        for (number, day) in stats.days.by_day() {
            for (range, count) in [(&mut days.published, day.published), (&mut days.crawled, day.crawled)] {
                if count > 0 {
                    range.0 = Some((range.0.map_or(number, |(first, _)| first), number));
                }
            }
        }
        days
    }
}

impl Range {
    fn suffix(self) -> String {
        if self.0.is_some() { format!(", {}", self.range()) } else { String::new() }
    }

    fn range(self) -> String {
        let day = |number| CalendarDate::of_days(number).map(|day| day.to_string()).unwrap_or_default();
        match self.0 {
            None => "–".to_owned(),
            Some((first, last)) if first == last => day(first),
            Some((first, last)) => format!("{} to {}", day(first), day(last)),
        }
    }
}

/// The word of Hugging Face for a number of records.
fn size_category(records: u64) -> &'static str {
    match records {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        1_000_000..10_000_000 => "1M<n<10M",
        10_000_000..100_000_000 => "10M<n<100M",
        100_000_000..1_000_000_000 => "100M<n<1B",
        _ => "n>1B",
    }
}

fn length(stats: &ArchiveStats, percent: u64) -> String {
    stats.lengths().quantile(percent).map_or_else(|| "–".to_owned(), |length| with_separators(length as u64))
}

/// A table of the largest groups that have articles, the rest in one row.
fn groups(heading: &str, of: &str, groups: &Groups, articles: u64) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let largest = groups.largest_first();
        let largest: Vec<&GroupStats> = largest.into_iter().filter(|group| group.articles > 0).collect();
        let (shown, rest) = largest.split_at(largest.len().min(MAX_ROWS));
        writeln!(f, "## {heading}\n\n| {of} | articles | share |\n| --- | ---: | ---: |")?;
        let mut row = |name: &dyn fmt::Display, count: u64| {
            writeln!(f, "| {name} | {} | {} |", with_separators(count), percent(count, articles))
        };
        for group in shown {
            match &*group.name {
                _ if group.is_overflow => row(&"later ones", group.articles)?,
                "" => row(&"none given", group.articles)?,
                name => row(&literal(&sanitize(name, MAX_NAME_CHARS)), group.articles)?,
            }
        }
        match rest {
            [] => Ok(()),
            _ => row(&format!("{} more", rest.len()), rest.iter().map(|group| group.articles).sum()),
        }
    })
}

/// A table of the keys, with the types that they have in Parquet and the descriptions of the schema.
fn fields(keys: &[Key]) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let schema = schema_for!(Article<'_>);
        writeln!(f, "## Fields\n\n| key | type | content |\n| --- | --- | --- |")?;
        for key in keys {
            let description = &schema.as_value()["properties"][key.name()]["description"];
            let description = description.as_str().unwrap_or_default().replace('\n', " ");
            writeln!(f, "| `{}` | {} | {description} |", key.name(), type_name(key.kind()))?;
        }
        writeln!(f, "\nA string is never null: what a file leaves empty is `\"\"`.")
    })
}

fn type_name(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Text => "string",
        KeyKind::Authors => "list of `{name, role, email}`",
        KeyKind::Date => "date or null",
        KeyKind::KoreanTime | KeyKind::UtcTime => "timestamp or null",
        KeyKind::Bool => "bool",
        KeyKind::Count => "int64",
        KeyKind::Extra => "list of `{key, value}`",
    }
}

fn provenance(stats: &ArchiveStats, summary: &Summary, info: &CardInfo) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let verified: u64 = summary.readings.iter().map(|(_, count)| count).sum();
        let Summary { articles, rejected, left_out, excluded, .. } = *summary;
        writeln!(
            f,
            "## Provenance\n\nCrawled news files, read by `ingest` {}. The text of {} articles ({}) has the SHA-256 that the \
             crawler wrote beside it. The hash covers the text only: not the title, byline, dates, publisher and URL.\n",
            info.version,
            with_separators(verified),
            percent(verified, articles),
        )?;
        for (count, what) in [
            (rejected, "Files that were rejected and are not in the data"),
            (left_out, "Duplicates that were left out"),
            (excluded, "Articles that a list leaves out"),
            (stats.duplicates.texts.copies, "Texts that are copies of an earlier one"),
        ] {
            if count > 0 {
                writeln!(f, "* {what}: {}", with_separators(count))?;
            }
        }
        let errors = summary.rules.iter().filter(|((_, level), _)| *level == Level::Error);
        let mut errors = errors.map(|((rule, _), count)| (rule, *count)).peekable();
        if errors.peek().is_some() {
            writeln!(f, "\n| reason of rejection | findings |\n| --- | ---: |")?;
        }
        errors.try_for_each(|(rule, count)| {
            writeln!(f, "| `{rule}`: {} | {} |", rule.summary(), with_separators(count))
        })
    })
}

fn personal_data(stats: &ArchiveStats, summary: &Summary, info: &CardInfo) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let people = &stats.people;
        writeln!(
            f,
            "## Personal data\n\nOf the files, {} articles name a person in the byline, and {} have an e-mail address there. \
             Texts name people too.\n",
            with_separators(people.named),
            with_separators(people.addressed),
        )?;
        if info.replaced.is_empty() {
            writeln!(f, "Nothing was replaced in the records.")?;
        }
        for kind in &info.replaced {
            let count = summary.redacted.iter().find(|(known, _)| known.name() == *kind);
            let count = count.map_or(0, |(_, count)| count);
            writeln!(f, "* Replaced in the records, {kind}: {}", with_separators(count))?;
        }
        if !info.searched.is_empty() {
            writeln!(f)?;
        }
        for rule in &info.searched {
            let files = stats.findings.rules.get(rule).map_or(0, |found| found.files);
            writeln!(f, "* Files with `{rule}` ({}): {}", rule.summary(), with_separators(files))?;
        }
        if info.searched.is_empty() {
            writeln!(f, "\nThe files were not searched for more of it.")?;
        }
        writeln!(f, "\nWhat is found by form alone is not all there is.")
    })
}
