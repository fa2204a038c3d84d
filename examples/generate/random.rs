//! A small random generator (splitmix64): the same seed gives the same archive on every machine.

/// A stream of random numbers.
pub struct Random(u64);

impl Random {
    /// The stream of one file: it depends on nothing that was drawn for the files before it.
    pub fn of_file(seed: u64, index: u64) -> Self {
        let mut start = Random(seed);
        Random(start.next().wrapping_add(index.wrapping_mul(0xd1b5_4a32_d192_ed03)))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        // The high half times the end, halved again: no division, no bias that matters here.
        (((self.next() >> 32) * end as u64) >> 32) as usize
    }

    /// A number from `first` to `last`, both included.
    pub fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    /// True for that share of all calls, 0 to 1.
    pub fn share(&mut self, share: f64) -> bool {
        ((self.next() >> 11) as f64) < share * (1u64 << 53) as f64
    }

    pub fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}
