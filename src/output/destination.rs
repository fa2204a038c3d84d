//! Where a run writes to: the standard output, or files that are the old ones until the new ones are complete.

use std::io::{self, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use super::replacement::{Finished, Replacement, hold_drafts};
use crate::compression::{Compression, Compressor};
use crate::quote::quote;
use crate::store::{Location, Upload, Uploaded, is_url, shown};
use crate::system;

/// A stream on its way to the standard output or into a file.
#[derive(Debug)]
pub struct Destination {
    stream: Compressor<Place>,
    name: String,
}

#[derive(Debug)]
enum Place {
    Stdout(Stdout),
    File(Replacement),
    Object(Upload),
}

/// What was written whole, not yet in its place.
#[derive(Debug)]
pub struct Complete {
    ready: Ready,
    name: String,
}

#[derive(Debug)]
enum Ready {
    Stdout,
    File(Finished),
    Object(Uploaded),
}

/// That something cannot be written.
#[derive(Debug)]
pub struct CannotWrite {
    name: String,
    error: io::Error,
}

impl Destination {
    /// Writes to the file at `path`; to the standard output without one. A terminal gets nothing but text.
    ///
    /// # Errors
    /// The system refuses the file, or it is a terminal.
    pub fn of(
        path: Option<&Path>,
        compression: Option<Compression>,
        is_text: bool,
    ) -> Result<Self, CannotWrite> {
        let (place, name) = match path.filter(|path| !is_stdout(path)) {
            None => {
                system::widen(io::stdout());
                let name = if path.is_none() { "the records" } else { "the standard output" };
                (Ok(Place::Stdout(io::stdout())), name.to_owned())
            }
            Some(url) if is_url(url) => (Place::object(url), name_of(url)),
            Some(path) => (Replacement::of(path).map(Place::File), name_of(path)),
        };
        let is_text = is_text && compression.is_none();
        let place = place.and_then(|place| if is_text { Ok(place) } else { place.unless_terminal() });
        match place.and_then(|place| Compressor::of(place, compression)) {
            Ok(stream) => Ok(Destination { stream, name }),
            Err(error) => Err(CannotWrite { name, error }),
        }
    }

    /// Writes to the file at `path` what goes beside the records, compressed if its ending says so.
    ///
    /// # Errors
    /// The system refuses the file.
    pub fn beside(path: &Path) -> Result<Self, CannotWrite> {
        Destination::of(Some(path), Compression::of(path), true)
    }

    /// Writes a page to the file at `path`, compressed if its ending says so; to the standard output without one.
    ///
    /// # Errors
    /// The system refuses the file, or it is a terminal.
    pub fn of_page(path: Option<&Path>) -> Result<Self, CannotWrite> {
        let path = path.unwrap_or(Path::new(STDOUT[0]));
        Destination::of(Some(path), Compression::of(path), false)
    }

    /// What a message calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits until every byte is where it cannot be lost.
    ///
    /// # Errors
    /// The system cannot keep them.
    pub fn complete(self) -> Result<Complete, CannotWrite> {
        let ready = self.stream.finish().and_then(|place| match place {
            Place::Stdout(mut stdout) => stdout.flush().map(|()| Ready::Stdout),
            Place::File(file) => file.finish().map(Ready::File),
            Place::Object(object) => object.finish().map(Ready::Object),
        });
        match ready {
            Ok(ready) => Ok(Complete { ready, name: self.name }),
            Err(error) => Err(CannotWrite { name: self.name, error }),
        }
    }
}

impl Complete {
    /// Whether something old stays where this is not put in its place.
    pub fn replaces(&self) -> bool {
        match &self.ready {
            Ready::Stdout => false,
            Ready::File(file) => file.replaces(),
            Ready::Object(_) => true,
        }
    }

    /// Puts everything in its place, and then removes the files or objects that go with the old ones. A signal comes
    /// before all of that or after it.
    ///
    /// # Errors
    /// The system refuses a place.
    pub fn place_all(all: Vec<Complete>, removed: &[PathBuf]) -> Result<(), CannotWrite> {
        // What is left of them after an error goes after the drafts are released.
        let mut all = all.into_iter();
        // Uploads too are given up only by who holds the drafts.
        let mut drafts = hold_drafts();
        let mut last = String::new();
        for Complete { ready, name } in all.by_ref() {
            let placed = match ready {
                Ready::Stdout => Ok(()),
                Ready::File(file) => file.place(&mut drafts),
                Ready::Object(object) => object.place(),
            };
            match placed {
                Ok(()) => last = name,
                Err(error) => return Err(CannotWrite { name, error }),
            }
        }
        for path in removed {
            remove(path).map_err(|error| CannotWrite::of(path, error))?;
        }
        drafts.release().map_err(|error| CannotWrite { name: last, error })
    }
}

fn remove(path: &Path) -> io::Result<()> {
    if is_url(path) { Location::of(path)?.delete() } else { fs::remove_file(path) }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Names of the standard output, where others name a file.
const STDOUT: [&str; 2] = ["-", "/dev/stdout"];

/// Whether what was typed as the name of a file is the standard output.
pub fn is_stdout(path: &Path) -> bool {
    STDOUT.iter().any(|name| path.as_os_str() == *name)
}

impl Place {
    fn unless_terminal(self) -> io::Result<Place> {
        let is_terminal = match &self {
            Place::Stdout(stdout) => stdout.is_terminal(),
            Place::File(file) => file.is_terminal(),
            Place::Object(_) => false,
        };
        match is_terminal {
            false => Ok(self),
            true => Err(io::Error::other(
                "a terminal does not show this: name a FILE with `-o FILE`, or write into a pipe",
            )),
        }
    }

    fn object(url: &Path) -> io::Result<Place> {
        Location::of(url)?.write().map(Place::Object)
    }
}

/// What a message calls the file or object at `path`.
pub fn name_of(path: &Path) -> String {
    quote(&shown(path).to_string_lossy()).to_string()
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Place::Stdout(stdout) => stdout.write(bytes),
            Place::File(file) => file.file().write(bytes),
            Place::Object(object) => object.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Place::Stdout(stdout) => stdout.flush(),
            Place::File(file) => file.file().flush(),
            Place::Object(object) => object.flush(),
        }
    }
}

impl CannotWrite {
    /// What the system said of the file at `path`.
    pub fn of(path: &Path, error: io::Error) -> Self {
        CannotWrite::named(name_of(path), error)
    }

    /// What the system said of what a message calls so.
    pub fn named(name: String, error: io::Error) -> Self {
        CannotWrite { name, error }
    }
}

impl From<CannotWrite> for io::Error {
    fn from(CannotWrite { error, .. }: CannotWrite) -> Self {
        error
    }
}

impl fmt::Display for CannotWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write {}", self.name)
    }
}

impl std::error::Error for CannotWrite {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}
