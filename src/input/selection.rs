//! Which files and folders are read inside the folders that the arguments name.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

use super::shard::Shard;
use crate::globs::{BadGlob, Globs};
use crate::quote::escape;

/// What is read in folders: what `include` matches and `exclude` does not. Hidden names never are.
#[derive(Debug, Clone)]
pub struct Selection {
    include: Patterns,
    exclude: Patterns,
    /// Whether symbolic links are followed.
    pub follow: bool,
    /// Whether archives and compressed files are opened.
    pub archives: bool,
    /// The part of the sources that is read; all of them without one.
    pub shard: Option<Shard>,
}

/// The names that are read unless others are asked for.
pub const USUAL: [&str; 3] = ["*.md", "*.markdown", "*.txt"];

/// Container that the ending of a file's name promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Archive,
    Compressed,
}

impl Container {
    /// The container that `name` promises, also one that is of no kind that is read, but then is reported.
    fn of(name: &OsStr) -> Option<Self> {
        let name = name.as_encoded_bytes();
        let dot = name.iter().rposition(|byte| *byte == b'.')?;
        match &name[dot + 1..] {
            b"tar" | b"tgz" | b"taz" | b"tzst" | b"txz" | b"tbz" | b"tbz2" | b"tlz" | b"zip" | b"7z"
            | b"rar" => Some(Container::Archive),
            b"gz" | b"zst" | b"xz" | b"bz2" | b"Z" | b"lz" | b"lzma" | b"lz4" | b"lzo" | b"br" => {
                let is_archive = name[..dot].ends_with(b".tar");
                Some(if is_archive { Container::Archive } else { Container::Compressed })
            }
            _ => None,
        }
    }
}

impl Selection {
    /// A selection by globs. One without `/` is held against the name, one with `/` against the path below the
    /// argument.
    ///
    /// # Errors
    /// A glob makes no sense.
    pub fn of(include: Vec<String>, exclude: Vec<String>) -> Result<Self, BadGlob> {
        Ok(Selection {
            include: Patterns::of(include)?,
            exclude: Patterns::of(exclude)?,
            follow: false,
            archives: true,
            shard: None,
        })
    }

    /// Whether more than its name decides about a file: a folder that has two names may then hold other files under each.
    pub fn depends_on_paths(&self) -> bool {
        !self.include.of_paths.is_empty() || !self.exclude.of_paths.is_empty()
    }

    /// Whether the file called `name` is read, in the folder that lies at `below` from the argument.
    pub fn reads(&self, below: &Path, name: &OsStr) -> bool {
        self.enters(below, name) && self.include.match_one(below, name)
    }

    /// Whether the first bytes of the file called `name` are looked at, to open it if it turns out to be an archive or
    /// compressed.
    pub fn looks_into(&self, below: &Path, name: &OsStr) -> bool {
        self.archives && self.enters(below, name)
    }

    /// Whether the file called `name`, if it turns out to be compressed, is read, in the folder that lies at `below` from
    /// the argument: as it would be under its name, or under the name without its ending.
    pub fn reads_unpacked(&self, below: &Path, name: &OsStr) -> bool {
        self.reads(below, name) || Path::new(name).file_stem().is_some_and(|stem| self.reads(below, stem))
    }

    /// Whether `name` says that the file holds crawl files, in the folder that lies at `below` from the argument: an
    /// archive, or one compressed file that would be read if it were not compressed.
    pub fn opens(&self, below: &Path, name: &OsStr) -> bool {
        self.looks_into(below, name)
            && match Container::of(name) {
                Some(Container::Archive) => true,
                Some(Container::Compressed) => self.reads_unpacked(below, name),
                None => false,
            }
    }

    /// Whether the file called `name` in the folder at `below` is read for its name, and is none that is opened.
    pub fn names_file(&self, below: &Path, name: &OsStr) -> bool {
        self.reads(below, name) && !self.opens(below, name)
    }

    /// Whether the file at `path` is called as archives are.
    pub fn names_archive(&self, path: &Path) -> bool {
        self.archives && path.file_name().and_then(Container::of) == Some(Container::Archive)
    }

    /// Whether the source that lies at `below` from the argument is in the part that is read.
    pub fn has(&self, below: &Path) -> bool {
        self.shard.is_none_or(|shard| shard.has(below.as_os_str().as_encoded_bytes()))
    }

    /// Whether the folder called `name` is entered, in the folder that lies at `below` from the argument.
    pub fn enters(&self, below: &Path, name: &OsStr) -> bool {
        !is_hidden(name) && !self.exclude.match_one(below, name)
    }
}

/// The names that are looked for, for people: `*.md, *.markdown or *.txt`.
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

/// Returns `true` for names that begin with a dot, and for the folder of what macOS knows about the files of an archive.
fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") || name == "__MACOSX"
}

#[derive(Debug, Clone)]
struct Patterns {
    /// As they were typed.
    globs: Vec<String>,
    /// What names end with that globs such as `*.md` match, which are nearly all there are.
    endings: Vec<String>,
    of_names: Globs,
    of_paths: Globs,
}

impl Patterns {
    fn of(globs: Vec<String>) -> Result<Self, BadGlob> {
        let bare = globs.iter().map(|glob| glob.trim_end_matches('/'));
        let (of_paths, of_names): (Vec<&str>, Vec<&str>) = bare.partition(|glob| glob.contains('/'));
        let (of_endings, of_names): (Vec<&str>, Vec<&str>) =
            of_names.into_iter().partition(|glob| ending(glob).is_some());
        let endings = of_endings.into_iter().filter_map(ending).map(str::to_owned).collect();
        let from_the_argument = |glob: &str| glob.trim_start_matches("./").trim_start_matches('/').to_owned();
        let of_paths = Globs::of(of_paths.into_iter().map(from_the_argument))?;
        Ok(Patterns { endings, of_names: Globs::of(of_names)?, of_paths, globs })
    }

    fn match_one(&self, below: &Path, name: &OsStr) -> bool {
        self.endings.iter().any(|ending| name.as_encoded_bytes().ends_with(ending.as_bytes()))
            || !self.of_names.is_empty() && self.of_names.is_match(name)
            || !self.of_paths.is_empty() && self.of_paths.is_match(below.join(name))
    }
}

/// The ending of the names that `glob` matches, if it is a star and then nothing but letters, digits and dots.
fn ending(glob: &str) -> Option<&str> {
    let is_literal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.';
    glob.strip_prefix('*').filter(|ending| !ending.is_empty() && ending.bytes().all(is_literal))
}
