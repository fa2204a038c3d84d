//! What is read: arguments become sources, in order, one folder at a time.

pub mod file;
pub mod shard;
mod walk;

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use self::shard::Shard;
use self::walk::Walk;

/// One crawl file to read, or the reason why it cannot be.
#[derive(Debug)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// The standard input, which holds one crawl file.
    Stdin,
    /// A file or folder that was found, but that the system refuses.
    Unreadable(PathBuf, io::Error),
}

impl Source {
    /// How records and findings name the source: as reached from the argument, a byte that is not UTF-8 as `\xFF`.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Source::File(path) | Source::Unreadable(path, _) => shown(path),
            Source::Stdin => Cow::Borrowed("-"),
        }
    }
}

/// The sources that a list of arguments stands for, found while they are asked for.
#[derive(Debug)]
pub struct Sources {
    arguments: std::vec::IntoIter<PathBuf>,
    walk: Option<Walk>,
    /// The folder that is walked through, as it was given.
    root: PathBuf,
    shard: Option<Shard>,
}

impl Sources {
    /// The sources of `arguments`: files, folders, and `-` for the standard input.
    ///
    /// # Errors
    /// The arguments that do not exist, each with the system's message.
    pub fn of(arguments: Vec<PathBuf>) -> Result<Self, Vec<(PathBuf, io::Error)>> {
        let is_missing = |path: &PathBuf| match path.metadata() {
            Err(error) if !is_stdin(path) && error.kind() != io::ErrorKind::PermissionDenied => {
                Some((path.clone(), error))
            }
            _ => None,
        };
        let missing: Vec<_> = arguments.iter().filter_map(is_missing).collect();
        if missing.is_empty() {
            Ok(Sources { arguments: arguments.into_iter(), walk: None, root: PathBuf::new(), shard: None })
        } else {
            Err(missing)
        }
    }

    /// Those of them that are in `shard`; all without one.
    pub fn in_shard(self, shard: Option<Shard>) -> Self {
        Sources { shard, ..self }
    }

    /// Whether a source is wanted that is named so, relative to its argument.
    fn wants(&self, relative: &Path) -> bool {
        self.shard.is_none_or(|shard| shard.has(relative.as_os_str().as_encoded_bytes()))
    }

    /// Whether a source in the folder `root` is wanted.
    fn wants_inside(&self, source: &Source) -> bool {
        self.shard.is_none()
            || match source {
                Source::File(path) | Source::Unreadable(path, _) => {
                    self.wants(path.strip_prefix(&self.root).unwrap_or(path))
                }
                Source::Stdin => true,
            }
    }
}

impl Iterator for Sources {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        loop {
            if let Some(walk) = &mut self.walk {
                match walk.next() {
                    Some(source) if self.wants_inside(&source) => return Some(source),
                    Some(_) => continue,
                    None => self.walk = None,
                }
            }
            let argument = self.arguments.next()?;
            let is_wanted =
                |sources: &Self| sources.wants(argument.file_name().map_or(&*argument, Path::new));
            if is_stdin(&argument) {
                if is_wanted(self) {
                    return Some(Source::Stdin);
                }
            } else if !argument.is_dir() {
                if is_wanted(self) {
                    return Some(Source::File(argument));
                }
            } else {
                self.root.clone_from(&argument);
                self.walk = Some(Walk::of(argument));
            }
        }
    }
}

fn is_stdin(argument: &Path) -> bool {
    argument.as_os_str() == "-"
}

fn shown(path: &Path) -> Cow<'_, str> {
    let bytes = path.as_os_str().as_encoded_bytes();
    if let Ok(path) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(path);
    }
    let mut shown = String::new();
    for chunk in bytes.utf8_chunks() {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02X}"));
        }
    }
    Cow::Owned(shown)
}
