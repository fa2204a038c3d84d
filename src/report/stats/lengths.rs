//! Distribution of text lengths for quantiles, in memory that does not grow with the number of texts.

use crate::report::stats::tally::SparseCounts;

/// Number of texts by length: exact up to 2,047 characters, within 1/1024 above.
#[derive(Debug, Default, Clone)]
pub struct LengthHistogram {
    buckets: SparseCounts,
}

/// Number of buckets per octave (from one power of two to the next).
const BUCKETS_PER_OCTAVE: usize = 1 << OCTAVE_BITS;
const OCTAVE_BITS: u32 = 10;

impl LengthHistogram {
    /// Counts a text.
    pub fn add(&mut self, characters: usize) {
        self.buckets.add(bucket(characters), 1);
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &LengthHistogram) {
        other.buckets.iter().for_each(|(bucket, count)| self.buckets.add(bucket, count));
    }

    /// Returns the smallest length that covers `percent` of the texts, or `None` without texts. Above 2,047 characters
    /// it is up to 0.1% too small.
    pub fn quantile(&self, percent: u64) -> Option<usize> {
        let whole: u64 = self.buckets.iter().map(|(_, count)| u64::from(count)).sum();
        let rank = (whole * percent).div_ceil(100).max(1);
        let mut passed = 0;
        let reaches = |(_, count): &(usize, u32)| {
            passed += u64::from(*count);
            passed >= rank
        };
        self.buckets.iter().find(reaches).map(|(bucket, _)| bucket_start(bucket))
    }
}

fn bucket(characters: usize) -> usize {
    if characters < 2 * BUCKETS_PER_OCTAVE {
        return characters;
    }
    let octave = characters.ilog2() - OCTAVE_BITS;
    octave as usize * BUCKETS_PER_OCTAVE + (characters >> octave)
}

/// Smallest length in a bucket.
fn bucket_start(bucket: usize) -> usize {
    let octave = (bucket / BUCKETS_PER_OCTAVE).saturating_sub(1);
    (bucket - octave * BUCKETS_PER_OCTAVE) << octave
}

#[cfg(test)]
mod tests {
    use crate::report::stats::lengths::{bucket, bucket_start};

    #[test]
    fn buckets_follow_each_other_and_are_narrow() {
        for (length, lowest) in [
            (0, 0),
            (1, 1),
            (2047, 2047),
            (2048, 2048),
            (2049, 2048),
            (4095, 4094),
            (4099, 4096),
            (29_535, 29_520),
        ] {
            assert_eq!(bucket_start(bucket(length)), lowest, "{length}");
        }
        for number in 0..40_000 {
            assert_eq!(bucket(bucket_start(number)), number);
            assert!(bucket_start(number) < bucket_start(number + 1));
        }
    }
}
