//! Histogram of text lengths on a log scale, for a chart.

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
