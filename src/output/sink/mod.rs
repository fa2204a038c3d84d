//! Output targets of a run: the standard output, files that are replaced only when complete, and objects of a store.

pub mod atomic_file;
pub(crate) mod attributes;
pub mod overlap;

use std::io::{self, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use crate::output::sink::atomic_file::{AtomicFile, Finished, hold_drafts};
use crate::store::{ObjectUrl, Upload, Uploaded, is_url, shown};
use crate::sys;
use crate::sys::compression::{Encoder, OutputCodec};
use crate::text::escape::quote;

/// A stream to one target, compressed or not.
#[derive(Debug)]
pub struct Sink {
    stream: Encoder<OutputTarget>,
    name: String,
}

#[derive(Debug)]
enum OutputTarget {
    Stdout(Stdout),
    File(AtomicFile),
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
pub struct WriteError {
    name: String,
    error: io::Error,
}

impl Sink {
    /// Opens the file or object at `path`, or the standard output without one. Only uncompressed text goes to a
    /// terminal. Up to `threads` threads compress, which does not change the bytes.
    ///
    /// # Errors
    /// The target cannot be opened, or it is a terminal and the output is not plain text.
    pub fn create(
        path: Option<&Path>,
        compression: Option<OutputCodec>,
        is_text: bool,
        threads: usize,
    ) -> Result<Self, WriteError> {
        let (place, name) = match path.filter(|path| !is_stdout(path)) {
            None => {
                sys::widen(io::stdout());
                let name = if path.is_none() { "the records" } else { "the standard output" };
                (Ok(OutputTarget::Stdout(io::stdout())), name.to_owned())
            }
            Some(url) if is_url(url) => (OutputTarget::object(url), name_of(url)),
            Some(path) => (AtomicFile::create(path).map(OutputTarget::File), name_of(path)),
        };
        let is_text = is_text && compression.is_none();
        let place = place.and_then(|place| if is_text { Ok(place) } else { place.unless_terminal() });
        match place.and_then(|place| Encoder::new(place, compression, threads)) {
            Ok(stream) => Ok(Sink { stream, name }),
            Err(error) => Err(WriteError { name, error }),
        }
    }

    /// Opens an output beside the records at `path`; the ending of the name sets the compression.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn beside(path: &Path) -> Result<Self, WriteError> {
        Sink::create(Some(path), OutputCodec::from_path(path), true, 1)
    }

    /// Opens the target of an HTML page at `path`, or the standard output without one; the ending sets the compression.
    ///
    /// # Errors
    /// The file cannot be opened, or it is a terminal.
    pub fn of_page(path: Option<&Path>) -> Result<Self, WriteError> {
        let path = path.unwrap_or(Path::new(STDOUT[0]));
        Sink::create(Some(path), OutputCodec::from_path(path), false, 1)
    }

    /// Name of the output for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Finishes the stream and waits until every byte is on the disk or in the store.
    ///
    /// # Errors
    /// Writing, flushing or syncing fails.
    pub fn complete(self) -> Result<Complete, WriteError> {
        let ready = self.stream.finish().and_then(|place| match place {
            OutputTarget::Stdout(mut stdout) => stdout.flush().map(|()| Ready::Stdout),
            OutputTarget::File(file) => file.finish().map(Ready::File),
            OutputTarget::Object(object) => object.finish().map(Ready::Object),
        });
        match ready {
            Ok(ready) => Ok(Complete { ready, name: self.name }),
            Err(error) => Err(WriteError { name: self.name, error }),
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
    pub fn place_all(all: Vec<Complete>, removed: &[PathBuf]) -> Result<(), WriteError> {
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
                Err(error) => return Err(WriteError { name, error }),
            }
        }
        for path in removed {
            remove(path).map_err(|error| WriteError::new(path, error))?;
        }
        drafts.release().map_err(|error| WriteError { name: last, error })
    }
}

fn remove(path: &Path) -> io::Result<()> {
    if is_url(path) { ObjectUrl::parse(path)?.delete() } else { fs::remove_file(path) }
}

impl Write for Sink {
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

impl OutputTarget {
    fn unless_terminal(self) -> io::Result<OutputTarget> {
        let is_terminal = match &self {
            OutputTarget::Stdout(stdout) => stdout.is_terminal(),
            OutputTarget::File(file) => file.is_terminal(),
            OutputTarget::Object(_) => false,
        };
        match is_terminal {
            false => Ok(self),
            true => Err(io::Error::other(
                "a terminal does not show this: name a FILE with `-o FILE`, or write into a pipe",
            )),
        }
    }

    fn object(url: &Path) -> io::Result<OutputTarget> {
        ObjectUrl::parse(url)?.write().map(OutputTarget::Object)
    }
}

/// Name of the file or object at `path` for messages, without secrets of a URL.
pub fn name_of(path: &Path) -> String {
    quote(&shown(path).to_string_lossy()).to_string()
}

impl Write for OutputTarget {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            OutputTarget::Stdout(stdout) => stdout.write(bytes),
            OutputTarget::File(file) => file.file().write(bytes),
            OutputTarget::Object(object) => object.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            OutputTarget::Stdout(stdout) => stdout.flush(),
            OutputTarget::File(file) => file.file().flush(),
            OutputTarget::Object(object) => object.flush(),
        }
    }
}

impl WriteError {
    /// Wraps the error of the file at `path`.
    pub fn new(path: &Path, error: io::Error) -> Self {
        WriteError::named(name_of(path), error)
    }

    /// Wraps the error of the output with this name.
    pub fn named(name: String, error: io::Error) -> Self {
        WriteError { name, error }
    }
}

impl From<WriteError> for io::Error {
    fn from(WriteError { error, .. }: WriteError) -> Self {
        error
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write {}", self.name)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}
