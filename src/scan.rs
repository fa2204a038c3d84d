//! Searching bytes at the speed of memory: the one place that knows which library does it.

pub use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memchr3, memchr3_iter, memmem, memrchr};
