//! Expectations of an archive as a whole: `[expect]` in the configuration.
//!
//! A crawl that stops leaves an archive in which every file is good. So a run counts its articles by day and publisher
//! ([`ArchiveCounts`]), and what does not meet an expectation is a finding at its line of the configuration.

pub mod counts;
pub mod day;
mod fall;
mod judge;
pub mod share;

pub use crate::expect::counts::ArchiveCounts;
pub use crate::expect::day::{Day, Weekday};
pub use crate::expect::share::Share;

use crate::findings::location::Location;

/// The expectations of a configuration.
#[derive(Debug, Clone, Default)]
pub struct Expectations {
    /// Path of the configuration, as in findings.
    pub path: String,
    /// Expectations, each with its place in the configuration, in the order of the places.
    pub each: Vec<(Location, Expectation)>,
    /// First day that is judged day by day; that of the oldest article if `None`.
    pub from: Option<Day>,
    /// Last day that is judged day by day; the day before the day of the judgement if `None`.
    pub to: Option<Day>,
    /// Number of days before the day of the judgement that are judged, instead of `from`.
    pub last_days: Option<u32>,
}

/// One expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// The newest day of publication is at most this number of days old.
    NewestPublished(u32),
    /// The newest crawl is at most this number of days old.
    NewestCrawled(u32),
    /// Each day has articles.
    EveryDay,
    /// The number of articles of a day is in a range.
    DayCount(DayCount),
    /// The publisher has an article.
    Publisher(String),
    /// At least this share of the articles is verified.
    Verified(Share),
    /// At most this share of the articles has an empty byline.
    EmptyBylines(Share),
    /// At most this share of the articles has the id of another one.
    Duplicates(Share),
    /// No publisher's day falls below its usual number of articles.
    Fall(Fall),
}

/// Range of the number of articles of each day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// The publisher whose articles are counted; all if `None`.
    pub publisher: Option<String>,
    /// Fewest articles.
    pub min: u64,
    /// Most articles.
    pub max: u64,
    /// Days of the week that are not judged.
    pub except: Vec<Weekday>,
}

/// Limit of the fall of a publisher's number of articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fall {
    /// Share of the median below which a day is a finding.
    pub below: Share,
    /// Number of weeks before the day whose same weekday gives the median.
    pub weeks: u32,
    /// Smallest median that is judged: small numbers vary too much.
    pub min: u64,
}
