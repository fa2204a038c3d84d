//! Shards: disjoint parts of the sources, the same on every machine.

use std::fmt;
use std::str::FromStr;

/// The `I`-th of `N` disjoint parts of all sources.
///
/// The shard of a file is the hash of its path relative to its argument: FNV-1a with 64 bits, its bits mixed as in
/// MurmurHash3, modulo `N`, plus 1. For a file that is an argument itself, the path is its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    count: u64,
}

impl Shard {
    /// Returns `true` if the source at this relative path is in the shard.
    pub fn contains(self, relative: &[u8]) -> bool {
        murmur_finalize(fnv1a(relative)) % self.count == self.index
    }
}

impl FromStr for Shard {
    type Err = String;

    /// Parses a shard such as `3/100`.
    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            is_plain.then(|| text.parse::<u64>().ok())?
        };
        let parts = text.split_once('/').and_then(|(index, count)| number(index).zip(number(count)));
        match parts {
            Some((index, count)) if (1..=count).contains(&index) => Ok(Shard { index: index - 1, count }),
            _ => Err("not a part of a whole, from 1/N to N/N, such as 3/100".to_owned()),
        }
    }
}

/// Displays the shard as it is typed: `3/100`.
impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index + 1, self.count)
    }
}

fn fnv1a(bytes: &[u8]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x100_0000_01b3;
    bytes.iter().fold(BASIS, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

/// Mixes the bits of the hash: the low bits of FNV-1a do not depend on every bit of the input.
fn murmur_finalize(mut hash: u64) -> u64 {
    for factor in [0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53] {
        hash = (hash ^ hash >> 33).wrapping_mul(factor);
    }
    hash ^ hash >> 33
}
