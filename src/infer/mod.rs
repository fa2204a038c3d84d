//! Proposes the layout of another writer's files, with the evidence. Pure: a sample in, a configuration out.
//!
//! ```text
//! files ─ sample ─► front matter: YAML or lines ─ keys: how often, of which kind ─► fields
//!                   body, keys that hold digests ─ search: part × white space × entities × what is covered ─► recipe
//!                   fields, recipe ─► layout ─► proposal: `ingest.toml`
//! ```

mod common;
mod fields;
mod key_names;
mod keys;
mod part;
mod print;
mod proposal;
pub mod recipe_match;
mod recipe_text;
mod recipes;
pub mod sample;
pub mod search;
mod toml_text;
mod value_form;
mod value_kind;

pub use crate::infer::proposal::{Proposal, SampleFile};
