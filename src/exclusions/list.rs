//! Reads lists of what is left out: one entry a line, with comments.

use std::io::{self, BufRead, Read};

use crate::exclusions::Exclusions;
use crate::exclusions::address::Address;
use crate::text::escape::quote;

/// Maximum length of a line in bytes.
const MAX_LINE_BYTES: usize = 64 << 10;
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Entries of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// Ids of articles and of publishers.
    Ids,
    /// URLs and hosts.
    Addresses,
}

/// Error in a list.
#[derive(Debug)]
pub enum ListError {
    /// It cannot be read.
    Unreadable(io::Error),
    /// A line can match nothing.
    Line {
        /// Number of the line, from 1.
        number: u64,
        /// Reason.
        message: String,
    },
}

impl Exclusions {
    /// Adds the entries of a list. A `#` at the start of a line or after white space begins a comment.
    ///
    /// # Errors
    /// The list cannot be read, or a line can match nothing.
    pub fn read(&mut self, kind: ListKind, mut from: impl BufRead) -> Result<(), ListError> {
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            line.clear();
            let mut limited = (&mut from).take(MAX_LINE_BYTES as u64 + 1);
            if limited.read_until(b'\n', &mut line).map_err(ListError::Unreadable)? == 0 {
                break;
            }
            number += 1;
            let refuse = |message| ListError::Line { number, message };
            if line.len() > MAX_LINE_BYTES {
                return Err(refuse(format!("more than {MAX_LINE_BYTES} bytes")));
            }
            let text = str::from_utf8(&line).map_err(|_| refuse("not UTF-8".to_owned()))?;
            let text = text.strip_prefix(BYTE_ORDER_MARK).filter(|_| number == 1).unwrap_or(text);
            let entry = without_comment(text).trim();
            let is_added = match kind {
                _ if entry.is_empty() => true,
                ListKind::Ids => self.add_id(entry),
                ListKind::Addresses => self.add_address(entry),
            };
            if !is_added {
                return Err(refuse(message(kind, entry)));
            }
        }
        self.sort();
        Ok(())
    }
}

/// Cuts a comment off. In a URL, a `#` begins the fragment.
fn without_comment(line: &str) -> &str {
    let begins = |at: &usize| line[..*at].chars().next_back().is_none_or(char::is_whitespace);
    let comment = line.match_indices('#').map(|(at, _)| at).find(begins);
    &line[..comment.unwrap_or(line.len())]
}

/// Reason for which a line is refused, with the list that it belongs in.
fn message(kind: ListKind, entry: &str) -> String {
    let quoted = quote(entry);
    match kind {
        ListKind::Ids => {
            let hint = match Address::parse(entry) {
                Some(_) => "; URLs and hosts belong in the list of `--exclude-urls`",
                None => "",
            };
            format!("{quoted} is neither an id such as `001_0123456789` nor an `oid` such as `001`{hint}")
        }
        ListKind::Addresses => {
            let hint = match Exclusions::default().add_id(entry) {
                true => "; ids belong in the list of `--exclude-ids`",
                false => "",
            };
            format!("{quoted} is neither a URL of the web nor a host such as `example.com`{hint}")
        }
    }
}
