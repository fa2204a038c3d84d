//! Languages of the page.

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
