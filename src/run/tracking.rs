//! Follows a run for its manifest, and compares its files with those of the run before.

use std::io;

use crate::findings::rule::{Level, Rule};
use crate::manifest::entry::{EntryStart, ManifestEntry, Verdict};
use crate::manifest::previous::{CurrentIds, PreviousRun};
use crate::manifest::writer::ManifestBuilder;
use crate::pipeline::FileResult;
use crate::text::json;

/// Receivers of what the files of a run are.
#[derive(Debug, Default)]
pub struct Tracking<'t> {
    /// Collects the lines of the manifest.
    manifest: Option<&'t mut ManifestBuilder>,
    /// The run before: records of its files are not written again.
    previous: Option<&'t PreviousRun>,
    /// Collects the ids of the records.
    ids: Option<&'t mut CurrentIds>,
    line: Vec<u8>,
    rules: Vec<Rule>,
}

impl<'t> Tracking<'t> {
    /// Collects a manifest alone.
    pub fn for_manifest(manifest: &'t mut ManifestBuilder) -> Self {
        Tracking { manifest: Some(manifest), ..Tracking::default() }
    }

    /// Combines the receivers that a run has.
    pub fn new(
        manifest: Option<&'t mut ManifestBuilder>,
        previous: Option<&'t PreviousRun>,
        ids: Option<&'t mut CurrentIds>,
    ) -> Self {
        Tracking { manifest, previous, ids, ..Tracking::default() }
    }

    /// Returns `true` if anything follows the run.
    pub fn is_on(&self) -> bool {
        self.manifest.is_some() || self.ids.is_some() || self.previous.is_some()
    }

    /// Follows a file, after it was compared with the files before it. `start` is its line without the verdict.
    ///
    /// # Errors
    /// The temporary file of the manifest cannot be written.
    pub fn add(&mut self, file: &mut FileResult, start: &[u8]) -> io::Result<()> {
        if !self.is_on() {
            return Ok(());
        }
        self.line.clear();
        match start {
            [] => EntryStart { path: &file.path, ..EntryStart::default() }.write(&mut self.line),
            start => self.line.extend_from_slice(start),
        }
        self.rules.clear();
        let verified = file.is_verified();
        let verdict = match file.is_accepted() {
            true => Verdict::Accepted { verified, left_out: file.is_skipped },
            false => {
                let errors = file.findings.iter().filter(|finding| finding.level == Level::Error);
                errors.for_each(|finding| self.rules.push(finding.rule));
                self.rules.sort_unstable();
                self.rules.dedup();
                Verdict::Rejected(&self.rules)
            }
        };
        verdict.write(file.record_hash.as_ref(), &mut self.line);
        if let Some(manifest) = &mut self.manifest {
            manifest.add(&file.path, &self.line, file.size.unwrap_or(0), verdict)?;
        }
        if let Some(ids) = &mut self.ids {
            let entry: ManifestEntry<'_> = json::parse(&self.line)?;
            match &entry.id {
                Some(id) if entry.is_accepted() && !entry.left_out => ids.add(id),
                _ if entry.is_unreadable() => ids.add_unreadable(&entry.path),
                _ => {}
            }
        }
        let is_known = |previous: &&PreviousRun| {
            file.file_hash.as_ref().is_some_and(|hash| previous.has(&file.path, hash, verified))
        };
        if file.is_accepted() && !file.is_skipped && self.previous.as_ref().is_some_and(is_known) {
            file.mark_unchanged();
        }
        Ok(())
    }
}
