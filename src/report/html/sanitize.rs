//! Sanitizes untrusted text for the page: escapes control characters and redacts e-mail addresses.
//!
//! The result is not HTML yet: the template escapes it.

use std::borrow::Cow;
use std::fmt::Write;

use crate::findings::snippet::Snippet;
use crate::text::email;
use crate::text::email::Addresses;
use crate::text::escape::is_unsafe;

/// A source line, split at the location of a finding if that can be shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct HighlightedLine {
    /// Text before the location, or the whole line.
    pub before: String,
    /// Character at the location, or empty.
    pub marked: String,
    /// Text after the location.
    pub after: String,
}

/// Redacts addresses, truncates to `max_chars` characters and escapes.
pub fn sanitize(text: &str, max_chars: usize) -> String {
    escape_controls(&truncate(&redact_addresses(text), max_chars))
}

/// Sanitizes the source line of a finding.
pub fn highlight(snippet: &Snippet) -> HighlightedLine {
    let mark = |is_cut| if is_cut { "…" } else { "" };
    let text = redact_addresses(&snippet.text);
    let mut marked = snippet.text.char_indices().skip(snippet.caret_offset).take(snippet.width);
    let marked = marked.next().map(|first| (first.0, marked.last().unwrap_or(first)));
    let (before, marked, after) = match (marked, &text) {
        (Some((start, (last, c))), Cow::Borrowed(text)) => {
            let end = last + c.len_utf8();
            (&text[..start], &text[start..end], &text[end..])
        }
        _ => (&*text, "", ""),
    };
    HighlightedLine {
        before: mark(snippet.truncated_start).to_owned() + &escape_controls(before),
        marked: escape_controls(marked),
        after: escape_controls(after) + mark(snippet.truncated_end),
    }
}

fn truncate(text: &str, max_chars: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => Cow::Owned(text[..end].to_owned() + "…"),
        None => Cow::Borrowed(text),
    }
}

fn escape_controls(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\t' {
            escaped.push(' ');
        } else if is_unsafe(c) || is_noncharacter(c) {
            // Writing to a `String` never fails.
            let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Returns `true` for Unicode noncharacters, which are errors in HTML.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Replaces the addresses, also those that are truncated at either end of the text.
fn redact_addresses(text: &str) -> Cow<'_, str> {
    email::redact(text, Addresses::in_excerpt(text)).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use crate::findings::snippet::Snippet;
    use crate::report::html::sanitize::{highlight, sanitize};

    #[test]
    fn control_characters_are_escaped() {
        for (text, expected) in [
            ("가나 <b>&amp;", "가나 <b>&amp;"),
            ("a\tb\nc\u{1b}[31m", "a b\\u{a}c\\u{1b}[31m"),
            ("\u{202e}txt.exe\u{2028}", "\\u{202e}txt.exe\\u{2028}"),
            ("::error::", "::error::"),
            ("\u{fdcf}\u{fdd0}\u{fdef}\u{fdf0}", "\u{fdcf}\\u{fdd0}\\u{fdef}\u{fdf0}"),
            ("\u{fffd}\u{fffe}\u{ffff}\u{10000}\u{10ffff}", "\u{fffd}\\u{fffe}\\u{ffff}\u{10000}\\u{10ffff}"),
        ] {
            assert_eq!(sanitize(text, 100), expected);
        }
        assert_eq!(sanitize("가나다라", 3), "가나다…");
        assert_eq!(sanitize("가나다", 3), "가나다");
    }

    #[test]
    fn no_address_is_left() {
        for (text, expected) in [
            ("홍길동 기자(hong.gil-dong@example.co.kr)", "홍길동 기자([email])"),
            ("a@b.example,c@d.example", "[email],[email]"),
            ("hong＠example.com", "[email]"),
            ("cut off hong@exam", "cut off [email]"),
            ("cut off hong@", "cut off [email]"),
            ("@example.com)", "[email])"),
            ("at @ noon, see @handle", "at @ noon, see @handle"),
            ("@", "@"),
            ("a@@b", "a@@b"),
        ] {
            assert_eq!(sanitize(text, 100), expected);
        }
        let long = "x".repeat(95) + "hong@example.com";
        assert!(!sanitize(&long, 100).contains("hong"), "an address is cut only after it was replaced");
    }

    #[test]
    fn a_line_shows_its_place_unless_that_moved() {
        let snippet = |text: &str, before| Snippet {
            width: 1,
            text: text.to_owned(),
            caret_offset: before,
            truncated_start: true,
            truncated_end: false,
        };
        let parts = |snippet| {
            let line = highlight(&snippet);
            [line.before, line.marked, line.after]
        };
        assert_eq!(parts(snippet("id: 가나", 4)), ["…id: ", "가", "나"]);
        assert_eq!(parts(snippet("id", 2)), ["…id", "", ""]);
        assert_eq!(parts(snippet("x@y.example: 가", 13)), ["…[email]: 가", "", ""]);
    }
}
