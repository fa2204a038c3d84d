//! Reads sources in several threads and returns their results in order.

mod batch;
mod budget;
mod cpu;
mod encode;
mod listing;
mod options;
mod pool;
mod queue;
mod share;
mod spare;
mod worker;

pub use crate::pipeline::batch::{Batch, EarlierFile, FileResult, VerifiedReading};
pub use crate::pipeline::listing::Listing;
pub use crate::pipeline::options::{PipelineOptions, ReadBatchFn};
pub use crate::pipeline::pool::{WORKER_NAME, run};
