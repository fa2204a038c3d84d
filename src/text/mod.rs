//! Text functions that know nothing of news: escaping, clean characters, JSON, globs, e-mail addresses,
//! suggestions.

pub mod clean;
pub mod email;
pub mod escape;
pub mod globs;
pub mod json;
pub mod suggest;
