//! Projection: a subset of the record's keys (`--fields`).

use crate::record::key::Key;

/// Set of the record's keys to write: at least one, in the record's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Projection {
    /// Bit n is for key n of [`Key::ALL`].
    selected: u32,
}

impl Default for Projection {
    /// All keys.
    fn default() -> Self {
        Projection::ALL
    }
}

impl Projection {
    /// All keys.
    pub const ALL: Projection = Projection { selected: u32::MAX };

    /// Returns the set of the keys with these names.
    ///
    /// # Errors
    /// The first name that is not a key.
    pub fn parse<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Self, &'n str> {
        let mut projection = Projection { selected: 0 };
        for name in names {
            let index = Key::ALL.iter().position(|key| key.name() == name).ok_or(name)?;
            projection.selected |= 1 << index;
        }
        Ok(projection)
    }

    /// Returns the set without `keys`.
    pub fn without(self, keys: &[Key]) -> Self {
        keys.iter().fold(self, |rest, key| Projection { selected: rest.selected & !(1 << *key as u32) })
    }

    /// Returns the set of `key` alone, if it is selected.
    pub fn only(self, key: Key) -> Self {
        Projection { selected: self.selected & 1 << key as u32 }
    }

    /// Returns whether `key` is selected.
    pub fn contains(self, key: Key) -> bool {
        self.selected & 1 << key as u32 != 0
    }

    /// Iterates over the selected keys, in the record's order.
    pub fn keys(self) -> impl Iterator<Item = Key> {
        Key::ALL.iter().copied().filter(move |key| self.contains(*key))
    }
}
