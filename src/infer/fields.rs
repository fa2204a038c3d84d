//! Chooses the keys of each field, by their names and by the kinds of their values.

use crate::infer::key_names;
use crate::infer::keys::{KeyStats, Keys};
use crate::infer::value_kind::ValueKind;
use crate::layout::definition::{HEADING, LayoutField};

/// Maximum number of keys that are proposed for one field.
const MAX_PROPOSED_KEYS: usize = 4;

/// The keys of each field, and what is to be said of them.
#[derive(Debug, Default)]
pub struct Fields {
    /// Keys by field, in the order in which they are looked for.
    pub keys: Vec<(LayoutField, Vec<String>)>,
    /// Remarks on keys that could be a field's and were not taken.
    pub remarks: Vec<String>,
    /// True if a time without a zone was taken.
    pub needs_zone: bool,
}

impl Fields {
    /// Chooses among `keys`, of `files` files. `headings` of them have a heading in their body.
    pub fn choose(keys: &Keys, files: usize, headings: usize) -> Self {
        let mut fields = Fields::default();
        let chosen = fields.candidates(LayoutField::Url, keys, |stats| is_page_url(stats, files));
        let chosen = match chosen.is_empty() {
            true => unnamed_url(keys, files),
            false => chosen,
        };
        fields.add(LayoutField::Url, chosen, files);
        let is_id = |stats: &KeyStats| {
            stats.filled == files
                && stats.distinct() == files
                && stats.are_all(|kind| !matches!(kind, ValueKind::List | ValueKind::Map))
        };
        let chosen = fields.candidates(LayoutField::Id, keys, is_id);
        fields.add(LayoutField::Id, chosen, files);
        let is_one_text =
            |stats: &KeyStats| stats.are_all(|kind| !matches!(kind, ValueKind::List | ValueKind::Map));
        let mut chosen = fields.candidates(LayoutField::Title, keys, is_one_text);
        let has_all = chosen.first().is_some_and(|first| first.filled == files);
        chosen.truncate(1);
        fields.add(LayoutField::Title, chosen, files);
        if !has_all && headings > 0 {
            fields.add_heading();
        }
        let is_crawl_time = |stats: &KeyStats| stats.are_all(ValueKind::has_clock);
        let mut chosen = fields.candidates(LayoutField::Crawled, keys, is_crawl_time);
        if chosen.is_empty() {
            let is_named =
                |stats: &&KeyStats| key_names::speaks_of_a_crawl(&stats.name) && is_crawl_time(stats);
            chosen.extend(fields.free(keys).find(is_named));
        }
        fields.add_times(LayoutField::Crawled, chosen, files);
        let is_publication = |stats: &KeyStats| {
            let is_unclear = key_names::rank(LayoutField::Published, &stats.name) >= date_rank();
            stats.are_all(|kind| match kind {
                ValueKind::Date | ValueKind::Time { has_zone: true } => true,
                // `date` with a time of day and no zone is as often the time at which a page was clipped.
                ValueKind::Time { has_zone: false } => !is_unclear,
                _ => false,
            })
        };
        let mut chosen = fields.candidates(LayoutField::Published, keys, is_publication);
        if chosen.is_empty() {
            let is_named =
                |stats: &&KeyStats| key_names::speaks_of_publication(&stats.name) && is_publication(stats);
            chosen.extend(fields.free(keys).find(is_named));
        }
        fields.add_times(LayoutField::Published, chosen, files);
        let is_name = |stats: &KeyStats| stats.are_all(|kind| kind == ValueKind::Text);
        let chosen = fields.candidates(LayoutField::Publisher, keys, is_name);
        fields.add(LayoutField::Publisher, chosen, files);
        let is_text_or_list =
            |stats: &KeyStats| stats.are_all(|kind| matches!(kind, ValueKind::Text | ValueKind::List));
        let chosen = fields.candidates(LayoutField::Category, keys, is_name);
        fields.add(LayoutField::Category, chosen, files);
        let chosen = fields.candidates(LayoutField::Byline, keys, is_text_or_list);
        fields.add(LayoutField::Byline, chosen, files);
        fields.remark_on_times(keys);
        fields
    }

    /// Returns the keys of a field, in the order in which they are looked for.
    pub fn of(&self, field: LayoutField) -> &[String] {
        self.keys.iter().find(|(of, _)| *of == field).map_or(&[], |(_, keys)| keys)
    }

    /// Returns the field that takes a key.
    pub fn field_of(&self, key: &str) -> Option<LayoutField> {
        self.keys.iter().find(|(_, keys)| keys.iter().any(|taken| taken == key)).map(|(field, _)| *field)
    }

    /// Returns the keys that no field takes.
    fn free<'k>(&self, keys: &'k Keys) -> impl Iterator<Item = &'k KeyStats> {
        keys.all.iter().filter(|stats| stats.name != HEADING && self.field_of(&stats.name).is_none())
    }

    /// Returns the free keys with a usual name of a field, the most certain first.
    fn candidates<'k>(
        &self,
        field: LayoutField,
        keys: &'k Keys,
        is_such: impl Fn(&KeyStats) -> bool,
    ) -> Vec<&'k KeyStats> {
        let ranked = self.free(keys).filter_map(|stats| Some((key_names::rank(field, &stats.name)?, stats)));
        let mut ranked: Vec<_> = ranked.filter(|(_, stats)| is_such(stats)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, stats)| stats).collect()
    }

    /// Gives a field the first of `chosen`, and others that fill in where it is absent.
    fn add(&mut self, field: LayoutField, chosen: Vec<&KeyStats>, files: usize) {
        let Some(first) = chosen.first() else { return };
        let count = if first.filled == files { 1 } else { MAX_PROPOSED_KEYS };
        let keys = chosen.iter().take(count).map(|stats| stats.name.clone()).collect();
        self.keys.push((field, keys));
    }

    fn add_times(&mut self, field: LayoutField, chosen: Vec<&KeyStats>, files: usize) {
        let taken = if chosen.first().is_some_and(|first| first.filled == files) { 1 } else { chosen.len() };
        let states_no_zone = |(kind, _): &(ValueKind, usize)| *kind == ValueKind::Time { has_zone: false };
        self.needs_zone |= chosen.iter().take(taken).any(|stats| stats.kinds.iter().any(states_no_zone));
        self.add(field, chosen, files);
    }

    /// Lets a file without a title take the first heading of its body.
    fn add_heading(&mut self) {
        match self.keys.iter_mut().find(|(field, _)| *field == LayoutField::Title) {
            Some((_, keys)) => keys.push(HEADING.to_owned()),
            None => self.keys.push((LayoutField::Title, vec![HEADING.to_owned()])),
        }
    }

    fn remark_on_times(&mut self, keys: &Keys) {
        let is_time = |kind| matches!(kind, ValueKind::Date | ValueKind::Time { .. });
        let times: Vec<_> =
            self.free(keys).filter(|stats| stats.are_all(is_time)).map(|stats| stats.name.clone()).collect();
        self.remarks.extend(times);
    }
}

/// Rank of `date`, from which on a name does not say of which date it is.
fn date_rank() -> Option<usize> {
    key_names::rank(LayoutField::Published, "date")
}

/// Returns whether the values are addresses of pages, one for each file.
fn is_page_url(stats: &KeyStats, files: usize) -> bool {
    stats.are_all(|kind| kind == ValueKind::Url) && (files < 3 || stats.distinct() > 1)
}

/// Returns the first key that every file has and whose values are addresses, each another.
fn unnamed_url(keys: &Keys, files: usize) -> Vec<&KeyStats> {
    let is_such = |stats: &&KeyStats| {
        stats.filled == files
            && stats.distinct() == files
            && is_page_url(stats, files)
            && !key_names::speaks_of_another_page(&stats.name)
    };
    keys.all.iter().find(is_such).into_iter().collect()
}
