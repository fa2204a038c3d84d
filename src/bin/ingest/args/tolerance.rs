//! Parses `--max-rejected`.

use std::str::FromStr;

/// Maximum number of rejected files of a successful run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaxRejected {
    /// Number of files.
    Files(u64),
    /// Share of all files, in millionths of a percent.
    Share(u64),
}

const PERCENT: u64 = 1_000_000;
const DECIMALS: usize = 6;

impl MaxRejected {
    /// Tolerates no rejected file.
    pub const NONE: MaxRejected = MaxRejected::Files(0);

    /// Returns `true` if `rejected` of `all` files are within the limit.
    pub fn allows(self, rejected: u64, all: u64) -> bool {
        match self {
            MaxRejected::Files(most) => rejected <= most,
            MaxRejected::Share(share) => {
                u128::from(rejected) * 100 * u128::from(PERCENT) <= u128::from(all) * u128::from(share)
            }
        }
    }
}

impl FromStr for MaxRejected {
    type Err = String;

    /// Parses `20`, `1%` or `0.5%`.
    fn from_str(text: &str) -> Result<Self, String> {
        let tolerance = match text.strip_suffix('%') {
            Some(share) => percent(share).filter(|share| *share <= 100 * PERCENT).map(MaxRejected::Share),
            None => digits(text).map(MaxRejected::Files),
        };
        tolerance.ok_or_else(|| "not a number of files or a share of them, such as 20, 1% or 0.5%".to_owned())
    }
}

fn percent(text: &str) -> Option<u64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    if decimals.len() > DECIMALS {
        return None;
    }
    let scale = 10_u64.pow((DECIMALS - decimals.len()) as u32);
    digits(whole)?.checked_mul(PERCENT)?.checked_add(digits(decimals)? * scale)
}

/// Parses a number without a sign.
fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
