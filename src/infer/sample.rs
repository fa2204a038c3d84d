//! A deterministic sample, spread evenly over a sequence whose length is not known in advance.

/// Number of items that are never dropped for their weight.
const MIN_SAMPLE: usize = 8;

/// Collects every k-th item, where k doubles whenever there are too many or they weigh too much.
#[derive(Debug)]
pub struct Sampler<T> {
    /// Items with their weights.
    kept: Vec<(T, usize)>,
    weight: usize,
    limit: usize,
    max_weight: usize,
    stride: usize,
    seen: usize,
}

impl<T> Sampler<T> {
    /// Creates a sampler of `limit` items, at least one. While there are more than eight, they weigh `max_weight` at most.
    pub fn new(limit: usize, max_weight: usize) -> Self {
        Sampler { kept: Vec::new(), weight: 0, limit: limit.max(1), max_weight, stride: 1, seen: 0 }
    }

    /// Returns the number of items that were offered.
    pub fn seen(&self) -> usize {
        self.seen
    }

    /// Offers the next item; it is dropped if the sample does not need it.
    pub fn offer(&mut self, item: T, weight: usize) {
        if self.seen.is_multiple_of(self.stride) {
            self.kept.push((item, weight));
            self.weight = self.weight.saturating_add(weight);
        }
        self.seen += 1;
        let is_heavy = self.weight > self.max_weight && self.kept.len() > MIN_SAMPLE;
        if is_heavy || self.kept.len() >= self.limit.saturating_mul(2) {
            self.thin_out();
        }
    }

    /// Returns the sample, in order.
    pub fn into_sample(self) -> Vec<T> {
        let (count, limit) = (self.kept.len(), self.limit.min(self.kept.len()));
        let mut chosen = (0..limit).map(|index| index * count / limit).peekable();
        let kept = self.kept.into_iter().enumerate();
        kept.filter(|(index, _)| chosen.next_if_eq(index).is_some()).map(|(_, (item, _))| item).collect()
    }

    /// Drops every second item, and from now on as many of those that are offered.
    fn thin_out(&mut self) {
        let mut index = 0;
        self.kept.retain(|_| {
            index += 1;
            index % 2 == 1
        });
        self.weight = self.kept.iter().map(|(_, weight)| weight).sum();
        self.stride = self.stride.saturating_mul(2);
    }
}
