//! Vectors as wide as the processor has, and its SHA instructions, in safe code: the one place that knows by whom.

pub use fearless_simd::prelude;
pub use fearless_simd::{Level, dispatch, kernel, u8x16, u32x4};
