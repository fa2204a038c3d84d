//! The layout of another writer's files: which part of a file its hash covers, and how. Pure, as `crawl` is.
//!
//! ```text
//! body ─ part ─► readings: edges, line ends, entities, white space ─┐
//! keys ─ covers: the template of what is hashed ────────────────────┼─► recipe ─► proof: the text
//! stated hash: its algorithms and digits ───────────────────────────┘
//! ```

pub mod covers;
pub mod part;
pub mod reading;
pub mod recipe;
pub mod stated_hash;
pub mod white_space;
