//! Converts object-store errors to `io::Error`, without URLs or credentials.

use std::error::Error as _;
use std::io::{self, ErrorKind};

use crate::store::client::Error;
use crate::text::escape::escape;

/// Converts an error to the one that the system would report for a file. URLs, which may contain signatures, and HTML
/// error pages are omitted.
pub fn refused(error: Error) -> io::Error {
    let cause = cause(&error);
    let (kind, what) = match &error {
        Error::PermissionDenied { .. } => (ErrorKind::PermissionDenied, "the store denies access"),
        Error::Unauthenticated { .. } => {
            (ErrorKind::PermissionDenied, "the store does not know the credentials")
        }
        // Listing a bucket that does not exist gives only the HTTP status.
        _ if matches!(error, Error::NotFound { .. }) || cause.ends_with("404 Not Found") => {
            (ErrorKind::NotFound, "there is no such object or bucket")
        }
        _ => (ErrorKind::Other, cause.as_str()),
    };
    io::Error::new(kind, what)
}

/// The innermost cause, on one line.
fn cause(error: &Error) -> String {
    let mut innermost = error.source();
    while let Some(inner) = innermost.and_then(std::error::Error::source) {
        innermost = Some(inner);
    }
    let said = innermost.map_or_else(|| error.to_string(), ToString::to_string);
    let said = said.lines().next().unwrap_or_default();
    let said = said.split('<').next().unwrap_or_default().trim_end_matches([':', ' ']);
    let words = said.split(' ').filter(|word| !word.contains("://"));
    escape(&words.collect::<Vec<_>>().join(" ")).to_string()
}
