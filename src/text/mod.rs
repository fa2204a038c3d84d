//! Text functions that know nothing of news: escaping, clean characters, JSON, Markdown, globs, e-mail addresses,
//! entities, suggestions.

pub mod clean;
pub mod email;
pub mod entities;
pub mod escape;
pub mod globs;
pub mod json;
pub mod markdown;
pub mod suggest;
