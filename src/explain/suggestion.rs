//! A recipe that would prove the text of a file which nothing verifies, found by the search of `ingest infer`.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::explain::lines::heading;
use crate::findings::render::style::SUCCESS;
use crate::infer::{Proposal, SampleFile};
use crate::text::escape::quote;

/// A recipe that would prove the text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SuggestionExplanation {
    /// Key of the hash.
    pub key: String,
    /// What its value is, such as `the SHA-256 of the body`.
    pub recipe: String,
    /// Entries of `[layout]` that state the recipe.
    pub layout: String,
}

impl SuggestionExplanation {
    /// Searches the recipe of the file called `path`, whose bytes are `source`.
    pub(super) fn find(path: &str, source: &[u8]) -> Option<Self> {
        let proposal = Proposal::new(&[SampleFile { path, bytes: source }])?;
        let found = proposal.found()?;
        let (key, recipe) = (found.key.clone(), found.description());
        Some(SuggestionExplanation { key, recipe, layout: proposal.recipe_entries() })
    }
}

/// Writes the suggestion.
pub(super) fn write(suggestion: &SuggestionExplanation, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let SuggestionExplanation { key, recipe, layout } = suggestion;
    heading("Another recipe", "would verify the text", to)?;
    writeln!(to, "  {SUCCESS}✓{SUCCESS:#} {} is {recipe}; in `[layout]`:", quote(key))?;
    layout.lines().try_for_each(|line| writeln!(to, "    {line}"))
}
