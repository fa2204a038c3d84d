//! Records as columns: Parquet and Arrow.

#[cfg(feature = "columnar")]
pub(crate) mod arrow;
#[cfg(feature = "columnar")]
pub(crate) mod columns;
#[cfg(feature = "columnar")]
pub(crate) mod parquet;
pub mod row;
#[cfg(feature = "columnar")]
pub mod writer;
