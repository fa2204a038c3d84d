//! Records as columns: Parquet and Arrow.

pub(crate) mod arrow;
pub(crate) mod column_chunk;
pub(crate) mod columns;
pub(crate) mod parquet;
mod pending_batches;
pub mod rows;
mod text_buffers;
pub mod writer;
