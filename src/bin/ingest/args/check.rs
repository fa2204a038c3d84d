//! The subcommand `check`.

use std::path::PathBuf;

use crate::args::manifest::refuse_unless_lines;
use crate::args::totals::TotalsArgs;
use crate::args::{
    ArgMatches, Args, CommonArgs, Config, Error, ErrorKind, ManifestOptions, Task, TotalsOptions,
    ValueSource, refuse_two_on_stdout, wrong,
};
use news_ingest::findings::render::FindingFormat;
use news_ingest::output::sink::{is_stdout, name_of};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    shared: CommonArgs,

    #[command(flatten)]
    telling: FindingArgs,

    #[command(flatten)]
    totals: TotalsArgs,
}

/// Arguments for the findings.
#[derive(Debug, Args)]
#[command(next_help_heading = "Findings")]
struct FindingArgs {
    /// Write the findings to FILE, which is replaced once they are complete, in the format of its ending
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Findings that FILE names are known: they are counted, and do not reject
    ///
    /// FILE is what `--write-baseline` writes, or `--rejects` of an earlier run. A finding is known by the path, the rule
    /// and the SHA-256 of the file: once a byte of the file changes, its findings are new.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write what this run finds, known or new, to FILE, for `--baseline`
    ///
    /// FILE may be the one that `--baseline` reads: entries of files that were repaired, changed or removed go.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["shard", "fail_fast"])]
    write_baseline: Option<PathBuf>,
    /// List the files that were read in FILE, with their hashes and a root over all lines
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    /// Compare the files with those that MANIFEST lists: missing, extra, moved and changed ones; exit with 1 if they differ
    #[arg(long, value_name = "MANIFEST", conflicts_with = "manifest")]
    against: Option<PathBuf>,
}

/// Output options of `check`.
#[derive(Debug)]
pub struct CheckOptions {
    /// Output file of the findings; stdout if `None`.
    pub output: Option<PathBuf>,
    /// Set if the ending of `output` is that of another format.
    pub ending_differs: bool,
    /// Maximum number of findings to report.
    pub max_findings: u64,
    /// Outputs for findings and totals.
    pub totals: TotalsOptions,
    /// File of the findings that are known.
    pub baseline: Option<PathBuf>,
    /// File that all findings are written to, as a baseline.
    pub write_baseline: Option<PathBuf>,
    /// Manifest to write.
    pub manifests: ManifestOptions,
    /// Manifest that the files are compared with.
    pub against: Option<PathBuf>,
}

impl CheckOptions {
    /// Files that are replaced.
    pub fn targets(&self) -> Vec<PathBuf> {
        let targets = [&self.output, &self.write_baseline, &self.manifests.output].into_iter().flatten();
        targets.chain(self.totals.targets()).filter(|path| !is_stdout(path)).cloned().collect()
    }
}

/// Examples, printed before the arguments.
pub const EXAMPLES: &str = "\
Examples:
  ingest check seeds/                     what is wrong with a folder
  ingest check -D warnings seeds/         whatever is doubtful is wrong
  ingest check --statistics seeds/        how often each rule is broken
  ingest check --against manifest.jsonl seeds/    what differs from a manifest
  ingest check --format sarif -o findings.sarif seeds/
  ingest check --write-baseline known.jsonl seeds/
  ingest check --baseline known.jsonl seeds/     only new faults fail
  ingest check --format github --summary-file $GITHUB_STEP_SUMMARY seeds/";

impl Check {
    /// Resolves the arguments and the configuration file.
    ///
    /// # Errors
    /// The level of a rule is lowered but fixed, or the configuration file is invalid.
    pub fn task(self, given: &ArgMatches) -> Result<Task, Error> {
        let Check { shared, telling, totals } = self;
        let totals = totals.resolve()?;
        let FindingArgs { output, baseline, write_baseline, manifest, against } = telling;
        [&write_baseline, &manifest].into_iter().flatten().try_for_each(|path| refuse_unless_lines(path))?;
        let output = output.filter(|path| !is_stdout(path));
        let mut on_stdout = vec![
            ("the findings", output.is_none()),
            ("`--write-baseline`", write_baseline.as_deref().is_some_and(is_stdout)),
            ("`--manifest`", manifest.as_deref().is_some_and(is_stdout)),
        ];
        on_stdout.extend(totals.on_stdout());
        refuse_two_on_stdout(&on_stdout)?;
        let is_given = given.value_source("format") == Some(ValueSource::CommandLine);
        let by_ending = output.as_deref().map_or(Ok(&[][..]), FindingFormat::by_ending);
        let usual = match by_ending {
            Ok(formats) => formats.first().copied().unwrap_or(FindingFormat::Text),
            Err(_) if is_given => FindingFormat::Text,
            Err(unknown) => {
                let name = output.as_deref().map(name_of).unwrap_or_default();
                let message =
                    format!("the ending of {name} is {unknown}; `--format` says which one is meant");
                return Err(wrong(ErrorKind::ValueValidation, message));
            }
        };
        let config = Config::resolve(shared, usual, given)?;
        let ending_differs =
            by_ending.is_ok_and(|formats| !formats.is_empty() && !formats.contains(&config.format));
        let manifests = ManifestOptions { output: manifest, ..ManifestOptions::default() };
        let max_findings = totals.max_findings.unwrap_or(config.format.usual_limit());
        Ok(Task::Check(
            config,
            CheckOptions {
                output,
                ending_differs,
                max_findings,
                totals,
                baseline,
                write_baseline,
                manifests,
                against,
            },
        ))
    }
}
