//! Shares in percent, compared without rounding.

use std::fmt;
use std::str::FromStr;

/// A share from 0 % to 100 %, in millionths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u64);

/// Millionths in a percent.
const PERCENT: u64 = 1_000_000;
const DECIMALS: usize = 6;

/// Error for a text that is not a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseShareError;

impl Share {
    /// Returns `true` if `part` of `whole` is more than the share.
    pub fn is_exceeded(self, part: u64, whole: u64) -> bool {
        let [part, whole] = self.scaled(part, whole);
        part > whole
    }

    /// Returns `true` if `part` of `whole` is less than the share.
    pub fn is_missed(self, part: u64, whole: u64) -> bool {
        let [part, whole] = self.scaled(part, whole);
        part < whole
    }

    /// The part, and the share of the whole, in the same unit.
    fn scaled(self, part: u64, whole: u64) -> [u128; 2] {
        [u128::from(part) * 100 * u128::from(PERCENT), u128::from(whole) * u128::from(self.0)]
    }
}

impl FromStr for Share {
    type Err = ParseShareError;

    /// Parses `1%` or `0.5%`, with at most six decimals.
    fn from_str(text: &str) -> Result<Self, ParseShareError> {
        let share = text.strip_suffix('%').and_then(percent).filter(|share| *share <= 100 * PERCENT);
        share.map(Share).ok_or(ParseShareError)
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

impl fmt::Display for Share {
    /// Writes `0.5%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0 / PERCENT)?;
        let decimals = format!("{:06}", self.0 % PERCENT);
        match decimals.trim_end_matches('0') {
            "" => f.write_str("%"),
            decimals => write!(f, ".{decimals}%"),
        }
    }
}

impl fmt::Display for ParseShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a share such as 1% or 0.5%")
    }
}

impl std::error::Error for ParseShareError {}
