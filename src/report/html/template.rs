//! HTML templates, which escape every value.

use askama::Template;

use crate::report::html::sections::bylines::PeopleTable;
use crate::report::html::sections::duplicates::RepeatTable;
use crate::report::html::sections::findings::FindingTable;
use crate::report::html::sections::groups::GroupTable;
use crate::report::html::sections::lengths::LengthTable;
use crate::report::html::sections::readings::ReadingTable;
use crate::report::html::sections::timeline::Timeline;
use crate::report::html::sections::verdict::VerdictSection;
use crate::report::html::strings::Strings;
use crate::report::html::{Language, RunInfo, csp};
use crate::report::stats::ArchiveStats;
use crate::summary::Summary;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// All values of the page.
#[derive(Template)]
#[template(path = "page.html", config = "src/report/html/askama.toml")]
pub struct HtmlPage {
    words: &'static Strings,
    lang: &'static str,
    policy: String,
    style: &'static str,
    script: &'static str,
    version: &'static str,
    verdict: VerdictSection,
    timeline: Timeline,
    lag: Option<String>,
    groups: [GroupTable; 2],
    lengths: LengthTable,
    findings: FindingTable,
    readings: ReadingTable,
    repeats: Vec<RepeatTable>,
    people: PeopleTable,
}

impl HtmlPage {
    /// Computes the values.
    pub fn new(census: &ArchiveStats, summary: &Summary, about: &RunInfo, language: Language) -> HtmlPage {
        let words = Strings::new(language);
        let articles = summary.articles;
        let publishers = ["publishers", words.publishers_title, words.publisher];
        let categories = ["categories", words.categories_title, words.category];
        HtmlPage {
            words,
            lang: language.tag(),
            policy: csp::policy(STYLE, SCRIPT),
            style: STYLE,
            script: SCRIPT,
            version: about.version,
            verdict: VerdictSection::new(summary, about, words),
            timeline: Timeline::new(&census.days, articles, words),
            lag: Timeline::lag_sentence(&census.days, words),
            groups: [
                GroupTable::new(&census.publishers, publishers, articles, words),
                GroupTable::new(&census.categories, categories, articles, words),
            ],
            lengths: LengthTable::new(census, words),
            findings: FindingTable::new(census, summary, words),
            readings: ReadingTable::new(census, summary, words),
            repeats: RepeatTable::both(census, words),
            people: PeopleTable::new(&census.people, articles, words),
        }
    }

    /// Renders the HTML.
    pub fn html(&self) -> String {
        self.render().expect("a string takes every character")
    }
}

/// Filters for the templates.
mod filters {
    use askama::Values;

    use crate::report::html::strings::fill;

    /// Fills the only gap of the sentence.
    #[askama::filter_fn]
    pub fn filled(sentence: &str, _: &dyn Values, value: &str) -> askama::Result<String> {
        Ok(fill(sentence, &[value]))
    }
}
