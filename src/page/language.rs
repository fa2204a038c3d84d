//! The languages that a page speaks.

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Korean.
    Korean,
    /// English.
    English,
}

impl Language {
    /// The language of a locale such as `ko_KR.UTF-8`: English unless it is Korean.
    pub fn of_locale(locale: &str) -> Language {
        match locale.split(['_', '.', '@', '-']).next() {
            Some("ko") => Language::Korean,
            _ => Language::English,
        }
    }

    /// As HTML names it.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Korean => "ko",
            Language::English => "en",
        }
    }
}
