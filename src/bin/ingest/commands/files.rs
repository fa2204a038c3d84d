//! The subcommand `files`: lists the files of a run without reading them.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use crate::args::{Color, FileFormat};
use news_ingest::findings::finding::Finding;
use news_ingest::findings::render::{FindingFormat, Reporter};
use news_ingest::findings::rule::{Level, Rule};
use news_ingest::input::Inputs;
use news_ingest::input::files::Files;
use news_ingest::input::listed_file::ListedFile;
use news_ingest::text::escape::escape;

use crate::commands::setup::open;
use crate::exit_status::REJECTED;
use crate::terminal::{coloured, say};
use crate::{Context, Error};

/// Lists the files of `inputs` on stdout. Paths that cannot be listed are findings on stderr.
pub fn files(inputs: Inputs, format: FileFormat) -> Result<ExitCode, Error> {
    let selection = inputs.selection.clone();
    let files = Files::new(open(inputs, usize::MAX)?);
    let mut list = BufWriter::new(io::stdout().lock());
    let mut findings = coloured(io::stderr(), Color::Auto);
    let mut reporter = Reporter::new(&mut findings, FindingFormat::Concise.report(), Level::Error, u64::MAX);
    let (mut listed, mut refused) = (0, 0);
    for file in files {
        listed += 1;
        if let Some(message) = file.error.clone() {
            refused += 1;
            let finding = Finding::error(Rule::Unreadable, message);
            reporter.file(&file.path, false, &[finding], &[]).context("cannot write the findings")?;
            reporter.flush().context("cannot write the findings")?;
        }
        write(&file, format, &mut list).context("cannot write the list")?;
    }
    list.flush().context("cannot write the list")?;
    if listed == 0 {
        say(format_args!("ingest: nothing to read: no {selection} here"))?;
    }
    Ok(if listed > 0 && refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

fn write(file: &ListedFile, format: FileFormat, list: &mut impl Write) -> io::Result<()> {
    match format {
        FileFormat::Jsonl => list.write_all(file.line().as_bytes()),
        FileFormat::Text if file.error.is_some() => Ok(()),
        FileFormat::Text => writeln!(list, "{}", escape(&file.path)),
    }
}
