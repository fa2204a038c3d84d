//! Lengths of the texts: quantiles, a histogram for a chart, and the shortest and longest texts.

use crate::record::metrics::ArticleLabels;
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

/// Number of texts per step: a step begins at one of [`EDGES`] and ends before the next.
#[derive(Debug, Clone)]
pub struct Histogram {
    counts: [u64; EDGES.len()],
}

/// Lower edges of the steps: ten per decade (Renard series R10), as far as whole numbers allow.
pub const EDGES: [usize; 68] = [
    0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500,
    630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000, 6300, 8000, 10_000, 12_500, 16_000, 20_000,
    25_000, 31_500, 40_000, 50_000, 63_000, 80_000, 100_000, 125_000, 160_000, 200_000, 250_000, 315_000,
    400_000, 500_000, 630_000, 800_000, 1_000_000, 1_250_000, 1_600_000, 2_000_000, 2_500_000, 3_150_000,
    4_000_000, 5_000_000, 6_300_000, 8_000_000,
];

impl Default for Histogram {
    fn default() -> Self {
        Histogram { counts: [0; EDGES.len()] }
    }
}

impl Histogram {
    /// Counts a text.
    pub fn add(&mut self, characters: usize) {
        self.counts[EDGES.partition_point(|edge| *edge <= characters) - 1] += 1;
    }

    /// Returns the steps from the shortest text to the longest, each as lower edge and number of texts.
    pub fn steps(&self) -> Vec<(usize, u64)> {
        let first = self.counts.iter().position(|count| *count > 0);
        let last = self.counts.iter().rposition(|count| *count > 0);
        let Some((first, last)) = first.zip(last) else { return Vec::new() };
        (first..=last).map(|step| (EDGES[step], self.counts[step])).collect()
    }
}

/// A few texts at either end; of equal lengths, the first ones.
#[derive(Debug, Default)]
pub struct LengthRecords {
    /// In ascending order of length.
    pub shortest: Vec<LengthRecord>,
    /// In descending order of length.
    pub longest: Vec<LengthRecord>,
}

/// A text with its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LengthRecord {
    /// Length of the text in characters.
    pub characters: usize,
    /// Id of the article.
    pub id: String,
    /// Title of the article.
    pub title: String,
    /// Path of the file.
    pub path: String,
}

const MAX_LENGTH_RECORDS: usize = 5;

impl LengthRecords {
    /// Adds an article if it belongs to either list.
    pub fn add(&mut self, characters: usize, labels: &ArticleLabels<'_>, path: &str) {
        let record = || LengthRecord {
            characters,
            id: labels.id.to_owned(),
            title: labels.title.to_owned(),
            path: path.to_owned(),
        };
        insert(&mut self.shortest, |other| other.characters <= characters, record);
        insert(&mut self.longest, |other| other.characters >= characters, record);
    }
}

/// Inserts after all entries for which `stays_before` holds, if that is among the first few.
fn insert(
    into: &mut Vec<LengthRecord>,
    stays_before: impl Fn(&LengthRecord) -> bool,
    record: impl Fn() -> LengthRecord,
) {
    if into.len() == MAX_LENGTH_RECORDS && into.last().is_some_and(&stays_before) {
        return;
    }
    into.insert(into.partition_point(stays_before), record());
    into.truncate(MAX_LENGTH_RECORDS);
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
