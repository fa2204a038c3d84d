//! Set of byte ranges that are accounted for.

use std::collections::BTreeMap;
use std::ops::Range;

/// Disjoint ranges. Adjacent ranges are merged, so that an archive in its usual order is one range.
#[derive(Debug, Default)]
pub struct Coverage {
    /// End of each range by its start.
    ranges: BTreeMap<u64, u64>,
}

impl Coverage {
    /// Adds `range` unless one of its bytes is covered; returns `true` if it was added.
    pub fn add(&mut self, range: Range<u64>) -> bool {
        let Range { mut start, mut end } = range;
        if start >= end || self.ranges.range(..end).next_back().is_some_and(|(_, before)| *before > start) {
            return false;
        }
        if let Some((before, _)) = self.ranges.range(..start).next_back().filter(|(_, end)| **end == start) {
            start = *before;
        }
        if let Some(after) = self.ranges.remove(&end) {
            end = after;
        }
        self.ranges.insert(start, end);
        true
    }

    /// Number of covered bytes.
    pub fn bytes(&self) -> u64 {
        self.ranges.iter().map(|(start, end)| end - start).sum()
    }

    /// Returns the first uncovered range between `offset` and `end`.
    pub fn gap(&self, mut offset: u64, end: u64) -> Option<Range<u64>> {
        if let Some((_, covered)) = self.ranges.range(..=offset).next_back().filter(|(_, end)| **end > offset)
        {
            offset = *covered;
        }
        let next = self.ranges.range(offset..).next().map_or(end, |(start, _)| *start);
        (offset < end).then_some(offset..next.min(end))
    }
}

#[cfg(test)]
mod tests {
    use crate::input::archive::zip::coverage::Coverage;

    #[test]
    fn neighbours_are_one_and_gaps_are_found() {
        let mut coverage = Coverage::default();
        for (start, end, is_new) in [
            (10, 20, true),
            (30, 40, true),
            (20, 30, true),
            (39, 41, false),
            (5, 11, false),
            (0, 50, false),
            (60, 70, true),
        ] {
            assert_eq!(coverage.add(start..end), is_new, "{start}..{end}");
        }
        assert_eq!(coverage.ranges.iter().collect::<Vec<_>>(), [(&10, &40), (&60, &70)]);
        for (offset, expected) in
            [(0, Some(0..10)), (10, Some(40..60)), (50, Some(50..60)), (60, Some(70..75)), (75, None)]
        {
            assert_eq!(coverage.gap(offset, 75), expected, "{offset}");
        }
    }
}
