//! Manifests: what a run read, one line a file in the order of the paths, with a root that any change alters; and the
//! comparison of two of them.

pub mod difference;
pub mod entry;
pub mod merkle;
pub mod previous;
pub mod reader;
pub mod render;
pub mod side;
pub mod sorter;
pub mod times;
pub mod totals;
pub mod unreadable;
pub mod writer;

use schemars::JsonSchema;

use crate::manifest::entry::ManifestEntry;
use crate::manifest::totals::ManifestTotals;

/// A line of a manifest, for its schema.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
pub enum ManifestLine<'a> {
    /// A file.
    Entry(ManifestEntry<'a>),
    /// The last line.
    Totals(ManifestTotals),
}
