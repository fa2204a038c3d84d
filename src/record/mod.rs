//! Articles and their parts: keys, ids, times, the content hash, and the metrics of a report.

pub mod article;
pub mod content_hash;
pub mod datetime;
pub mod id;
pub mod key;
pub mod metrics;
