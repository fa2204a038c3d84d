//! Renderers of findings for people and programs, one per format.

pub(crate) mod concise;
pub(crate) mod fingerprint;
pub(crate) mod format;
pub(crate) mod full;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod markdown;
pub(crate) mod renderer;
pub(crate) mod reporter;
pub(crate) mod repository;
pub(crate) mod sarif;
pub mod style;

pub use crate::findings::render::format::{FindingFormat, UnknownFindingFormat};
pub use crate::findings::render::json::FindingJson;
pub use crate::findings::render::renderer::{File, KnownFindings, Renderer};
pub use crate::findings::render::reporter::Reporter;
