//! Sparse counters indexed by integer, stored in pages of 32.

/// Number of occurrences of each number.
#[derive(Debug, Default, Clone)]
pub struct SparseCounts {
    pages: Vec<Option<Box<Chunk>>>,
}

type Chunk = [u32; NUMBERS_A_PAGE];
const NUMBERS_A_PAGE: usize = 32;

impl SparseCounts {
    /// Adds `times` to the counter of `number`.
    pub fn add(&mut self, number: usize, times: u32) {
        let page = number / NUMBERS_A_PAGE;
        if page >= self.pages.len() {
            self.pages.resize(page + 1, None);
        }
        let count = &mut self.pages[page].get_or_insert_default()[number % NUMBERS_A_PAGE];
        *count = count.saturating_add(times);
    }

    /// Iterates over the counters that are not 0, in ascending order, as number and count.
    pub fn iter(&self) -> impl Iterator<Item = (usize, u32)> {
        let pages = self.pages.iter().enumerate().filter_map(|(at, page)| Some((at, page.as_deref()?)));
        let counts = pages.flat_map(|(at, page)| {
            page.iter().enumerate().map(move |(within, count)| (at * NUMBERS_A_PAGE + within, *count))
        });
        counts.filter(|(_, count)| *count > 0)
    }
}
