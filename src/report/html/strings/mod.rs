//! Languages of the page, and its text in each. A missing translation does not compile.

pub(crate) mod en;
pub(crate) mod ko;

use crate::findings::rule::Rule;

/// A language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Korean.
    Korean,
    /// English.
    English,
}

impl Language {
    /// Returns Korean for a Korean locale such as `ko_KR.UTF-8`, else English.
    pub fn of_locale(locale: &str) -> Language {
        match locale.split(['_', '.', '@', '-']).next() {
            Some("ko") => Language::Korean,
            _ => Language::English,
        }
    }

    /// Value of the HTML attribute `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Korean => "ko",
            Language::English => "en",
        }
    }
}

/// Text in one language. [`interpolate`] replaces the gaps `{0}`, `{1}` and so on.
#[derive(Debug)]
pub struct Strings {
    pub language: Language,
    pub document_title: &'static str,
    pub skip: &'static str,
    pub contents: &'static str,
    pub all_accepted: &'static str,
    pub some_rejected: &'static str,
    pub one_rejected: &'static str,
    pub some_tolerated: &'static str,
    pub nothing_read: &'static str,
    pub passed: &'static str,
    pub failed: &'static str,
    pub why_verified: &'static str,
    pub why_unverified: &'static str,
    pub why_rejected: &'static str,
    pub more_rules: &'static str,
    pub why_tolerated: &'static str,
    pub why_warnings: &'static str,
    pub why_skipped: &'static str,
    pub why_excluded: &'static str,
    pub why_stopped: &'static str,
    pub why_nothing: &'static str,
    pub files: &'static str,
    pub articles: &'static str,
    pub rejected: &'static str,
    pub verified: &'static str,
    pub size: &'static str,
    pub time: &'static str,
    pub of_files: &'static str,
    pub of_articles: &'static str,
    pub version: &'static str,
    pub command: &'static str,
    pub made_at: &'static str,
    pub days_title: &'static str,
    pub weeks_title: &'static str,
    pub months_title: &'static str,
    pub years_title: &'static str,
    pub per_years: &'static str,
    pub nav_time: &'static str,
    pub published: &'static str,
    pub crawled: &'static str,
    pub no_article_day: &'static str,
    pub days_note: &'static str,
    pub span_text: &'static str,
    pub undated: &'static str,
    pub outside: &'static str,
    pub gaps: &'static str,
    pub gap_days: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub as_table: &'static str,
    pub chart_days: &'static str,
    pub without_article: &'static str,
    pub lag_title: &'static str,
    pub lag_text: &'static str,
    pub lag: &'static str,
    pub lag_before: &'static str,
    pub lag_same: &'static str,
    pub lag_or_more: &'static str,
    pub share_of_articles: &'static str,
    pub no_dates: &'static str,
    pub publishers_title: &'static str,
    pub publisher: &'static str,
    pub categories_title: &'static str,
    pub category: &'static str,
    pub verified_of_files: &'static str,
    pub median_length: &'static str,
    pub none_given: &'static str,
    pub others: &'static str,
    pub past_bound: &'static str,
    pub length_note: &'static str,
    pub filter: &'static str,
    pub show_all: &'static str,
    pub show_fewer: &'static str,
    pub rows_shown: &'static str,
    pub sort_hint: &'static str,
    pub lengths_title: &'static str,
    pub lengths_text: &'static str,
    pub lengths_note: &'static str,
    pub chart_lengths: &'static str,
    pub median: &'static str,
    pub percentile_90: &'static str,
    pub percentile_99: &'static str,
    pub characters: &'static str,
    pub texts: &'static str,
    pub shortest: &'static str,
    pub longest: &'static str,
    pub title: &'static str,
    pub id: &'static str,
    pub no_articles: &'static str,
    pub findings_title: &'static str,
    pub no_findings: &'static str,
    pub findings_text: &'static str,
    pub rule: &'static str,
    pub level: &'static str,
    pub error: &'static str,
    pub warning: &'static str,
    pub count: &'static str,
    pub meaning: &'static str,
    pub examples: &'static str,
    pub examples_of: &'static str,
    /// Before the command that lists all findings of a rule.
    pub list_all: &'static str,
    pub clusters_publishers: &'static str,
    pub clusters_days: &'static str,
    pub clusters_note: &'static str,
    pub other_publishers: &'static str,
    pub unknown_publisher: &'static str,
    pub unknown_day: &'static str,
    pub readings_title: &'static str,
    pub readings_text: &'static str,
    pub reading: &'static str,
    pub escaped: &'static str,
    pub unescaped: &'static str,
    pub up_to_comments: &'static str,
    pub by_layout: &'static str,
    pub crlf: &'static str,
    pub share_of_verified: &'static str,
    pub outcome: &'static str,
    pub hash_matches: &'static str,
    pub hash_mismatch: &'static str,
    pub hash_missing: &'static str,
    pub hash_malformed: &'static str,
    pub hash_rest: &'static str,
    pub share_of_files: &'static str,
    pub comments_text: &'static str,
    pub repeats_title: &'static str,
    pub same_id: &'static str,
    pub same_id_text: &'static str,
    pub same_text: &'static str,
    pub same_text_text: &'static str,
    pub none_repeated: &'static str,
    pub times: &'static str,
    pub publishers_of: &'static str,
    pub paths_of: &'static str,
    pub untracked: &'static str,
    pub unlisted: &'static str,
    pub largest_groups: &'static str,
    pub people_title: &'static str,
    pub with_byline: &'static str,
    pub with_name: &'static str,
    pub with_address: &'static str,
    pub addresses: &'static str,
    pub privacy: &'static str,
    pub role: &'static str,
    pub people: &'static str,
    pub share_of_people: &'static str,
    pub footer: &'static str,
}

impl Strings {
    /// Returns the text in a language.
    pub fn new(language: Language) -> &'static Strings {
        match language {
            Language::Korean => &ko::STRINGS,
            Language::English => &en::STRINGS,
        }
    }

    /// Condition under which a rule is broken.
    pub fn rule_summary(&self, rule: Rule) -> &'static str {
        match self.language {
            Language::Korean => rule.korean_summary(),
            Language::English => rule.summary(),
        }
    }
}

/// Fills the gaps of `sentence` with `values`.
pub fn interpolate(sentence: &str, values: &[&str]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let (gap, behind) = behind.split_once('}').unwrap_or((behind, ""));
        filled.push_str(gap.parse().ok().and_then(|gap: usize| values.get(gap)).copied().unwrap_or_default());
        rest = behind;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use crate::report::html::strings::interpolate;

    #[test]
    fn gaps_are_filled_once_and_in_any_order() {
        assert_eq!(interpolate("{1} of {0}", &["{1}", "2"]), "2 of {1}");
        assert_eq!(interpolate("none", &["1"]), "none");
    }
}
