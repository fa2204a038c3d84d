//! Searches the recipe of a writer's hash: the one by which most files prove their text, and which changes it least.

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::infer::recipe_match::RecipeMatch;
use crate::infer::recipes;
use crate::layout::definition::Layout;
use crate::layout::recipe::{Proof, Recipe};
use crate::layout::stated_hash::{MIN_TRUNCATED_DIGITS, StatedHash};
use crate::layout::values::Values;

/// Maximum number of digests that are tried for one file.
pub const MAX_DIGESTS_PER_FILE: usize = 50_000;
/// Maximum number of bytes that are hashed for one file.
pub const MAX_HASHED_BYTES_PER_FILE: usize = 512 * 1024 * 1024;

/// Number of files that must agree on a recipe, or all that state a hash, where they are fewer.
pub const MIN_AGREEING_FILES: usize = 3;

/// Maximum number of files for which all recipes of the text alone are tried.
const MAX_PROBES: usize = 16;
/// Maximum number of files for which recipes that cover more than the text are tried.
const MAX_DEEP_PROBES: usize = 4;
/// Maximum length in bytes of a value that is tried beside the text.
const MAX_COVERED_BYTES: usize = 4096;

/// One file of the sample.
#[derive(Debug, Clone, Copy)]
pub struct SearchedFile<'s, 'v> {
    /// Text after the front matter.
    pub body: &'s str,
    /// Front matter.
    pub values: &'s Values<'v>,
}

/// Searches `keys`, each of which holds digests, for one that a recipe gives. `layout` names the keys of the fields;
/// `covered` are names that a template may have, the most probable first.
pub fn find(
    files: &[SearchedFile<'_, '_>],
    layout: &Layout,
    keys: &[String],
    covered: &[String],
) -> Option<RecipeMatch> {
    let search = Search { files, layout };
    let found = keys.iter().filter_map(|key| search.recipe_of(key, covered));
    // Of equals the first.
    found.reduce(|best, next| if next.verified() > best.verified() { next } else { best })
}

struct Search<'s, 'f, 'v> {
    files: &'s [SearchedFile<'f, 'v>],
    layout: &'s Layout,
}

impl Search<'_, '_, '_> {
    fn recipe_of(&self, key: &str, covered: &[String]) -> Option<RecipeMatch> {
        let stated: Vec<Option<StatedHash>> = self.files.iter().map(|file| stated_hash(file, key)).collect();
        let mut indices: Vec<usize> = (0..stated.len()).filter(|index| stated[*index].is_some()).collect();
        let needed = MIN_AGREEING_FILES.min(indices.len());
        let count = indices.len();
        // Small files are searched fastest; others are taken too, since they may differ.
        indices.sort_by_key(|index| self.files[*index].body.len());
        let spread = |most: usize| {
            let most = most.min(count);
            (0..most).map(|at| indices[at * count / most]).collect::<Vec<_>>()
        };
        let bodies: Vec<&str> =
            spread(MAX_PROBES * 4).into_iter().map(|index| self.files[index].body).collect();
        let alone = recipes::of_text_alone(&recipes::parts(&bodies));
        let mut best: Option<RecipeMatch> = None;
        let mut tried: HashSet<Recipe> = HashSet::new();
        let mut consider = |recipe: Recipe, best: &mut Option<RecipeMatch>| {
            if tried.insert(recipe.clone()) {
                let found = self.evaluate(key, recipe, &stated);
                let agreeing = self.agreeing(&found, &stated);
                let is_better = best.as_ref().is_none_or(|best| found.verified() > best.verified());
                if agreeing >= needed && agreeing > 0 && is_better {
                    *best = Some(found);
                }
            }
        };
        for index in spread(MAX_PROBES) {
            let mut effort = Effort::default();
            let Some(hash) = &stated[index] else { continue };
            let mut matching = alone.iter().filter(|recipe| self.matches(index, hash, recipe, &mut effort));
            if let Some(recipe) = matching.next() {
                consider(recipe.clone(), &mut best);
            }
        }
        if best.as_ref().is_some_and(|best| best.verified() * 2 > count) {
            return best;
        }
        for index in spread(MAX_DEEP_PROBES) {
            let mut effort = Effort::default();
            let Some(hash) = &stated[index] else { continue };
            // The algorithms of a whole digest suffice, if it can be one.
            let whole = StatedHash::parse(&hash.to_string(), None).ok();
            let hash = whole.filter(|whole| hash.algorithms().starts_with(whole.algorithms()));
            let hash = hash.as_ref().or(stated[index].as_ref());
            let is_covered = |name: &&String| {
                let file = &self.files[index];
                let value = file.values.covered(self.layout, file.body, name);
                value.is_some_and(|value| value.len() <= MAX_COVERED_BYTES)
            };
            let covered: Vec<String> = covered.iter().filter(is_covered).cloned().collect();
            let mut recipes = recipes::with_values(&covered);
            let found =
                hash.and_then(|hash| recipes.find(|recipe| self.matches(index, hash, recipe, &mut effort)));
            if let Some(recipe) = found {
                consider(recipe, &mut best);
            }
        }
        best
    }

    /// Returns whether a recipe gives the hash of the file at `index`.
    fn matches(&self, index: usize, stated: &StatedHash, recipe: &Recipe, effort: &mut Effort) -> bool {
        self.prove(index, stated, recipe, effort).is_some()
    }

    /// Returns the proof of the file at `index`, of a text that is not blank: that a hash covers nothing but other
    /// values proves no text.
    fn prove(
        &self,
        index: usize,
        stated: &StatedHash,
        recipe: &Recipe,
        effort: &mut Effort,
    ) -> Option<Proof> {
        let SearchedFile { body, values } = self.files[index];
        let mut proof = None;
        let value = |name: &str| values.covered(self.layout, body, name);
        if effort.is_spent() {
            return None;
        }
        recipe.try_all(body, stated.algorithms(), &value, &mut |attempt| {
            effort.spend(body.len());
            if stated.matches(&attempt.digest) && !attempt.reading.extract(body).trim().is_empty() {
                proof = Some(Proof { reading: attempt.reading, algorithm: attempt.algorithm });
                return ControlFlow::Break(());
            }
            if effort.is_spent() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        proof
    }

    fn evaluate(&self, key: &str, recipe: Recipe, stated: &[Option<StatedHash>]) -> RecipeMatch {
        let prove = |(index, stated): (usize, &Option<StatedHash>)| {
            self.prove(index, stated.as_ref()?, &recipe, &mut Effort::default())
        };
        let proofs: Vec<Option<Proof>> = stated.iter().enumerate().map(prove).collect();
        let verified =
            proofs.iter().zip(stated).filter_map(|(proof, stated)| proof.as_ref().zip(stated.as_ref()));
        let truncated = verified.filter(|(proof, stated)| {
            let is_whole = stated.digits() == proof.algorithm.digest_bytes() * 2;
            !is_whole || StatedHash::parse(&stated.to_string(), None).is_err()
        });
        let digits = truncated.map(|(_, stated)| stated.digits()).min();
        RecipeMatch { key: key.to_owned(), recipe, digits, stated: stated.iter().flatten().count(), proofs }
    }

    /// Number of files with different hashes that a recipe verifies: what all files share proves nothing of one.
    fn agreeing(&self, found: &RecipeMatch, stated: &[Option<StatedHash>]) -> usize {
        let verified = found.proofs.iter().zip(stated).filter(|(proof, _)| proof.is_some());
        let hashes: HashSet<String> =
            verified.filter_map(|(_, stated)| stated.as_ref().map(ToString::to_string)).collect();
        let files_with_hash = stated.iter().flatten();
        let different: HashSet<String> = files_with_hash.map(ToString::to_string).collect();
        // Files that are all the same agree as one does.
        if different.len() == 1 && hashes.len() == 1 { found.verified() } else { hashes.len() }
    }
}

/// What was spent on one file.
#[derive(Default)]
struct Effort {
    digests: usize,
    bytes: usize,
}

impl Effort {
    fn spend(&mut self, bytes: usize) {
        self.digests += 1;
        self.bytes = self.bytes.saturating_add(bytes);
    }

    fn is_spent(&self) -> bool {
        self.digests >= MAX_DIGESTS_PER_FILE || self.bytes >= MAX_HASHED_BYTES_PER_FILE
    }
}

/// Returns the digest at `key`, whole or truncated.
pub fn stated_hash(file: &SearchedFile<'_, '_>, key: &str) -> Option<StatedHash> {
    StatedHash::parse(&file.values.named(key)?.text(), Some(MIN_TRUNCATED_DIGITS)).ok()
}
