//! Files and folders that a run passes over, and why.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Reason for which an entry of a folder or an archive is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skipped {
    /// Its name begins with a dot.
    Hidden,
    /// `--exclude` matches it.
    Excluded,
    /// `--include` does not match it, and it is not an archive.
    NotIncluded,
    /// It is a symbolic link, which only `--follow` follows.
    Link,
    /// It is a pipe, a socket or a device.
    Special,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Skipped::Hidden => "hidden",
            Skipped::Excluded => "`--exclude` matches it",
            Skipped::NotIncluded => "its name is not one of `--include`",
            Skipped::Link => "a symbolic link, and `--follow` is not given",
            Skipped::Special => "neither a file nor a folder",
        })
    }
}

/// Function that is called for each entry that is passed over.
type OnSkip = dyn Fn(&Path, Skipped) + Send + Sync;

/// Listener for the entries that are passed over.
#[derive(Clone)]
pub struct SkipListener(pub Arc<OnSkip>);

impl fmt::Debug for SkipListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SkipListener")
    }
}
