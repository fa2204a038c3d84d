//! URLs and hosts in the form in which they are compared.

use std::net::Ipv4Addr;

/// Longest name of a host in bytes.
const MAX_HOST_BYTES: usize = 253;
/// First labels that lead to the same articles as the host without them: desktop and mobile pages.
const ALIASES: [&str; 2] = ["www.", "m."];

/// A URL of the web, or a host alone, in one form for all ways to write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    form: Vec<u8>,
    host_length: usize,
}

impl Address {
    /// Parses a URL with or without its scheme, or a host; `None` if no page of the web has such an address.
    ///
    /// Dropped are the scheme, the user, `www.` or `m.`, the ports 80 and 443, slashes at the end of the path, and the
    /// fragment. Host names are in lower case, and what needs no percent sign has none.
    pub fn parse(text: &str) -> Option<Self> {
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return None;
        }
        let (has_scheme, rest) = split_scheme(text)?;
        let (authority, target) = rest.split_at(rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()));
        let authority = match authority.rsplit_once('@') {
            // This is an e-mail address.
            Some(_) if !has_scheme => return None,
            Some((_, host)) => host,
            None => authority,
        };
        let mut form = host(authority)?.into_bytes();
        let host_length = form.len();
        let target = target.split('#').next().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        push_decoded(path.trim_end_matches('/'), &mut form);
        if !query.is_empty() {
            form.push(b'?');
            push_decoded(query, &mut form);
        }
        Some(Address { form, host_length })
    }

    /// The whole address; of a URL without path and query, the host.
    pub fn as_bytes(&self) -> &[u8] {
        &self.form
    }

    /// The host, with its port unless it is the usual one.
    pub fn host(&self) -> &[u8] {
        &self.form[..self.host_length]
    }
}

/// Returns whether there is a scheme, and what follows it; `None` if the scheme is not that of a page.
fn split_scheme(text: &str) -> Option<(bool, &str)> {
    let is_scheme =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    match text.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => {
            let is_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
            is_web.then_some((true, rest))
        }
        _ => Some((false, text.strip_prefix("//").unwrap_or(text))),
    }
}

fn host(authority: &str) -> Option<String> {
    let (name, port) = authority.split_once(':').unwrap_or((authority, ""));
    let name = name.strip_suffix('.').unwrap_or(name).to_lowercase();
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_label = |label: &str| !label.is_empty() && label.chars().all(is_inner);
    let (_, top) = name.rsplit_once('.')?;
    let is_host = name.len() <= MAX_HOST_BYTES
        && name.split('.').all(is_label)
        && (top.contains(char::is_alphabetic) || name.parse::<Ipv4Addr>().is_ok());
    let rest = ALIASES.iter().find_map(|alias| name.strip_prefix(alias)).filter(|rest| rest.contains('.'));
    let name = rest.unwrap_or(&name);
    match port {
        _ if !is_host => None,
        "" | "80" | "443" => Some(name.to_owned()),
        port => port.parse::<u16>().ok().map(|port| format!("{name}:{port}")),
    }
}

/// Appends a path or a query; of its percent-encoded bytes, those are decoded that separate nothing.
fn push_decoded(text: &str, into: &mut Vec<u8>) {
    let hex = |digit: u8| char::from(digit).to_digit(16);
    let mut rest = text.as_bytes();
    loop {
        if let [b'%', high, low, behind @ ..] = rest
            && let Some((high, low)) = hex(*high).zip(hex(*low))
        {
            let byte = (high << 4 | low) as u8;
            match byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || !byte.is_ascii() {
                true => into.push(byte),
                false => into.extend_from_slice(format!("%{byte:02X}").as_bytes()),
            }
            rest = behind;
        } else if let [byte, behind @ ..] = rest {
            into.push(*byte);
            rest = behind;
        } else {
            return;
        }
    }
}
