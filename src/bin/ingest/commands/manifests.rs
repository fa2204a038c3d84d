//! Manifests of a run: opened before it, followed during it, and complete with its outputs.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::args::{Config, ManifestOptions, WriteOptions};
use news_ingest::manifest::difference::{ChangeKind, Differences};
use news_ingest::manifest::previous::{CurrentIds, PreviousRun};
use news_ingest::manifest::reader::Manifest;
use news_ingest::manifest::render;
use news_ingest::manifest::side::Side;
use news_ingest::manifest::times::TrustedTimes;
use news_ingest::manifest::totals::{ManifestTotals, Options};
use news_ingest::manifest::writer;
use news_ingest::manifest::writer::ManifestBuilder;
use news_ingest::output::sink::{Complete, Sink, is_stdout, name_of};
use news_ingest::personal::redactor::Redactor;
use news_ingest::pipeline::PipelineOptions;
use news_ingest::run::id_index::Dedup;
use news_ingest::run::tracking::Tracking;
use news_ingest::store::{is_url, shown};

use crate::terminal::say;
use crate::{Context, Error};

/// Manifests that a run reads and writes.
pub struct Manifests {
    options: Options,
    new: Option<(ManifestBuilder, Sink)>,
    old: Option<OldManifest>,
    removed: Option<(CurrentIds, Sink)>,
    trust_mtime: bool,
}

struct OldManifest {
    path: PathBuf,
    manifest: Manifest,
    files: Arc<PreviousRun>,
}

impl Manifests {
    /// Reads the manifest of the run before, and opens the outputs.
    ///
    /// # Errors
    /// The manifest cannot be read, or an output cannot be opened.
    pub fn open(given: &ManifestOptions, options: Options) -> Result<Self, Error> {
        let old = given.changed_since.as_deref().map(|path| OldManifest::open(path, &options)).transpose()?;
        let new = given.output.as_deref().map(|path| -> Result<_, Error> {
            Ok((ManifestBuilder::new(&folder_of(path)), Sink::beside(path)?))
        });
        let removed = given
            .removed
            .as_deref()
            .map(|path| -> Result<_, Error> { Ok((CurrentIds::default(), Sink::beside(path)?)) });
        let (new, removed) = (new.transpose()?, removed.transpose()?);
        Ok(Manifests { options, new, old, removed, trust_mtime: given.trust_mtime })
    }

    /// Sets what the run needs to know of each file.
    pub fn configure(&self, pipeline: &mut PipelineOptions) {
        if self.new.is_some() || self.old.is_some() {
            pipeline.list_files();
        }
        let files = self.old.as_ref().map(|old| Arc::clone(&old.files));
        pipeline.trusted_times = self.trust_mtime.then(|| TrustedTimes::new(SystemTime::now(), files));
    }

    /// Returns what follows the run.
    pub fn tracking(&mut self) -> Tracking<'_> {
        Tracking::new(
            self.new.as_mut().map(|(builder, _)| builder),
            self.old.as_ref().map(|old| &*old.files),
            self.removed.as_mut().map(|(ids, _)| ids),
        )
    }

    /// Writes the outputs after the run: the ids that are gone, and the manifest.
    ///
    /// # Errors
    /// An output cannot be written, or the manifest of the run before cannot be read again.
    pub fn complete(self) -> Result<(Option<Complete>, Option<Complete>), Error> {
        let Manifests { options, new, old, removed, .. } = self;
        let (mut removed_ids, mut manifest) = (None, None);
        if let (Some((ids, mut sink)), Some(old)) = (removed, old) {
            let mut lines = old.manifest.lines().with_context(|| cannot_read(&old.path))?;
            let unknown = ids.write_removed(&mut lines, &mut sink).context("cannot write the removed ids")?;
            if unknown > 0 {
                let name = name_of(&old.path);
                say(format_args!(
                    "ingest: {unknown} ids of {name} are not in the list of removed ones: their files could not be read"
                ))?;
            }
            removed_ids = Some(sink.complete()?);
        }
        if let Some((builder, mut sink)) = new {
            let (lines, totals) = builder.finish(options).context("cannot sort the manifest")?;
            writer::write(lines, totals, &mut sink).context("cannot write the manifest")?;
            sink.flush().context("cannot write the manifest")?;
            manifest = Some(sink.complete()?);
        }
        Ok((removed_ids, manifest))
    }
}

impl OldManifest {
    fn open(path: &Path, options: &Options) -> Result<Self, Error> {
        let (mut files, manifest) = PreviousRun::read(path).with_context(|| cannot_read(path))?;
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let own = ManifestTotals { version, options: options.clone(), ..ManifestTotals::default() };
        if let Some(difference) = own.differs_from(manifest.totals()) {
            files.forget();
            let name = name_of(path);
            say(format_args!(
                "ingest: all files count as changed: {name} was written with another {difference}"
            ))?;
        }
        Ok(OldManifest { path: path.to_owned(), manifest, files: Arc::new(files) })
    }
}

/// A manifest that the files of a run are compared with.
pub struct ManifestCheck {
    name: String,
    manifest: Manifest,
    builder: ManifestBuilder,
    options: Options,
}

impl ManifestCheck {
    /// Opens the manifest at `path`.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(path: &Path, options: Options) -> Result<Self, Error> {
        let manifest = Manifest::open(path, |_| Ok(())).with_context(|| cannot_read(path))?;
        Ok(ManifestCheck {
            name: name_of(path),
            manifest,
            builder: ManifestBuilder::new(&env::temp_dir()),
            options,
        })
    }

    /// Returns what follows the run.
    pub fn tracking(&mut self) -> Tracking<'_> {
        Tracking::for_manifest(&mut self.builder)
    }

    /// Reports the differences on stderr. Returns `true` if the files are those of the manifest.
    ///
    /// # Errors
    /// The manifest cannot be read again, or stderr cannot be written.
    pub fn finish(self) -> Result<bool, Error> {
        let ManifestCheck { name, manifest, builder, options } = self;
        let (lines, totals) = builder.finish(options).context("cannot sort the files")?;
        let new = Side::of_run(lines, &totals);
        let old =
            Side::for_manifest(&manifest).with_context(|| format!("cannot read the manifest {name}"))?;
        let mut differences = Differences::find(old, new, &[], &env::temp_dir()).context("cannot compare")?;
        let mut report = Vec::new();
        render::text(&mut differences, ChangeKind::name_against_manifest, &mut report)
            .context("cannot compare")?;
        if differences.unknown > 0 {
            writeln!(report, "{} not compared: a folder or archive could not be read", differences.unknown)?;
        }
        let is_same = differences.is_empty() && differences.unknown == 0;
        let files = match differences.len() {
            0 if is_same => format!("the files are those of {name}"),
            1 => format!("1 file differs from {name}"),
            count => format!("{count} files differ from {name}"),
        };
        match manifest.root_holds() {
            true => writeln!(report, "ingest: {files}; its root holds")?,
            false => writeln!(
                report,
                "ingest: {files}; the lines of {name} do not have the root that its last line states"
            )?,
        }
        io::stderr().write_all(&report).context("cannot write the comparison")?;
        Ok(is_same && manifest.root_holds())
    }
}

/// Folder for what does not fit in memory: that of the output, or the system's for temporary files.
fn folder_of(output: &Path) -> PathBuf {
    match output.parent() {
        Some(folder) if !is_stdout(output) && !is_url(output) => match folder.as_os_str().is_empty() {
            true => PathBuf::from("."),
            false => folder.to_owned(),
        },
        _ => env::temp_dir(),
    }
}

/// Error message for a manifest that is read.
pub fn cannot_read(path: &Path) -> String {
    format!("cannot read the manifest {}", name_of(path))
}

/// Returns what a manifest says of the arguments.
pub fn options(config: &Config, writing: Option<&WriteOptions>) -> Options {
    let show = |path: &PathBuf| shown(path).to_string_lossy().into_owned();
    let selection = &config.inputs.selection;
    let keeps_latest = writing.is_some_and(|writing| writing.keeps_latest);
    let dedup = writing.and_then(|writing| writing.dedup).map(|dedup| match dedup {
        Dedup::Id if keeps_latest => "id, latest",
        Dedup::Id => "id",
        Dedup::Text => "text",
    });
    let redactor = writing.and_then(|writing| writing.redactor.as_ref());
    let fields = writing.map(|writing| writing.fields.keys().map(|key| key.name().to_owned()).collect());
    Options {
        paths: config.inputs.paths.iter().map(show).collect(),
        files_from: config.inputs.list.as_ref().map(|list| show(&list.path)),
        include: selection.include().to_vec(),
        exclude: selection.exclude().to_vec(),
        follow: selection.follow,
        archives: selection.archives,
        shard: selection.shard.map(|shard| shard.to_string()),
        max_file_size: config.max_file_size as u64,
        levels: config.policy.changed_levels().map(|(rule, level)| format!("{rule}={level}")).collect(),
        config_sha256: config.configuration_hash.map(|hash| hash.to_string()),
        dedup: dedup.map(str::to_owned),
        redact: redactor
            .map(|redactor| redactor.kinds.iter().map(|kind| kind.name().to_owned()).collect())
            .unwrap_or_default(),
        redaction_sha256: redactor.and_then(Redactor::settings_digest).map(|hash| hash.to_string()),
        exclusions_sha256: config.exclusions.as_ref().map(|exclusions| exclusions.digest().to_string()),
        fields: fields.unwrap_or_default(),
    }
}
