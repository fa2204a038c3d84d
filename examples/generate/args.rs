//! The flags.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Writes an archive of invented crawl files; the same flags give the same bytes.
#[derive(Parser)]
#[command(name = "generate")]
pub struct Args {
    /// How many files to write
    #[arg(long, default_value_t = 1000)]
    pub files: u64,
    /// How many folders to spread them over; 0 writes them into FOLDER itself
    #[arg(long, default_value_t = 10)]
    pub folders: u64,
    /// Another seed gives another archive
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How the fields and the body are escaped
    #[arg(long, value_enum, default_value = "mixed")]
    pub era: Era,
    /// How long the texts are
    #[arg(long, value_enum, default_value = "real")]
    pub sizes: Sizes,
    /// Share of files with a section of comments, 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "0.02")]
    pub comments: f64,
    /// Share of files that hold an earlier article again, 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "0")]
    pub duplicates: f64,
    /// Rewrite the category of every file without a fault in the front matter alone, as a patch script does
    #[arg(long)]
    pub patched: bool,
    /// Share of files with one fault, 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "0")]
    pub faults: f64,
    /// List the files with a fault here, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// List what each accepted file must read as here, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub truth: Option<PathBuf>,
    /// Where to write; must be new or empty
    pub folder: PathBuf,
}

/// How the fields and the body are escaped.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Era {
    /// With seven HTML entities
    Escaped,
    /// Not at all
    Unescaped,
    /// Half of the files each way
    Mixed,
}

/// How long the texts are.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sizes {
    /// As in a real archive: files of 2.8 KB at the median
    Real,
    /// A little longer: 100,000 files are 434 MB
    Speed,
    /// A line or two
    Tiny,
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a share is a number from 0 to 1".to_owned()),
    }
}
