//! Parses numbers of threads, records and findings.

use std::num::NonZero;

/// Maximum number of threads that can be asked for.
const MAX_THREADS: u16 = 1024;

/// Parses a number of threads; 0 means the default.
///
/// # Errors
/// A message for the user if `text` is not such a number.
pub fn threads(text: &str) -> Result<u16, String> {
    let threads = digits(text).and_then(|number| u16::try_from(number).ok());
    threads.filter(|threads| *threads <= MAX_THREADS).ok_or_else(|| {
        format!("not a number of threads from 1 to {MAX_THREADS}, or 0 for as many as the machine suggests")
    })
}

/// Parses a number of things.
///
/// # Errors
/// A message for the user if `text` is not a number.
pub fn count(text: &str) -> Result<u64, String> {
    digits(text).ok_or_else(|| "not a number, such as 1000".to_owned())
}

/// Parses a number of things that is not 0.
///
/// # Errors
/// A message for the user if `text` is not such a number.
pub fn positive(text: &str) -> Result<NonZero<u64>, String> {
    digits(text).and_then(NonZero::new).ok_or_else(|| "not a number from 1 on, such as 1000".to_owned())
}

fn digits(text: &str) -> Option<u64> {
    // A sign is refused, which a number may have.
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}
