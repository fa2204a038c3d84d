//! The last line of a manifest: counts, version, options and the root.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::json;

/// Bytes that the last line begins with.
pub const TOTALS_START: &[u8] = b"{\"files\":";

/// The last line of a manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ManifestTotals {
    /// Number of lines before this one.
    pub files: u64,
    /// Number of accepted files, with those left out.
    pub accepted: u64,
    /// Number of rejected files.
    pub rejected: u64,
    /// Number of accepted files whose record was not written, since another file has the article.
    pub left_out: u64,
    /// Size of all files that were read to their end, in bytes.
    pub bytes: u64,
    /// The program's version.
    pub version: String,
    /// The PATHs as typed, and the options that decide what is read and what a record holds.
    pub options: Options,
    /// Root of the Merkle tree over all lines before this one (RFC 6962, SHA-256).
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub root: String,
}

/// Options of the run: the PATHs, and what decides what is read and what a record holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Options {
    /// The PATHs as typed, without secrets of URLs.
    pub paths: Vec<String>,
    /// The list that `--files-from` names.
    pub files_from: Option<String>,
    /// Globs of the names that are read.
    pub include: Vec<String>,
    /// Globs of the names that are skipped.
    pub exclude: Vec<String>,
    /// True if symbolic links in folders are followed.
    pub follow: bool,
    /// True if archives in folders are opened.
    pub archives: bool,
    /// The part that is read, such as `3/100`.
    pub shard: Option<String>,
    /// The limit of a file's size in bytes.
    pub max_file_size: u64,
    /// Levels of all rules whose level is not the default one, as `hash-mismatch=warning`.
    pub levels: Vec<String>,
    /// SHA-256 of the configuration file.
    pub config_sha256: Option<String>,
    /// `id` or `text` if duplicates are left out by it.
    pub dedup: Option<String>,
    /// Kinds of personal data that are replaced in records.
    pub redact: Vec<String>,
    /// Hash of the key of pseudonyms and of the telephone numbers that are kept, if there are any.
    pub redaction_sha256: Option<String>,
    /// Hash of the lists of articles that are left out, without their comments and their order.
    pub exclusions_sha256: Option<String>,
    /// The keys of a record.
    pub fields: Vec<String>,
}

impl ManifestTotals {
    /// Serializes the line, with its line feed.
    pub fn line(&self) -> String {
        json::line(self)
    }

    /// Returns the PATH that all paths begin with; `None` if there may be several.
    pub fn root_path(&self) -> Option<&str> {
        match (&self.options.paths[..], &self.options.files_from) {
            ([path], None) => Some(path),
            _ => None,
        }
    }

    /// Returns the word for what differs between two runs, so that they could give other records of the same files.
    pub fn differs_from(&self, other: &ManifestTotals) -> Option<&'static str> {
        if self.version != other.version {
            Some("version")
        } else if self.options != other.options {
            Some("set of options")
        } else {
            None
        }
    }
}
