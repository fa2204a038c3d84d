//! HTML templates, which escape every value.

use askama::Template;

use crate::report::html::csp;
use crate::report::html::run_info::RunInfo;
use crate::report::html::sections::bylines::BylineTable;
use crate::report::html::sections::duplicates::DuplicateTable;
use crate::report::html::sections::findings::FindingTable;
use crate::report::html::sections::groups::GroupTable;
use crate::report::html::sections::lengths::LengthTable;
use crate::report::html::sections::readings::ReadingTable;
use crate::report::html::sections::timeline::Timeline;
use crate::report::html::sections::verdict::VerdictSection;
use crate::report::html::strings::{Language, Strings};
use crate::report::stats::ArchiveStats;
use crate::summary::Summary;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// All values of the page.
#[derive(Template)]
#[template(path = "page.html", config = "src/report/html/askama.toml")]
pub struct HtmlPage {
    strings: &'static Strings,
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
    duplicates: Vec<DuplicateTable>,
    people: BylineTable,
}

impl HtmlPage {
    /// Computes the values.
    pub fn new(stats: &ArchiveStats, summary: &Summary, run_info: &RunInfo, language: Language) -> HtmlPage {
        let strings = Strings::new(language);
        let articles = summary.articles;
        let publishers = ["publishers", strings.publishers_title, strings.publisher];
        let categories = ["categories", strings.categories_title, strings.category];
        HtmlPage {
            strings,
            lang: language.tag(),
            policy: csp::policy(STYLE, SCRIPT),
            style: STYLE,
            script: SCRIPT,
            version: run_info.version,
            verdict: VerdictSection::new(summary, run_info, strings),
            timeline: Timeline::new(&stats.days, articles, strings),
            lag: Timeline::lag_sentence(&stats.days, strings),
            groups: [
                GroupTable::new(&stats.publishers, publishers, articles, strings),
                GroupTable::new(&stats.categories, categories, articles, strings),
            ],
            lengths: LengthTable::new(stats, strings),
            findings: FindingTable::new(stats, summary, run_info, strings),
            readings: ReadingTable::new(stats, summary, strings),
            duplicates: DuplicateTable::both(stats, strings),
            people: BylineTable::new(&stats.people, articles, strings),
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

    use crate::report::html::strings::interpolate;

    /// Fills the only gap of the sentence.
    #[askama::filter_fn]
    pub fn filled(sentence: &str, _: &dyn Values, value: &str) -> askama::Result<String> {
        Ok(interpolate(sentence, &[value]))
    }
}
