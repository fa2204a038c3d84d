//! Stub for builds without the `cloud` feature.

use std::convert::Infallible;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::store::ListedObject;

/// The location of an object or prefix. It cannot be constructed.
#[derive(Debug, Clone)]
pub struct ObjectUrl(Infallible);

/// Reader of an object. It cannot be constructed.
#[derive(Debug)]
pub struct Object(Infallible);

/// Writer of an object. It cannot be constructed.
#[derive(Debug)]
pub struct Upload(Infallible);

/// A complete upload. It cannot be constructed.
#[derive(Debug)]
pub struct Uploaded(Infallible);

impl ObjectUrl {
    /// Fails, since object stores are not supported.
    ///
    /// # Errors
    /// Always.
    pub fn parse(_: &Path) -> io::Result<Self> {
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "this program was built without object stores, the cargo feature `cloud`",
        ))
    }
}

/// Unreachable: a `ObjectUrl` cannot be constructed.
#[expect(clippy::missing_errors_doc, reason = "none of them is ever called")]
#[expect(missing_docs, reason = "they stand for those of the same names that are there with the feature")]
impl ObjectUrl {
    pub fn names_prefix(&self) -> bool {
        match self.0 {}
    }

    pub fn join(&self, _: &str) -> Self {
        match self.0 {}
    }

    pub fn is_there(&self) -> io::Result<bool> {
        match self.0 {}
    }

    pub fn holds_any(&self) -> io::Result<bool> {
        match self.0 {}
    }

    pub fn list(&self) -> io::Result<Vec<ListedObject>> {
        match self.0 {}
    }

    pub fn read(&self) -> Object {
        match self.0 {}
    }

    pub fn write(&self) -> io::Result<Upload> {
        match self.0 {}
    }

    pub fn delete(&self) -> io::Result<()> {
        match self.0 {}
    }
}

#[expect(clippy::missing_errors_doc, reason = "never called")]
#[expect(missing_docs, reason = "it stands for the one of the same name that is there with the feature")]
impl Object {
    pub fn begun(self) -> io::Result<Self> {
        match self.0 {}
    }
}

impl Read for Object {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        match self.0 {}
    }
}

#[expect(clippy::missing_errors_doc, reason = "never called")]
#[expect(missing_docs, reason = "it stands for the one of the same name that is there with the feature")]
impl Upload {
    pub fn finish(self) -> io::Result<Uploaded> {
        match self.0 {}
    }
}

impl Write for Upload {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        match self.0 {}
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0 {}
    }
}

#[expect(clippy::missing_errors_doc, reason = "never called")]
#[expect(missing_docs, reason = "it stands for the one of the same name that is there with the feature")]
impl Uploaded {
    pub fn place(self) -> io::Result<()> {
        match self.0 {}
    }
}

/// Does nothing, since there are no uploads.
pub fn abort_uploads() {}
