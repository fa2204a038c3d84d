//! What an article's URL says: whether it is a web address at all, and which article it names.

/// The `(oid, aid)` digits that a Naver article URL names, as they stand there and of any length.
///
/// The path names them (`/article/OID/AID`, with one word such as `newspaper` before the two or not), else the
/// query does (`oid=…` and `aid=…`, in either order, the first of each). `None` when the host is not under
/// `naver.com` or neither names both.
pub fn named_pair(url: &str) -> Option<(&str, &str)> {
    let (authority, target) = authority_and_target(url)?;
    if !is_naver(host(authority)?) {
        return None;
    }
    let target = target.split_once('#').map_or(target, |(target, _fragment)| target);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    pair_of_path(path).or_else(|| pair_of_query(query))
}

/// Whether `url` is `http` or `https`, names a host, and holds neither white space nor control characters.
pub fn is_web_address(url: &str) -> bool {
    let names_a_host = authority_and_target(url).and_then(|(authority, _)| host(authority)).is_some();
    let is_seen = |c: char| !c.is_whitespace() && !c.is_control();
    names_a_host && (url.bytes().all(|byte| byte.is_ascii_graphic()) || url.chars().all(is_seen))
}

/// `n.news.naver.com:443` and `/article/…` of `https://n.news.naver.com:443/article/…`.
fn authority_and_target(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    // Browsers take a backslash for a slash here: what follows it is not the host either.
    Some(rest.split_at(rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len())))
}

/// The host of an authority, without user and port; `None` when that is nothing or the port is no number.
fn host(authority: &str) -> Option<&str> {
    let address = authority.rsplit_once('@').map_or(authority, |(_user, address)| address);
    let host_end = match address.find(']') {
        Some(bracket) if address.starts_with('[') => bracket + 1,
        _ => address.find(':').unwrap_or(address.len()),
    };
    let (host, port) = address.split_at(host_end);
    let port_is_number = port.is_empty() || port.strip_prefix(':').is_some_and(all_digits);
    (!host.is_empty() && port_is_number).then_some(host)
}

fn is_naver(host: &str) -> bool {
    const DOMAIN: &str = ".naver.com";
    let Some((name, domain)) = host.len().checked_sub(DOMAIN.len()).and_then(|at| host.split_at_checked(at))
    else {
        return false;
    };
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    domain.eq_ignore_ascii_case(DOMAIN) && name.split('.').all(is_label)
}

fn pair_of_path(path: &str) -> Option<(&str, &str)> {
    let mut segments = path.split('/');
    while segments.any(|segment| segment == "article") {
        let mut after = segments.clone();
        let first = after.next()?;
        let oid = if is_number(first) { first } else { after.next()? };
        let aid = after.next()?;
        if is_number(oid) && is_number(aid) {
            return Some((oid, aid));
        }
    }
    None
}

fn pair_of_query(query: &str) -> Option<(&str, &str)> {
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
