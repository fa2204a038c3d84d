//! Sets of globs in which `*` and `?` stop at `/`.

use std::fmt;
use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Globs, of which one has to match.
#[derive(Debug, Clone, Default)]
pub struct Globs(GlobSet);

/// What is wrong with a glob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadGlob(String);

impl fmt::Display for BadGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadGlob {}

impl From<globset::Error> for BadGlob {
    fn from(error: globset::Error) -> Self {
        BadGlob(error.kind().to_string())
    }
}

impl Globs {
    /// The set of `globs`.
    ///
    /// # Errors
    /// A glob makes no sense.
    pub fn of(globs: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, BadGlob> {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            set.add(GlobBuilder::new(glob.as_ref()).literal_separator(true).build()?);
        }
        Ok(Globs(set.build()?))
    }

    /// Whether no path can match.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them matches `path`.
    pub fn is_match(&self, path: impl AsRef<Path>) -> bool {
        self.0.is_match(path)
    }
}
