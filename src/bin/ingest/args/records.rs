//! Arguments for the records and the outputs beside them.

use std::num::NonZero;
use std::path::PathBuf;

use crate::args::language::Lang;
use crate::args::manifest::refuse_unless_lines;
use crate::args::names::NameParser;
use crate::args::redaction::RedactionArgs;
use crate::args::report::{ReportForm, ReportOptions};
use crate::args::{
    Args, Error, ErrorKind, ManifestOptions, TotalsOptions, ValueEnum, number, refuse_two_on_stdout, size,
    wrong,
};
use news_ingest::output::format::RecordFormat;
use news_ingest::output::projection::Projection;
use news_ingest::output::sink::{is_stdout, name_of};
use news_ingest::output::split::{SplitLimit, existing, numbered};
use news_ingest::personal::redactor::Redactor;
use news_ingest::record::key::Key;
use news_ingest::run::id_index::Dedup;
use news_ingest::text::suggest::unknown;

/// Arguments for the records.
#[derive(Debug, Args)]
#[command(next_help_heading = "Records")]
pub struct RecordArgs {
    /// Write the records to FILE, which is replaced once they are complete
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Format of the records [default: by FILE's ending, else jsonl]
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    to: Option<RecordFormat>,

    /// Write at most N records to a file: with `-o articles.jsonl`, to `articles-00000.jsonl` and so on
    ///
    /// All parts are put in place at the end. Parts of an earlier run are replaced, or removed if it had more.
    #[arg(long, value_name = "N", requires = "output", value_parser = number::positive)]
    split_records: Option<NonZero<u64>>,

    /// Write at most SIZE bytes to a file, before compression; K, M and G mean KiB, MiB and GiB
    #[arg(long, value_name = "SIZE", requires = "output", conflicts_with = "split_records", value_parser = size::parse)]
    split_size: Option<usize>,

    /// Write only these keys of the record, separated by commas
    #[arg(long, value_name = "KEYS", value_parser = fields(), hide_possible_values = true)]
    fields: Option<Projection>,

    #[command(flatten)]
    redaction: RedactionArgs,

    /// Skip articles that an earlier file of the run has, by id or by text
    ///
    /// The first in order is kept, unless `--keep` says otherwise. Skipped articles are not reported as `duplicate` or `id-conflict`; they are counted,
    /// and listed with -v.
    #[arg(long, value_name = "BY", value_enum)]
    dedup: Option<By>,

    /// Of the articles with the same id, keep the latest crawl, or the first in order [default: first]
    ///
    /// A copy whose text is verified wins over one whose text is not; then the newest `crawled_at` wins; of equal ones the
    /// later in order. The files are read twice, so they cannot come from a pipe.
    #[arg(long, value_name = "WHICH", value_enum, requires = "dedup")]
    keep: Option<Keep>,

    /// Write the comments on the accepted articles to FILE, one JSON line each
    ///
    /// Each names its article by `article_id` and the comment that it replies to by that one's `position`.
    #[arg(long, value_name = "FILE")]
    comments: Option<PathBuf>,

    /// Show the archive at a glance in FILE, as one HTML page; as the card of a data set, if FILE ends in `.md`; see
    /// `ingest report`
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// The language of the page [default: that of the locale, English if it is another]
    #[arg(long, value_name = "LANG", value_enum, requires = "report")]
    lang: Option<Lang>,
}

/// Criterion for duplicates.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    /// Equal ids, whatever the text
    Id,
    /// Equal texts, whatever the id
    Text,
}

/// Copy of an article to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Keep {
    /// The newest crawl, if verified
    Latest,
    /// The first in order
    First,
}

/// Output options of the bare command.
#[derive(Debug)]
pub struct WriteOptions {
    /// Output file of the records; stdout if `None`.
    pub output: Option<PathBuf>,
    /// Format of the records.
    pub format: RecordFormat,
    /// Maximum size of a part, if the output is split.
    pub limit: Option<SplitLimit>,
    /// Keys to write.
    pub fields: Projection,
    /// What replaces personal data, if it is replaced.
    pub redactor: Option<Redactor>,
    /// File for the places of what was replaced.
    pub redactions: Option<PathBuf>,
    /// Duplicates to skip.
    pub dedup: Option<Dedup>,
    /// Set if the latest copy of an article is kept instead of the first.
    pub keeps_latest: bool,
    /// File for the comments.
    pub comments: Option<PathBuf>,
    /// Outputs for findings and totals.
    pub totals: TotalsOptions,
    /// Output of the HTML page, if requested.
    pub report: Option<ReportOptions>,
    /// Manifests to read and write.
    pub manifests: ManifestOptions,
}

impl WriteOptions {
    /// Returns all files to write, with existing parts that may be replaced.
    pub fn targets(&self) -> Vec<PathBuf> {
        let records = self.output.iter().flat_map(|path| match self.limit {
            None => vec![path.clone()],
            Some(_) => [numbered(path, 0)].into_iter().chain(existing(path, 1)).collect(),
        });
        let report = self.report.as_ref().and_then(|report| report.output.clone());
        let beside = [&self.comments, &self.redactions, &report];
        let manifests = self.manifests.outputs().map(|(_, path)| path);
        let beside = beside.into_iter().flatten().chain(self.totals.targets()).chain(manifests);
        records.chain(beside.cloned()).filter(|path| !is_stdout(path)).collect()
    }

    /// Returns `true` if an output goes to stdout.
    pub fn uses_stdout(&self) -> bool {
        let report = self.report.as_ref().and_then(|report| report.output.as_ref());
        let Self { comments, redactions, .. } = self;
        let beside = [comments.as_ref(), redactions.as_ref(), report];
        let manifests = self.manifests.outputs().map(|(_, path)| path);
        let totals = self.totals.on_stdout().iter().any(|(_, is_on_stdout)| *is_on_stdout);
        self.output.is_none()
            || totals
            || beside.into_iter().flatten().chain(manifests).any(|path| is_stdout(path))
    }
}

impl RecordArgs {
    /// Resolves the arguments.
    ///
    /// # Errors
    /// The arguments contradict each other.
    pub fn writing(self, manifests: ManifestOptions, totals: TotalsOptions) -> Result<WriteOptions, Error> {
        let RecordArgs {
            output,
            to,
            split_records,
            split_size,
            fields,
            redaction,
            dedup,
            keep,
            comments,
            report,
            lang,
        } = self;
        let (redactor, redactions) = redaction.resolve()?;
        let output = output.filter(|path| !is_stdout(path));
        let goes_to_stdout = |path: &Option<PathBuf>| path.as_deref().is_some_and(is_stdout);
        let mut on_stdout = vec![
            ("the records", output.is_none()),
            ("`--comments`", goes_to_stdout(&comments)),
            ("`--redactions`", goes_to_stdout(&redactions)),
            ("`--report`", goes_to_stdout(&report)),
        ];
        on_stdout.extend(totals.on_stdout());
        on_stdout.extend(manifests.outputs().map(|(name, path)| (name, is_stdout(path))));
        refuse_two_on_stdout(&on_stdout)?;
        if output.is_none() && (split_records.is_some() || split_size.is_some()) {
            let message = "the standard output is not split: name a FILE with `-o FILE`".to_owned();
            return Err(wrong(ErrorKind::ArgumentConflict, message));
        }
        let format = match (to, &output) {
            (Some(format), _) => format,
            (None, None) => RecordFormat::default(),
            (None, Some(path)) => RecordFormat::from_path(path).map_err(|unknown| {
                let message =
                    format!("the ending of {} is {unknown}; `--to` says which one is meant", name_of(path));
                wrong(ErrorKind::ValueValidation, message)
            })?,
        };
        [&comments, &redactions].into_iter().flatten().try_for_each(|path| refuse_unless_lines(path))?;
        if matches!(dedup, Some(By::Text)) && keep == Some(Keep::Latest) {
            let message = "`--keep latest` is for `--dedup id`: copies of a text are equal".to_owned();
            return Err(wrong(ErrorKind::ArgumentConflict, message));
        }
        let report = report.map(|path| {
            let form = ReportForm::new(Some(&path), false, lang);
            form.map(|form| ReportOptions { output: Some(path), form })
        });
        let report = report.transpose()?;
        let dedup = dedup.map(|by| match by {
            By::Id => Dedup::Id,
            By::Text => Dedup::Text,
        });
        let size = split_size.map(|size| SplitLimit::Bytes(size as u64));
        let limit = split_records.map(|most| SplitLimit::Records(most.get())).or(size);
        Ok(WriteOptions {
            output,
            format,
            limit,
            fields: fields.unwrap_or_default(),
            redactor,
            redactions,
            dedup,
            keeps_latest: keep == Some(Keep::Latest),
            comments,
            totals,
            report,
            manifests,
        })
    }
}

fn format() -> NameParser<RecordFormat> {
    NameParser::new(format_names(), |name| {
        name.parse().map_err(|_| unknown("format of records", name, format_names()))
    })
}

fn format_names() -> impl Iterator<Item = &'static str> {
    RecordFormat::all().iter().map(|(name, _)| name.as_str())
}

fn fields() -> NameParser<Projection> {
    NameParser::new(key_names(), |names| {
        let parsed = Projection::parse(names.split(',').map(str::trim));
        parsed.map_err(|name| unknown("key of the record", name, key_names()))
    })
}

fn key_names() -> impl Iterator<Item = &'static str> {
    Key::ALL.iter().map(|key| key.name())
}
