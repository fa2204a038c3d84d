//! Output targets of a run: the standard output, files that are replaced only when complete, and objects of a store.

use std::io::{self, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use super::replacement::{Finished, Replacement, hold_drafts};
use crate::compression::{Compression, Compressor};
use crate::quote::quote;
use crate::store::{Location, Upload, Uploaded, is_url, shown};
use crate::system;

/// A stream to one target, compressed or not.
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

/// A finished output that is not yet committed.
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

/// Error for an output, with the name of the output.
#[derive(Debug)]
pub struct CannotWrite {
    name: String,
    error: io::Error,
}

impl Destination {
    /// Opens the file or object at `path`, or the standard output without one. Only uncompressed text goes to a
    /// terminal.
    ///
    /// # Errors
    /// The target cannot be opened, or it is a terminal and the output is not plain text.
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

    /// Opens an output beside the records at `path`; the ending of the name sets the compression.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn beside(path: &Path) -> Result<Self, CannotWrite> {
        Destination::of(Some(path), Compression::of(path), true)
    }

    /// Opens the target of an HTML page at `path`, or the standard output without one; the ending sets the compression.
    ///
    /// # Errors
    /// The file cannot be opened, or it is a terminal.
    pub fn of_page(path: Option<&Path>) -> Result<Self, CannotWrite> {
        let path = path.unwrap_or(Path::new(STDOUT[0]));
        Destination::of(Some(path), Compression::of(path), false)
    }

    /// Name of the output for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Finishes the stream and waits until every byte is on the disk or in the store.
    ///
    /// # Errors
    /// Writing, flushing or syncing fails.
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
    /// Returns `true` if an older file or object remains unless this output is committed.
    pub fn replaces(&self) -> bool {
        match &self.ready {
            Ready::Stdout => false,
            Ready::File(file) => file.replaces(),
            Ready::Object(_) => true,
        }
    }

    /// Commits all outputs, then removes the files or objects in `removed`. A signal takes effect before or after that,
    /// never in between.
    ///
    /// # Errors
    /// An output cannot be renamed into place, or a file cannot be removed. The outputs after it are discarded.
    pub fn place_all(all: Vec<Complete>, removed: &[PathBuf]) -> Result<(), CannotWrite> {
        // Declared before the lock: after an error the rest is dropped once the lock is released, since a drop takes it
        // too.
        let mut all = all.into_iter();
        // Uploads are aborted only under this lock too.
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

/// Arguments that mean the standard output in place of a file.
const STDOUT: [&str; 2] = ["-", "/dev/stdout"];

/// Returns `true` if the path, as typed, means the standard output.
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

/// Name of the file or object at `path` for messages, without secrets of a URL.
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
    /// Wraps the error of the file at `path`.
    pub fn of(path: &Path, error: io::Error) -> Self {
        CannotWrite::named(name_of(path), error)
    }

    /// Wraps the error of the output with this name.
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
