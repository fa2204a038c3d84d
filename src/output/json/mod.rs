//! Records, comments and rejected files as JSON Lines.

pub mod comments;
pub mod record;
pub mod rejects;
pub(crate) mod string;
