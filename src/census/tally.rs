//! Counts by whole numbers, of which few are met among many: in pages, so that counting takes two looks and no hash.

/// How often each number was met.
#[derive(Debug, Default, Clone)]
pub struct Tally {
    pages: Vec<Option<Box<Page>>>,
}

type Page = [u32; NUMBERS_A_PAGE];
const NUMBERS_A_PAGE: usize = 32;

impl Tally {
    /// Counts a number so many times more.
    pub fn add(&mut self, number: usize, times: u32) {
        let page = number / NUMBERS_A_PAGE;
        if page >= self.pages.len() {
            self.pages.resize(page + 1, None);
        }
        let count = &mut self.pages[page].get_or_insert_default()[number % NUMBERS_A_PAGE];
        *count = count.saturating_add(times);
    }

    /// Every number that was met, from the least on, with how often.
    pub fn iter(&self) -> impl Iterator<Item = (usize, u32)> {
        let pages = self.pages.iter().enumerate().filter_map(|(at, page)| Some((at, page.as_deref()?)));
        let counts = pages.flat_map(|(at, page)| {
            page.iter().enumerate().map(move |(within, count)| (at * NUMBERS_A_PAGE + within, *count))
        });
        counts.filter(|(_, count)| *count > 0)
    }
}
