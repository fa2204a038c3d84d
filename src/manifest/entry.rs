//! Lines of a manifest: one for each file. A worker writes a line's start, the run its end.

use std::borrow::Cow;
use std::io::Write;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::findings::rule::Rule;
use crate::output::json::string;
use crate::record::content_hash::ContentHash;

/// Bytes that every line begins with.
pub const LINE_START: &[u8] = b"{\"path\":\"";

/// One file: a line of the manifest. An accepted file has `verified`, a rejected one `rules`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ManifestEntry<'a> {
    /// The path, as in the record.
    #[serde(borrow)]
    pub path: Cow<'a, str>,
    /// Size in bytes; null if the file was not read to its end.
    pub size: Option<u64>,
    /// SHA-256 of the file's bytes; null if it was not read to its end.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: Option<Cow<'a, str>>,
    /// Modification time in nanoseconds since 1970; absent without `--trust-mtime`, and of a file that was new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mtime_ns: Option<u64>,
    /// `id` of the record; null if the file states no valid one.
    pub id: Option<Cow<'a, str>>,
    /// `content_hash` of the record; null if the file states no valid one.
    pub content_hash: Option<Cow<'a, str>>,
    /// SHA-256 of the record without `text` and `path`; null for a rejected file, unless
    /// `id-conflict` alone rejects it.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub record_sha256: Option<Cow<'a, str>>,
    /// `verified` of the record; absent for a rejected file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// True if the record was not written, since another file has the article; otherwise absent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left_out: bool,
    /// The rules that reject the file, each once; absent for an accepted file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<Cow<'a, str>>>,
    /// A hash of each key's value, for the comparison of folders; never written to a file.
    #[serde(default)]
    #[schemars(skip)]
    pub fields: Option<Cow<'a, str>>,
}

impl ManifestEntry<'_> {
    /// Returns `true` if the file gives an article, whether or not its record was written.
    pub fn is_accepted(&self) -> bool {
        self.verified.is_some()
    }

    /// Returns `true` if the file, folder or archive could not be read.
    pub fn is_unreadable(&self) -> bool {
        let is_it = |rule: &Cow<'_, str>| rule == Rule::Unreadable.code();
        self.sha256.is_none() && self.rules.iter().flatten().any(is_it)
    }
}

/// Values of a line's start.
#[derive(Debug, Default, Clone, Copy)]
pub struct EntryStart<'a> {
    /// The path, as in the record.
    pub path: &'a str,
    /// Size in bytes and hash of the file, if it was read to its end.
    pub file: Option<(usize, &'a ContentHash)>,
    /// Modification time in nanoseconds since 1970, if it is trusted.
    pub mtime_ns: Option<u64>,
    /// `id` of the article, if it is valid.
    pub id: Option<&'a str>,
    /// `content_hash` of the article, if it is valid.
    pub content_hash: Option<&'a str>,
    /// Hashes of the values of the record, if they are wanted.
    pub fields: Option<&'a [u64]>,
}

impl EntryStart<'_> {
    /// Appends the line's start, which lacks the hash of the record and the verdict.
    pub fn write(&self, into: &mut Vec<u8>) {
        let EntryStart { path, file, mtime_ns, id, content_hash, fields } = self;
        into.extend_from_slice(b"{\"path\":");
        string::write(path, into);
        into.extend_from_slice(b",\"size\":");
        match file {
            Some((size, _)) => _ = write!(into, "{size}"),
            None => into.extend_from_slice(b"null"),
        }
        write_hash(",\"sha256\":", file.map(|(_, hash)| hash), into);
        if let Some(mtime) = mtime_ns {
            _ = write!(into, ",\"mtime_ns\":{mtime}");
        }
        for (key, value) in [(",\"id\":", id), (",\"content_hash\":", content_hash)] {
            into.extend_from_slice(key.as_bytes());
            match value {
                Some(value) => string::write(value, into),
                None => into.extend_from_slice(b"null"),
            }
        }
        if let Some(fields) = fields {
            into.extend_from_slice(b",\"fields\":\"");
            for field in *fields {
                // Writing to memory cannot fail.
                _ = write!(into, "{field:016x}");
            }
            into.push(b'"');
        }
    }
}

/// The verdict on a file, which ends its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'r> {
    /// The file gives an article.
    Accepted {
        /// `verified` of the record.
        verified: bool,
        /// Set if the record was not written, since another file has the article.
        left_out: bool,
    },
    /// These rules reject the file.
    Rejected(&'r [Rule]),
}

impl Verdict<'_> {
    /// Appends the line's end, without a line feed. `record` is the hash of the record without `text` and `path`.
    pub fn write(self, record: Option<&ContentHash>, into: &mut Vec<u8>) {
        write_hash(",\"record_sha256\":", record, into);
        match self {
            Verdict::Accepted { verified, left_out } => {
                into.extend_from_slice(if verified { b",\"verified\":true" } else { b",\"verified\":false" });
                into.extend_from_slice(if left_out { b",\"left_out\":true}" } else { b"}" });
            }
            Verdict::Rejected(rules) => {
                into.extend_from_slice(b",\"rules\":[");
                for (number, rule) in rules.iter().enumerate() {
                    into.extend_from_slice(if number == 0 { b"\"" } else { b",\"" });
                    into.extend_from_slice(rule.code().as_bytes());
                    into.push(b'"');
                }
                into.extend_from_slice(b"]}");
            }
        }
    }
}

fn write_hash(key: &str, hash: Option<&ContentHash>, into: &mut Vec<u8>) {
    into.extend_from_slice(key.as_bytes());
    match hash {
        Some(hash) => {
            into.push(b'"');
            into.extend_from_slice(&hash.to_hex());
            into.push(b'"');
        }
        None => into.extend_from_slice(b"null"),
    }
}
