//! The recipe that a search found, with its proofs.

use crate::layout::recipe::{Proof, Recipe};

/// A recipe by which files prove their texts.
#[derive(Debug, Clone)]
pub struct RecipeMatch {
    /// Key of the hash.
    pub key: String,
    /// The recipe.
    pub recipe: Recipe,
    /// Minimum number of hex digits, if the digests are truncated.
    pub digits: Option<usize>,
    /// Number of files that state a hash.
    pub stated: usize,
    /// Proof of each file's text; `None` if it is not verified.
    pub proofs: Vec<Option<Proof>>,
}

impl RecipeMatch {
    /// Returns the number of files that are verified.
    pub fn verified(&self) -> usize {
        self.proofs.iter().flatten().count()
    }
}
