//! Writes archives of invented crawl files, good and faulty, with a list of what each must read as.
//!
//! It shares no code with the library, so that the two can be held against each other.

mod archive;
mod args;
mod article;
mod byline;
mod comments;
mod escape;
mod faults;
mod page;
mod random;
mod text;
mod time;
mod truth;
mod url;
mod words;

use std::io::Write;

use clap::Parser;

fn main() -> anyhow::Result<()> {
    let args = args::Args::parse();
    let faults = archive::Archive::new(&args)?.write()?;
    writeln!(std::io::stderr(), "{} files, {faults} of them with a fault", args.files)?;
    Ok(())
}
