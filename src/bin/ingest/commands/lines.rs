//! Opens what an earlier run has written as JSON Lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use news_ingest::input::archive;
use news_ingest::input::archive::Opened;
use news_ingest::output::sink::name_of;

use crate::{Context, Error};

/// Opens the file at `path`, or the standard input for `-`. What is compressed, by its first bytes, is decompressed.
pub fn open(path: &Path) -> Result<impl BufRead, Error> {
    let name = name_of(path);
    let opened = match path.as_os_str() == "-" {
        true => archive::open(Box::new(io::stdin()), None, name, PathBuf::new(), usize::MAX),
        false => File::open(path)
            .and_then(|file| archive::open(Box::new(file), None, name, PathBuf::new(), usize::MAX)),
    };
    let stream = opened.and_then(|opened| match opened {
        Opened::Plain(stream) | Opened::Compressed(stream) => Ok(stream),
        Opened::Archive(_) => Err(io::Error::other("this is an archive, not JSON Lines")),
    });
    let stream = stream.with_context(|| cannot_read(path))?;
    Ok(BufReader::new(stream))
}

/// Error message for a file that an earlier run has written.
pub fn cannot_read(path: &Path) -> String {
    format!("cannot read {}", name_of(path))
}
