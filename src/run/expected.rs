//! Counts the articles of a run, and judges them at its end.

use std::borrow::Cow;
use std::io;

use crate::expect::{ArchiveCounts, Day, Expectations};
use crate::findings::policy::Policy;
use crate::findings::render::Reporter;
use crate::findings::rule::Level;
use crate::pipeline::FileResult;
use crate::summary::Summary;

/// Expectations of the archive, whose counts come with the summary.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The expectations.
    pub expectations: &'a Expectations,
    /// The day on which the archive is judged; `None` counts only, for a run that reads a part of it.
    pub as_of: Option<Day>,
}

/// Counts the article of a file that is accepted.
pub fn count(file: &FileResult, labels: &str, counts: &mut ArchiveCounts) {
    if let Some(article) = file.metrics.as_ref().filter(|_| file.is_accepted()) {
        let publisher = article.labels(labels).publisher;
        counts.add(article, publisher, file.earlier.is_some(), file.is_skipped);
    }
}

impl Expected<'_> {
    /// Reports in which way the counts of the summary are not as expected, at the path of the configuration.
    ///
    /// # Errors
    /// Writing the findings fails.
    pub fn judge(
        self,
        policy: &Policy,
        summary: &mut Summary,
        reporter: &mut Reporter<'_>,
    ) -> io::Result<()> {
        let Some((as_of, counts)) = self.as_of.zip(summary.archive.as_ref()) else { return Ok(()) };
        let path = &self.expectations.path;
        let unmet = self.expectations.judge(counts, as_of, &policy.levels_for(|| Cow::Borrowed(path)));
        let is_met = unmet.iter().all(|finding| finding.level < Level::Error);
        reporter.file(path, is_met, &unmet, &[])?;
        summary.add_unmet(&unmet);
        Ok(())
    }
}
