//! Findings: rules, levels, places, and the formats that show them.

pub mod baseline;
pub mod docs;
pub mod finding;
pub mod location;
pub mod policy;
pub mod render;
pub mod rule;
pub mod snippet;
