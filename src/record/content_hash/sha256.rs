//! SHA-256 and its compression function, and SHA-512. `sha2` is named here only.

pub use sha2::block_api::compress256 as compress;
pub use sha2::{Digest, Sha256, Sha512};

/// Input block of the compression function.
pub type Block = [u8; 64];
/// Intermediate hash value after some blocks.
pub type ShaState = [u32; 8];
