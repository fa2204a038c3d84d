//! Standard streams: colours, pipes and lines on stderr.

use std::env;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;

use crate::args::{Color, Config, UsageError};
use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use news_ingest::findings::render::style::ERROR;

use crate::{Context, Error};

/// Wraps `stream`, which keeps or strips colours as `color` says.
pub fn coloured<S: RawStream>(stream: S, color: Color) -> AutoStream<S> {
    let choice = match color {
        Color::Auto if is_forced() => ColorChoice::Always,
        Color::Auto => AutoStream::choice(&stream),
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    AutoStream::new(stream, choice)
}

/// Returns `true` if `FORCE_COLOR` asks for colours, and `NO_COLOR` does not forbid them. `CLICOLOR_FORCE` is known to the
/// stream.
fn is_forced() -> bool {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_none() && set("FORCE_COLOR").is_some_and(|value| value != "0" && value != "false")
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

/// Writes the message of an error that ends the program to stderr, after the prefix that all errors have.
pub fn say_error(message: impl Display) -> io::Result<()> {
    let line = format!("{ERROR}error:{ERROR:#} {message}\n");
    coloured(io::stderr(), Color::Auto).write_all(line.as_bytes())
}

/// Prints a usage error to stderr, or the help or version that was asked for to stdout.
pub fn print_usage(usage: &UsageError) -> io::Result<()> {
    let text = usage.render().ansi().to_string();
    match usage.use_stderr() {
        true => coloured(io::stderr(), Color::Auto).write_all(text.as_bytes()),
        false => coloured(io::stdout(), Color::Auto).write_all(text.as_bytes()),
    }
}
