//! Parses `--max-rejected`.

use std::str::FromStr;

use news_ingest::expect::Share;

/// Maximum number of rejected files of a successful run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaxRejected {
    /// Number of files.
    Files(u64),
    /// Share of all files.
    Share(Share),
}

impl MaxRejected {
    /// Tolerates no rejected file.
    pub const NONE: MaxRejected = MaxRejected::Files(0);

    /// Returns `true` if `rejected` of `all` files are within the limit.
    pub fn allows(self, rejected: u64, all: u64) -> bool {
        match self {
            MaxRejected::Files(most) => rejected <= most,
            MaxRejected::Share(share) => !share.is_exceeded(rejected, all),
        }
    }
}

impl FromStr for MaxRejected {
    type Err = String;

    /// Parses `20`, `1%` or `0.5%`.
    fn from_str(text: &str) -> Result<Self, String> {
        let tolerance = match text.ends_with('%') {
            true => text.parse().ok().map(MaxRejected::Share),
            // A sign is refused, which a number may have.
            false => text.parse().ok().filter(|_| !text.starts_with('+')).map(MaxRejected::Files),
        };
        tolerance.ok_or_else(|| "not a number of files or a share of them, such as 20, 1% or 0.5%".to_owned())
    }
}
