//! Times in the forms of other writers, rewritten in the form that the record's parser reads.

use std::borrow::Cow;

use jiff::fmt::rfc2822;

/// Rewrites a time: `2026-03-05 10:11:12 (UTC +09:00)` to `2026-03-05 10:11:12 +09:00`, a zone of `UTC`, `GMT`, `z` or
/// `+09`, and a time as in e-mail, `Wed, 04 Mar 2026 08:15:00 GMT`. Any other text is returned as it is.
pub fn normalize(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        let time = rfc2822::parse(text).map(|time| time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
        return time.map_or(Cow::Borrowed(text), Cow::Owned);
    }
    // The date before has hyphens too.
    let Some((date, rest)) = text.split_at_checked("2026-03-05".len()).filter(|(_, rest)| rest.len() > 1)
    else {
        return Cow::Borrowed(text);
    };
    let has_lowercase_mark = rest.starts_with('t');
    let mut after_mark = rest.char_indices().skip(1);
    let (clock, zone) = match after_mark.find(|(_, c)| !matches!(c, '0'..='9' | ':' | '.')) {
        Some((end, _)) => rest.split_at(end),
        None => (rest, ""),
    };
    let inner = zone.trim();
    let inner = inner.strip_prefix('(').and_then(|zone| zone.strip_suffix(')')).unwrap_or(inner);
    let offset = ["UTC", "GMT"].iter().find_map(|name| inner.strip_prefix(name)).map(str::trim_start);
    let rewritten = match offset.unwrap_or(inner) {
        "z" => "Z",
        "" if offset.is_some() => "Z",
        offset => offset,
    };
    let is_hour_alone = rewritten.len() == 3 && rewritten.starts_with(['+', '-']);
    if rewritten == zone && !has_lowercase_mark && !is_hour_alone {
        return Cow::Borrowed(text);
    }
    let clock = if has_lowercase_mark { &clock[1..] } else { clock };
    let mark = if has_lowercase_mark { "T" } else { "" };
    let minutes = if is_hour_alone { "00" } else { "" };
    Cow::Owned([date, mark, clock, rewritten, minutes].concat())
}
