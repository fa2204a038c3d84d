//! Where a run writes to: the standard output, or files that are the old ones until the new ones are complete.

use std::fmt;
use std::io::{self, Stdout, Write};
use std::path::Path;

use super::replacement::{Finished, Replacement};
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
    /// Writes to the file at `path`; to the standard output without one.
    ///
    /// # Errors
    /// The system refuses the file.
    pub fn of(path: Option<&Path>, compression: Option<Compression>) -> Result<Self, CannotWrite> {
        let (place, name) = match path {
            None => {
                system::widen(io::stdout());
                (Ok(Place::Stdout(io::stdout())), "the records".to_owned())
            }
            Some(url) if is_url(url) => (Place::object(url), name_of(&shown(url))),
            Some(path) => (Replacement::of(path).map(Place::File), name_of(path)),
        };
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
        Destination::of(Some(path), Compression::of(path))
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
    /// Puts what was written in its place.
    ///
    /// # Errors
    /// The system refuses the place.
    pub fn place(self) -> Result<(), CannotWrite> {
        let placed = match self.ready {
            Ready::Stdout => Ok(()),
            Ready::File(file) => file.place(),
            Ready::Object(object) => object.place(),
        };
        placed.map_err(|error| CannotWrite { name: self.name, error })
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Place {
    fn object(url: &Path) -> io::Result<Place> {
        Location::of(url)?.write().map(Place::Object)
    }
}

fn name_of(path: &Path) -> String {
    quote(&path.to_string_lossy()).to_string()
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
