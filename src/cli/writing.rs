//! Where the records go, as it is typed.

use std::path::PathBuf;

use super::{Args, Error};

/// What was typed about the records.
#[derive(Debug, Args)]
#[command(next_help_heading = "Records")]
pub struct Records {
    /// Write the records to FILE, which is the old file until they are complete
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Where the records go.
#[derive(Debug)]
pub struct Writing {
    /// Where the records go; to stdout if nowhere else.
    pub output: Option<PathBuf>,
}

impl Records {
    /// What was meant.
    ///
    /// # Errors
    /// What was typed makes no sense.
    pub fn writing(self) -> Result<Writing, Error> {
        let Records { output } = self;
        Ok(Writing { output })
    }
}
