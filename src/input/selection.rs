//! Selects the files and folders that are read inside folder arguments.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

use crate::input::archive::sniff::NamedType;
use crate::input::shard::Shard;
use crate::text::escape::escape;
use crate::text::globs::{Globs, InvalidGlob};

/// Includes names that `include` matches and `exclude` does not. Hidden names are never included.
///
/// Methods take a file or folder as its `name` and the path of its folder relative to the argument, `below`.
#[derive(Debug, Clone)]
pub struct Selection {
    include: Patterns,
    exclude: Patterns,
    /// `true` if symbolic links are followed.
    pub follow: bool,
    /// `true` if archives and compressed files are opened.
    pub archives: bool,
    /// The shard that is read; `None` for all sources.
    pub shard: Option<Shard>,
}

/// Globs of the names that are read by default.
pub const DEFAULT_INCLUDE: [&str; 3] = ["*.md", "*.markdown", "*.txt"];

impl Selection {
    /// Creates a selection by globs. A glob without `/` is matched against the name, one with `/` against the path
    /// below the argument.
    ///
    /// # Errors
    /// A glob is invalid.
    pub fn new(include: Vec<String>, exclude: Vec<String>) -> Result<Self, InvalidGlob> {
        Ok(Selection {
            include: Patterns::new(include)?,
            exclude: Patterns::new(exclude)?,
            follow: false,
            archives: true,
            shard: None,
        })
    }

    /// The globs of included names, as given.
    pub fn include(&self) -> &[String] {
        &self.include.globs
    }

    /// The globs of excluded names, as given.
    pub fn exclude(&self) -> &[String] {
        &self.exclude.globs
    }

    /// Returns `true` if a glob depends on the path: a folder with two paths may then have different files under each.
    pub fn depends_on_paths(&self) -> bool {
        !self.include.of_paths.is_empty() || !self.exclude.of_paths.is_empty()
    }

    /// Returns `true` if the file `name` in the folder `below` is read.
    pub fn reads(&self, below: &Path, name: &OsStr) -> bool {
        self.enters(below, name) && self.include.match_one(below, name)
    }

    /// Returns `true` if the first bytes of the file `name` are inspected, to open it if it is an archive or
    /// compressed.
    pub fn looks_into(&self, below: &Path, name: &OsStr) -> bool {
        self.archives && self.enters(below, name)
    }

    /// Returns `true` if the file `name` in the folder `below` is read when it is compressed: if its name is included
    /// with or without its extension.
    pub fn reads_unpacked(&self, below: &Path, name: &OsStr) -> bool {
        self.reads(below, name) || Path::new(name).file_stem().is_some_and(|stem| self.reads(below, stem))
    }

    /// Returns `true` if the file `name` in the folder `below` is opened as a container, by its name: an archive, or a
    /// compressed file that is read when unpacked.
    pub fn opens(&self, below: &Path, name: &OsStr) -> bool {
        self.looks_into(below, name)
            && match NamedType::detect(name) {
                Some(NamedType::Archive) => true,
                Some(NamedType::Compressed) => self.reads_unpacked(below, name),
                None => false,
            }
    }

    /// Returns `true` if the file `name` in the folder `below` is read for its name and is not a container.
    pub fn names_file(&self, below: &Path, name: &OsStr) -> bool {
        self.reads(below, name) && !self.opens(below, name)
    }

    /// Returns `true` if the file at `path` has the name of an archive.
    pub fn names_archive(&self, path: &Path) -> bool {
        self.archives && path.file_name().and_then(NamedType::detect) == Some(NamedType::Archive)
    }

    /// Returns `true` if the source at `below`, relative to the argument, is in the shard that is read.
    pub fn has(&self, below: &Path) -> bool {
        self.shard.is_none_or(|shard| shard.has(below.as_os_str().as_encoded_bytes()))
    }

    /// Returns `true` if the folder `name` in the folder `below` is entered.
    pub fn enters(&self, below: &Path, name: &OsStr) -> bool {
        !is_hidden(name) && !self.exclude.match_one(below, name)
    }
}

/// Displays the globs of included names: `*.md, *.markdown or *.txt`.
impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let globs = &self.include.globs;
        for (at, glob) in globs.iter().enumerate() {
            let before = match at {
                0 => "",
                at if at + 1 == globs.len() => " or ",
                _ => ", ",
            };
            write!(f, "{before}{}", escape(glob))?;
        }
        Ok(())
    }
}

/// Returns `true` for names that begin with a dot, and for the folder of macOS metadata in zip archives.
fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") || name == "__MACOSX"
}

#[derive(Debug, Clone)]
struct Patterns {
    /// The globs as typed.
    globs: Vec<String>,
    /// Suffixes of names, from globs such as `*.md`. Nearly all globs have this form, and a suffix is cheap to compare.
    endings: Vec<String>,
    of_names: Globs,
    of_paths: Globs,
}

impl Patterns {
    fn new(globs: Vec<String>) -> Result<Self, InvalidGlob> {
        let bare = globs.iter().map(|glob| glob.trim_end_matches('/'));
        let (of_paths, of_names): (Vec<&str>, Vec<&str>) = bare.partition(|glob| glob.contains('/'));
        let (of_endings, of_names): (Vec<&str>, Vec<&str>) =
            of_names.into_iter().partition(|glob| ending(glob).is_some());
        let endings = of_endings.into_iter().filter_map(ending).map(str::to_owned).collect();
        let from_the_argument = |glob: &str| glob.trim_start_matches("./").trim_start_matches('/').to_owned();
        let of_paths = Globs::parse(of_paths.into_iter().map(from_the_argument))?;
        Ok(Patterns { endings, of_names: Globs::parse(of_names)?, of_paths, globs })
    }

    fn match_one(&self, below: &Path, name: &OsStr) -> bool {
        self.endings.iter().any(|ending| name.as_encoded_bytes().ends_with(ending.as_bytes()))
            || !self.of_names.is_empty() && self.of_names.is_match(name)
            || !self.of_paths.is_empty() && self.of_paths.is_match(below.join(name))
    }
}

/// Returns the suffix if `glob` is `*` followed by letters, digits and dots only.
fn ending(glob: &str) -> Option<&str> {
    let is_literal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.';
    glob.strip_prefix('*').filter(|ending| !ending.is_empty() && ending.bytes().all(is_literal))
}
