//! HTML templates, which escape every value.

use askama::Template;

use super::sections::findings::FindingTable;
use super::sections::groups::GroupTable;
use super::sections::lengths::LengthTable;
use super::sections::people::PeopleTable;
use super::sections::readings::ReadingTable;
use super::sections::repeats::RepeatTable;
use super::sections::timeline::Timeline;
use super::sections::verdict::Verdict;
use super::words::Words;
use super::{About, Language, guard};
use crate::census::Census;
use crate::summary::Summary;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// All values of the page.
#[derive(Template)]
#[template(path = "page.html", config = "src/page/askama.toml")]
pub struct Page {
    words: &'static Words,
    lang: &'static str,
    policy: String,
    style: &'static str,
    script: &'static str,
    version: &'static str,
    verdict: Verdict,
    timeline: Timeline,
    lag: Option<String>,
    groups: [GroupTable; 2],
    lengths: LengthTable,
    findings: FindingTable,
    readings: ReadingTable,
    repeats: Vec<RepeatTable>,
    people: PeopleTable,
}

impl Page {
    /// Computes the values.
    pub fn of(census: &Census, summary: &Summary, about: &About, language: Language) -> Page {
        let words = Words::of(language);
        let articles = summary.articles;
        let publishers = ["publishers", words.publishers_title, words.publisher];
        let categories = ["categories", words.categories_title, words.category];
        Page {
            words,
            lang: language.tag(),
            policy: guard::policy(STYLE, SCRIPT),
            style: STYLE,
            script: SCRIPT,
            version: about.version,
            verdict: Verdict::of(summary, about, words),
            timeline: Timeline::of(&census.days, articles, words),
            lag: Timeline::lag_sentence(&census.days, words),
            groups: [
                GroupTable::of(&census.publishers, publishers, articles, words),
                GroupTable::of(&census.categories, categories, articles, words),
            ],
            lengths: LengthTable::of(census, words),
            findings: FindingTable::of(census, summary, words),
            readings: ReadingTable::of(census, summary, words),
            repeats: RepeatTable::both(census, words),
            people: PeopleTable::of(&census.people, articles, words),
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

    use crate::page::words::fill;

    /// Fills the only gap of the sentence.
    #[askama::filter_fn]
    pub fn filled(sentence: &str, _: &dyn Values, value: &str) -> askama::Result<String> {
        Ok(fill(sentence, &[value]))
    }
}
