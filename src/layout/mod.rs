//! The layout of another writer's files: which keys hold which field, which part of a file its hash covers, and how.
//! Pure, as `crawl` is.
//!
//! ```text
//! front matter ─ values: by YAML, or line by line ─ fields: key by key ──────┬─► Article, findings
//! body ─ part ─► readings: edges, line ends, entities, white space ─┐        │
//! keys ─ covers: the template of what is hashed ────────────────────┼─► recipe ─► proof: the text
//! stated hash: its algorithms and digits ───────────────────────────┘
//! ```

mod authors;
pub mod covers;
pub mod definition;
mod fields;
pub mod layouts;
pub mod lines;
pub mod part;
pub mod read;
pub mod reading;
pub mod recipe;
pub mod stated_hash;
pub mod times;
pub mod values;
pub mod white_space;

pub use crate::layout::definition::Layout;
pub use crate::layout::layouts::Layouts;
pub use crate::layout::read::{read, read_traced};
