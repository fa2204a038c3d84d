//! Re-exports the vector types and SHA instructions of `fearless_simd`.

pub use fearless_simd::prelude;
pub use fearless_simd::{Level, dispatch, kernel, u8x16, u32x4};
