//! The recipe of a writer's hash, and the proof that a file's stated hash gives of its text.
//!
//! The recipe states the part of the body, what the hash covers beside it, and whether white space is collapsed. The
//! stated hash decides the rest: what is trimmed at the edges, a final line feed, line ends, entities where they are
//! allowed, and the algorithm among those that give as many digits.

use std::ops::ControlFlow;

use crate::layout::covers::{Covers, ValueLookup};
use crate::layout::part::TextPart;
use crate::layout::reading::{Form, PartEnd, PartReading, ends, starts, trimmed};
use crate::layout::stated_hash::StatedHash;
use crate::layout::white_space::{CollapsingHasher, WhiteSpace};
use crate::record::content_hash::algorithm::{Algorithm, Digest, Hasher};

/// White space in what is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Spaces {
    /// As it is.
    #[default]
    Kept,
    /// Each run is one space, and there is none at the edges: the hash proves the words, not the white space.
    Collapsed,
}

impl Spaces {
    /// Every value with its name in a layout.
    pub const ALL: [(Spaces, &str); 2] = [(Spaces::Kept, "kept"), (Spaces::Collapsed, "collapsed")];

    /// Returns the name in a layout.
    pub fn name(self) -> &'static str {
        Spaces::ALL[self as usize].1
    }
}

/// Entities in the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Entities {
    /// Part of the text.
    #[default]
    Kept,
    /// The writer escapes the text after it is hashed; older files of it may be as they are.
    Decoded,
}

impl Entities {
    /// Every value with its name in a layout.
    pub const ALL: [(Entities, &str); 2] = [(Entities::Kept, "kept"), (Entities::Decoded, "decoded")];

    /// Returns the name in a layout.
    pub fn name(self) -> &'static str {
        Entities::ALL[self as usize].1
    }
}

/// The recipe of a writer's hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Recipe {
    /// Part of the body that holds the text.
    pub part: TextPart,
    /// Template of what is hashed.
    pub covers: Covers,
    /// White space in what is hashed.
    pub spaces: Spaces,
    /// Entities in the body.
    pub entities: Entities,
}

/// Proof that a text has the stated hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The reading whose text has the stated hash. If white space is collapsed, the text is the part without the white
    /// space at both ends.
    pub reading: PartReading,
    /// The algorithm that gives it.
    pub algorithm: Algorithm,
}

/// One digest that was tried.
#[derive(Debug, Clone)]
pub struct RecipeAttempt {
    /// The reading of the text.
    pub reading: PartReading,
    /// The algorithm.
    pub algorithm: Algorithm,
    /// White space that was collapsed, if the recipe says so.
    pub collapsed: Option<WhiteSpace>,
    /// The digest of what the recipe covers.
    pub digest: Digest,
}

impl Recipe {
    /// Returns the proof that `body` holds a text with the hash `stated`; `None` if no reading of it has that hash.
    ///
    /// `values` returns the value of a key that the template names.
    pub fn prove(&self, body: &str, stated: &StatedHash, values: &ValueLookup<'_>) -> Option<Proof> {
        let mut proof = None;
        self.try_all(body, stated.algorithms(), values, &mut |attempt| {
            if !stated.matches(&attempt.digest) {
                return ControlFlow::Continue(());
            }
            proof = Some(Proof { reading: attempt.reading, algorithm: attempt.algorithm });
            ControlFlow::Break(())
        });
        proof
    }

    /// Returns the reading of a text that no hash decides; `None` if the body has no such part.
    pub fn default_reading(&self, body: &str) -> Option<PartReading> {
        let ranges = self.part.ranges(body);
        ranges.into_iter().next().map(|range| PartReading::default_of(body, range))
    }

    /// Hashes every reading of `body` with each of `algorithms`, until `visit` breaks off.
    pub fn try_all(
        &self,
        body: &str,
        algorithms: &[Algorithm],
        values: &ValueLookup<'_>,
        visit: &mut dyn FnMut(RecipeAttempt) -> ControlFlow<()>,
    ) {
        let filled = self.covers.fill(values);
        let mut try_parts = || {
            for &algorithm in algorithms {
                for range in self.part.ranges(body) {
                    let part = &body[range.clone()];
                    for form in Form::all(part, self.entities == Entities::Decoded) {
                        let changed = form.apply(part);
                        let reading = |range_in_part, added_line_feed| PartReading {
                            part: range.clone(),
                            form,
                            range: range_in_part,
                            added_line_feed,
                        };
                        let try_one =
                            TryPart { part: &changed, filled: &filled, algorithm, reading: &reading };
                        match self.spaces {
                            Spaces::Kept => try_one.kept(visit)?,
                            Spaces::Collapsed => try_one.collapsed(visit)?,
                        }
                    }
                }
            }
            ControlFlow::Continue(())
        };
        let (ControlFlow::Continue(()) | ControlFlow::Break(())) = try_parts();
    }
}

/// One part in one form, to be hashed with one algorithm.
struct TryPart<'p> {
    part: &'p str,
    /// What is hashed before and after the text.
    filled: &'p (String, String),
    algorithm: Algorithm,
    /// Makes the reading of a range of the part, with or without an added line feed.
    reading: &'p dyn Fn(std::ops::Range<usize>, bool) -> PartReading,
}

impl TryPart<'_> {
    /// Tries all edges. Texts with one start share what is hashed of them.
    fn kept(&self, visit: &mut dyn FnMut(RecipeAttempt) -> ControlFlow<()>) -> ControlFlow<()> {
        let (before, after) = self.filled;
        let ends = ends(self.part);
        for start in starts(self.part) {
            let mut hasher = Hasher::new(self.algorithm);
            hasher.update(before.as_bytes());
            let mut hashed = start;
            for &PartEnd { offset, added_line_feed } in ends.iter().filter(|end| end.offset >= start) {
                hasher.update(&self.part.as_bytes()[hashed..offset]);
                hashed = offset;
                let mut whole = hasher.clone();
                whole.update(if added_line_feed { b"\n" } else { b"" });
                whole.update(after.as_bytes());
                let reading = (self.reading)(start..offset, added_line_feed);
                visit(self.attempt(reading, None, whole))?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Tries each kind of white space, and a space at the end.
    fn collapsed(&self, visit: &mut dyn FnMut(RecipeAttempt) -> ControlFlow<()>) -> ControlFlow<()> {
        let (before, after) = self.filled;
        let range = trimmed(self.part);
        for white_space in WhiteSpace::that_differ_in(self.part) {
            let mut hasher = CollapsingHasher::new(Hasher::new(self.algorithm), white_space);
            for text in [before, &self.part[range.clone()], after] {
                hasher.update(text);
            }
            let hasher = hasher.into_hasher();
            let mut with_space = hasher.clone();
            with_space.update(b" ");
            for hasher in [hasher, with_space] {
                visit(self.attempt((self.reading)(range.clone(), false), Some(white_space), hasher))?;
            }
        }
        ControlFlow::Continue(())
    }

    fn attempt(&self, reading: PartReading, collapsed: Option<WhiteSpace>, hasher: Hasher) -> RecipeAttempt {
        RecipeAttempt { reading, algorithm: self.algorithm, collapsed, digest: hasher.finalize() }
    }
}
