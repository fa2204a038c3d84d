//! Article URLs: checks that they are web addresses, and finds the article that they name.

/// Returns the digits of `(oid, aid)` in a Naver article URL, as written and of any length.
///
/// They are taken from the path (`/article/OID/AID`, with or without one word such as `newspaper` before the two),
/// otherwise from the query (`oid=…` and `aid=…`, in either order, the first of each). `None` if the host is not
/// under `naver.com`, or if neither names both.
pub fn article_ids(url: &str) -> Option<(&str, &str)> {
    let (authority, target) = authority_and_target(url)?;
    if !is_naver(host(authority)?) {
        return None;
    }
    let (target, _fragment) = split_at_byte(target, b'#');
    let (path, query) = split_at_byte(target, b'?');
    ids_in_path(path).or_else(|| ids_in_query(query))
}

/// Returns whether `url` is the usual address of the article with these digits.
pub fn is_usual_address(url: &str, oid: &str, aid: &str) -> bool {
    let ids = url.strip_prefix("https://n.news.naver.com/mnews/article/");
    let of_article = ids.and_then(|ids| ids.strip_prefix(oid)?.strip_prefix('/'));
    of_article == Some(aid)
}

/// Returns whether `url` is `http` or `https`, has a host, and contains neither white space nor control characters.
pub fn is_web_address(url: &str) -> bool {
    let names_a_host = authority_and_target(url).and_then(|(authority, _)| host(authority)).is_some();
    let is_seen = |c: char| !c.is_whitespace() && !c.is_control();
    names_a_host && (url.bytes().all(|byte| byte.is_ascii_graphic()) || url.chars().all(is_seen))
}

/// Splits `https://n.news.naver.com:443/article/…` into `n.news.naver.com:443` and `/article/…`.
fn authority_and_target(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = split_at_byte(url, b':');
    let rest = rest.strip_prefix("//")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    // Browsers treat a backslash here as a slash: the text after it is not part of the host either.
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'\\' | b'?' | b'#'));
    Some(rest.split_at(end.unwrap_or(rest.len())))
}

/// Returns the host of an authority, without user and port; `None` if it is empty or the port is not a number.
fn host(authority: &str) -> Option<&str> {
    let address =
        authority.bytes().rposition(|byte| byte == b'@').map_or(authority, |at| &authority[at + 1..]);
    let bracket = if address.starts_with('[') { address.find(']') } else { None };
    let host_end = bracket.map_or_else(|| split_at_byte(address, b':').0.len(), |bracket| bracket + 1);
    let (host, port) = address.split_at(host_end);
    let port_is_number = port.is_empty() || port.strip_prefix(':').is_some_and(all_digits);
    (!host.is_empty() && port_is_number).then_some(host)
}

fn is_naver(host: &str) -> bool {
    const DOMAIN: &str = ".naver.com";
    // A final dot makes a name absolute, and the host is the same.
    let host = host.strip_suffix('.').unwrap_or(host);
    let Some((name, domain)) = host.len().checked_sub(DOMAIN.len()).and_then(|at| host.split_at_checked(at))
    else {
        return false;
    };
    let is_label = |label: &[u8]| {
        !label.is_empty() && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    domain.eq_ignore_ascii_case(DOMAIN) && name.as_bytes().split(|&byte| byte == b'.').all(is_label)
}

/// Splits `text` at its first `mark`; the second part is empty if there is no mark.
// Addresses are short: a loop finds the mark before a searcher would be set up.
fn split_at_byte(text: &str, mark: u8) -> (&str, &str) {
    match text.bytes().position(|byte| byte == mark) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    }
}

fn ids_in_path(path: &str) -> Option<(&str, &str)> {
    let mut rest = path;
    while !rest.is_empty() {
        let segment;
        (segment, rest) = split_at_byte(rest, b'/');
        if segment != "article" {
            continue;
        }
        let (first, behind) = split_at_byte(rest, b'/');
        let (oid, behind) = if is_number(first) { (first, behind) } else { split_at_byte(behind, b'/') };
        let (aid, _) = split_at_byte(behind, b'/');
        if is_number(oid) && is_number(aid) {
            return Some((oid, aid));
        }
    }
    None
}

fn ids_in_query(query: &str) -> Option<(&str, &str)> {
    let value = |name: &str| {
        query.split('&').find_map(|field| field.strip_prefix(name)).filter(|value| is_number(value))
    };
    Some((value("oid=")?, value("aid=")?))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && all_digits(text)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
