//! Sets of globs in which `*` and `?` do not match `/`.

use std::fmt;
use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Set of globs. A path matches if one of them matches.
#[derive(Debug, Clone, Default)]
pub struct Globs(GlobSet);

/// Error for an invalid glob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidGlob(String);

impl fmt::Display for InvalidGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidGlob {}

impl From<globset::Error> for InvalidGlob {
    fn from(error: globset::Error) -> Self {
        InvalidGlob(error.kind().to_string())
    }
}

impl Globs {
    /// Compiles a set of `globs`.
    ///
    /// # Errors
    /// A glob is invalid.
    pub fn parse(globs: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, InvalidGlob> {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            set.add(GlobBuilder::new(glob.as_ref()).literal_separator(true).build()?);
        }
        Ok(Globs(set.build()?))
    }

    /// Returns `true` if the set is empty, so that no path matches.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns `true` if one of the globs matches `path`.
    pub fn is_match(&self, path: impl AsRef<Path>) -> bool {
        self.0.is_match(path)
    }
}
