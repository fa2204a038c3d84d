//! Re-exports the byte searches of `memchr`.

pub use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memchr3, memchr3_iter, memmem, memrchr};
