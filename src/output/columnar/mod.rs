//! Records as columns: Parquet and Arrow.

pub(crate) mod arrow;
pub(crate) mod columns;
pub(crate) mod parquet;
pub mod row;
pub mod writer;
