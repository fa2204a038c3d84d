//! Selects the files and folders that are read inside folder arguments.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

use crate::input::archive::sniff::NamedType;
use crate::input::shard::Shard;
use crate::input::skipped::{SkipListener, Skipped};
use crate::text::escape::escape;
use crate::text::globs::{Globs, InvalidGlob};

/// Includes names that `include` matches and `exclude` does not. Hidden names are never included.
///
/// Methods take a file or folder as its `name` and the path of its folder relative to the argument, `folder`.
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
    /// Listener for what is passed over.
    pub skip_listener: Option<SkipListener>,
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
            skip_listener: None,
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
        !self.include.path_globs.is_empty() || !self.exclude.path_globs.is_empty()
    }

    /// Returns `true` if the file `name` in the folder `folder` is read.
    pub fn includes(&self, folder: &Path, name: &OsStr) -> bool {
        self.descends_into(folder, name) && self.include.match_one(folder, name)
    }

    /// Returns `true` if the first bytes of the file `name` are inspected, to open it if it is an archive or
    /// compressed.
    pub fn sniffs(&self, folder: &Path, name: &OsStr) -> bool {
        self.archives && self.descends_into(folder, name)
    }

    /// Returns `true` if the file `name` in the folder `folder` is read when it is compressed: if its name is included
    /// with or without its extension.
    pub fn includes_decompressed(&self, folder: &Path, name: &OsStr) -> bool {
        self.includes(folder, name)
            || Path::new(name).file_stem().is_some_and(|stem| self.includes(folder, stem))
    }

    /// Returns `true` if the file `name` in the folder `folder` is opened as a container, by its name: an archive, or a
    /// compressed file that is read when unpacked.
    pub fn is_container(&self, folder: &Path, name: &OsStr) -> bool {
        self.sniffs(folder, name)
            && match NamedType::detect(name) {
                Some(NamedType::Archive) => true,
                Some(NamedType::Compressed) => self.includes_decompressed(folder, name),
                None => false,
            }
    }

    /// Returns `true` if the file `name` in the folder `folder` is read for its name and is not a container.
    pub fn is_regular_name(&self, folder: &Path, name: &OsStr) -> bool {
        self.includes(folder, name) && !self.is_container(folder, name)
    }

    /// Returns `true` if the file at `path` has the name of an archive.
    pub fn has_archive_name(&self, path: &Path) -> bool {
        self.archives && path.file_name().and_then(NamedType::detect) == Some(NamedType::Archive)
    }

    /// Returns `true` if the source at `relative`, relative to the argument, is in the shard that is read.
    pub fn in_shard(&self, relative: &Path) -> bool {
        self.shard.is_none_or(|shard| shard.contains(relative.as_os_str().as_encoded_bytes()))
    }

    /// Tells the listener, if there is one, that the entry at `path` is passed over.
    pub fn note(&self, path: &Path, reason: Skipped) {
        if let Some(SkipListener(listener)) = &self.skip_listener {
            listener(path, reason);
        }
    }

    /// Returns the reason for which the entry `name` of the folder `folder` is passed over.
    pub fn skip_reason(&self, folder: &Path, name: &OsStr) -> Skipped {
        match (is_hidden(name), self.descends_into(folder, name)) {
            (true, _) => Skipped::Hidden,
            (false, false) => Skipped::Excluded,
            (false, true) => Skipped::NotIncluded,
        }
    }

    /// Returns `true` if the folder `name` in the folder `folder` is entered.
    pub fn descends_into(&self, folder: &Path, name: &OsStr) -> bool {
        !is_hidden(name) && !self.exclude.match_one(folder, name)
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
    suffixes: Vec<String>,
    name_globs: Globs,
    path_globs: Globs,
}

impl Patterns {
    fn new(globs: Vec<String>) -> Result<Self, InvalidGlob> {
        let bare = globs.iter().map(|glob| glob.trim_end_matches('/'));
        let (path_globs, name_globs): (Vec<&str>, Vec<&str>) = bare.partition(|glob| glob.contains('/'));
        let (suffix_globs, name_globs): (Vec<&str>, Vec<&str>) =
            name_globs.into_iter().partition(|glob| suffix(glob).is_some());
        let suffixes = suffix_globs.into_iter().filter_map(suffix).map(str::to_owned).collect();
        let from_the_argument = |glob: &str| glob.trim_start_matches("./").trim_start_matches('/').to_owned();
        let path_globs = Globs::parse(path_globs.into_iter().map(from_the_argument))?;
        Ok(Patterns { suffixes, name_globs: Globs::parse(name_globs)?, path_globs, globs })
    }

    fn match_one(&self, folder: &Path, name: &OsStr) -> bool {
        self.suffixes.iter().any(|suffix| name.as_encoded_bytes().ends_with(suffix.as_bytes()))
            || !self.name_globs.is_empty() && self.name_globs.is_match(name)
            || !self.path_globs.is_empty() && self.path_globs.is_match(folder.join(name))
    }
}

/// Returns the suffix if `glob` is `*` followed by letters, digits and dots only.
fn suffix(glob: &str) -> Option<&str> {
    let is_literal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.';
    glob.strip_prefix('*').filter(|suffix| !suffix.is_empty() && suffix.bytes().all(is_literal))
}
