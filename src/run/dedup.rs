//! Detects duplicate articles. Only accepted files are remembered.

use std::borrow::Cow;
use std::fmt;

use crate::findings::finding::Finding;
use crate::findings::policy::Policy;
use crate::findings::rule::{Level, Rule};
use crate::pipeline::{EarlierFile, FileResult};
use crate::run::id_index::{Dedup, IdIndex, IdStatus, TextIndex};
use crate::run::revisions::{Revision, Revisions};
use crate::text::escape::quote;

/// Index of the articles of the files so far.
pub struct Deduplicator<'p> {
    policy: &'p Policy,
    dedup: Option<Dedup>,
    ids: Option<IdIndex>,
    revisions: Option<Revisions>,
    texts: TextIndex,
}

/// The result of the duplicate check.
pub enum Disposition {
    /// The file is kept (a finding may have been added).
    Keep,
    /// The file is a duplicate and is skipped without an error.
    Skip(SkipReason),
    /// The first reading of the files did not meet this article.
    Unexpected,
}

/// Reason for which a file is left out.
pub enum SkipReason {
    /// The file at this path has the same id.
    Id(String),
    /// The file at this path has the same id and is kept, since it is newer or verified.
    Newer(String),
    /// An earlier file has the same text.
    Text,
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SkipReason::Id(first) => write!(f, "{} has this id already", quote(first)),
            SkipReason::Newer(newest) => write!(f, "{} is the latest copy of this id", quote(newest)),
            SkipReason::Text => f.write_str("an earlier file has this text already"),
        }
    }
}

impl<'p> Deduplicator<'p> {
    /// Creates an empty index. Ids are tracked only if a rule, `--dedup id` or the report needs them. With `revisions`,
    /// which the files have passed once, the latest copy of an id is kept and not the first.
    pub fn new(
        policy: &'p Policy,
        dedup: Option<Dedup>,
        revisions: Option<Revisions>,
        count_duplicates: bool,
    ) -> Self {
        let track_ids = count_duplicates
            || dedup == Some(Dedup::Id)
            || policy.is_enabled_anywhere(Rule::IdConflict)
            || policy.is_enabled_anywhere(Rule::Duplicate);
        let ids = (track_ids && revisions.is_none()).then(IdIndex::default);
        Deduplicator { policy, dedup, ids, revisions, texts: TextIndex::default() }
    }

    /// Checks a file against the earlier ones and remembers it. Adds a finding if a rule for duplicates applies.
    pub fn check(&mut self, file: &mut FileResult) -> Disposition {
        let text = file.text_hash.filter(|_| self.dedup == Some(Dedup::Text) && file.is_accepted());
        if text.is_some_and(|text| self.texts.contains(&text)) {
            return Disposition::Skip(SkipReason::Text);
        }
        if let Some(revisions) = &mut self.revisions {
            return check_revision(revisions.check(file), file);
        }
        if let Some(first) = self.check_id(file) {
            return Disposition::Skip(SkipReason::Id(first));
        }
        if let Some(text) = text.filter(|_| file.is_accepted()) {
            self.texts.insert(&text);
        }
        Disposition::Keep
    }

    /// Returns `true` unless an article that the first reading met did not come again.
    pub fn is_complete(&self) -> bool {
        self.revisions.as_ref().is_none_or(Revisions::is_complete)
    }

    /// Checks the id; returns the path of the earlier file if this one is to be left out.
    fn check_id(&mut self, file: &mut FileResult) -> Option<String> {
        let (ids, identity) = self.ids.as_mut().zip(file.identity.as_ref())?;
        let status = ids.check_and_insert(identity, &file.path, file.is_accepted());
        if let IdStatus::Duplicate(first) | IdStatus::Conflict(first) = &status {
            let content_differs = matches!(status, IdStatus::Conflict(_));
            file.earlier = Some(EarlierFile { path: first.clone(), content_differs });
        }
        let (rule, message) = match status {
            IdStatus::New => return None,
            IdStatus::Duplicate(first) | IdStatus::Conflict(first)
                if self.dedup == Some(Dedup::Id) && file.is_accepted() =>
            {
                return Some(first);
            }
            // A rejected file gives no record that could be one too many.
            IdStatus::Duplicate(_) if !file.is_accepted() => return None,
            IdStatus::Duplicate(first) => {
                let message = format!(
                    "{} has this article already, with the same hash; `--dedup id` keeps one",
                    quote(&first)
                );
                (Rule::Duplicate, message)
            }
            IdStatus::Conflict(first) => {
                let message = format!(
                    "{} has the id `{}` already, with another hash; `--dedup id --keep latest` keeps the newer crawl",
                    quote(&first),
                    identity.id
                );
                (Rule::IdConflict, message)
            }
        };
        let location = identity.location;
        let level = self.policy.levels_for(|| Cow::Borrowed(&file.path)).level(rule);
        if level != Level::Off {
            let snippet = file.id_snippet.take();
            file.add(Finding { rule, level, location, message, snippet, width: 1, count: 1 });
        }
        None
    }
}

/// Leaves an accepted file out if another copy of its id is newer.
fn check_revision(revision: Revision, file: &mut FileResult) -> Disposition {
    match revision {
        Revision::Newest => Disposition::Keep,
        Revision::Unknown => Disposition::Unexpected,
        Revision::Older { path, content_differs } => {
            file.earlier = Some(EarlierFile { path: path.clone(), content_differs });
            match file.is_accepted() {
                true => Disposition::Skip(SkipReason::Newer(path)),
                false => Disposition::Keep,
            }
        }
    }
}
