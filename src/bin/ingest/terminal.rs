//! Standard streams: colours, pipes and lines on stderr.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;

use crate::args::{Color, Config};
use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};

use crate::{Context, Error};

/// Wraps `stream`, which keeps or strips colours as `color` says.
pub fn coloured<S: RawStream>(stream: S, color: Color) -> AutoStream<S> {
    let choice = match color {
        Color::Auto => AutoStream::choice(&stream),
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    AutoStream::new(stream, choice)
}

/// Wraps `stream` for findings; formats for programs pass unchanged.
pub fn for_findings<S: RawStream>(stream: S, config: &Config) -> AutoStream<S> {
    coloured(stream, if config.format.is_coloured() { config.color } else { Color::Always })
}

/// Returns `true` if another program reads `stream`; it may write to the same terminal.
pub fn is_piped(stream: &impl AsFd) -> bool {
    let stream = stream.as_fd().try_clone_to_owned().map(File::from);
    let kind = stream.and_then(|stream| stream.metadata()).map(|metadata| metadata.file_type());
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_socket())
}

/// Writes a line to stderr in one call, since other processes may write there too.
pub fn say(line: impl Display) -> Result<(), Error> {
    io::stderr().write_all(format!("{line}\n").as_bytes()).context("cannot write the summary")
}
