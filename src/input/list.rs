//! Lists of paths, ended by line feeds or by NUL.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

/// Path and format of a list.
#[derive(Debug, Clone)]
pub struct PathListOptions {
    /// The list's own path; `-` for the standard input.
    pub path: PathBuf,
    /// The format of its entries.
    pub format: ListFormat,
}

/// The format of a list's entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFormat {
    /// One path per line.
    Lines,
    /// Paths ended by NUL.
    Nul,
    /// One file per line, as `ingest files` lists it; see [`ListedFile`](crate::input::listed_file::ListedFile).
    Found,
}

/// Iterator over the paths of a list, which is read lazily.
pub struct PathList {
    /// The list's own path.
    pub path: PathBuf,
    from: Box<dyn BufRead + Send>,
    /// The format of its entries.
    pub format: ListFormat,
    /// Number of paths read, including empty ones.
    number: u64,
}

/// Maximum length of a path in bytes. No system supports longer ones.
const MAX_PATH_BYTES: u64 = 64 * 1024;

impl PathList {
    /// Opens a list.
    ///
    /// # Errors
    /// The list cannot be opened.
    pub fn open(PathListOptions { path, format }: PathListOptions) -> io::Result<Self> {
        let from: Box<dyn BufRead + Send> = match path.as_os_str() == "-" {
            true => Box::new(BufReader::new(io::stdin())),
            false => Box::new(BufReader::new(File::open(&path)?)),
        };
        Ok(PathList { path, from, format, number: 0 })
    }

    fn read(&mut self) -> io::Result<Option<PathBuf>> {
        let end = if self.format == ListFormat::Nul { 0 } else { b'\n' };
        loop {
            self.number += 1;
            let mut bytes = Vec::new();
            if self.from.by_ref().take(MAX_PATH_BYTES).read_until(end, &mut bytes)? == 0 {
                return Ok(None);
            }
            match bytes.pop_if(|last| *last == end) {
                None if bytes.len() as u64 == MAX_PATH_BYTES => {
                    let message =
                        format!("path {} of the list has more than {MAX_PATH_BYTES} bytes", self.number);
                    return Err(io::Error::other(message));
                }
                Some(b'\n') => drop(bytes.pop_if(|last| *last == b'\r')),
                _ => {}
            }
            if !bytes.is_empty() {
                return path_of(bytes).map(Some);
            }
        }
    }
}

impl Iterator for PathList {
    type Item = io::Result<PathBuf>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> io::Result<PathBuf> {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    Ok(OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> io::Result<PathBuf> {
    String::from_utf8(bytes).map(PathBuf::from).map_err(io::Error::other)
}
