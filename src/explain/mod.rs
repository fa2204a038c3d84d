//! Explains step by step how one crawl file was read: every reading, its result, and the one that was taken.
//!
//! Repeats the steps of [`crawl`] without short-circuits; the resolution comes from [`crawl::read`].

mod frame;
mod front_matter;
mod hash;
pub mod json;
mod layout;
mod layout_text;
mod lines;
pub mod run;
mod suggestion;
pub mod text;

use schemars::JsonSchema;
use serde::Serialize;

use crate::crawl;
use crate::crawl::Scratch;
use crate::crawl::escaping::Escaping;
use crate::crawl::front_matter::Field;
use crate::crawl::trace::Trace;
pub use crate::explain::frame::{FrameExplanation, PartExplanation};
pub use crate::explain::front_matter::{
    FrontMatterExplanation, KeyExplanation, ReadingExplanation, RefusalExplanation,
};
pub use crate::explain::hash::{AttemptExplanation, Hash, NearMatchExplanation, TextExplanation, TextLine};
pub use crate::explain::layout::{EntryExplanation, LayoutExplanation, RecipeExplanation, TrialExplanation};
pub use crate::explain::suggestion::SuggestionExplanation;
use crate::findings::finding::Finding;
use crate::findings::rule::{Level, Levels, Rule};
use crate::layout::{Layout, read_traced};

/// Explanation of how one crawl file was read. A step that was not reached is `null`.
///
/// Strings from the file are not escaped; messages are already escaped.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Explanation {
    /// Name of the file.
    pub path: String,
    /// Size of the file in bytes; 0 if it could not be read.
    pub bytes: usize,
    /// True if the file gives a record.
    pub accepted: bool,
    /// True if the file begins with a byte order mark.
    pub byte_order_mark: bool,
    /// The front matter and its readings.
    pub front_matter: Option<FrontMatterExplanation>,
    /// The frame that the template printed around the text.
    pub frame: Option<FrameExplanation>,
    /// The extracted text.
    pub text: Option<TextExplanation>,
    /// The content hash, and the readings that were tried to match it.
    pub hash: Option<Hash>,
    /// The layout of the file and how it was applied; absent for the built-in layout.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<Box<LayoutExplanation>>,
    /// A recipe that would verify the text of another writer's file, if nothing does; otherwise absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Box<SuggestionExplanation>>,
    /// All findings, in order of location.
    pub findings: Vec<Finding>,
}

impl Explanation {
    /// Explains the crawl file called `path`, whose bytes are `source`.
    pub fn new(path: &str, source: &[u8], levels: &Levels) -> Self {
        let mut scratch = Scratch::default();
        let (outcome, trace) = crawl::read_traced(source, &with_frame_rules(levels), &mut scratch);
        let mut explanation = Explanation {
            bytes: source.len(),
            accepted: outcome.article.is_some(),
            byte_order_mark: trace.source.is_some_and(|text| text.len() < source.len()),
            ..Explanation::without_steps(path)
        };
        explanation.add_steps(&trace, &outcome.findings);
        if outcome.article.is_none() && is_of_another_writer(&trace) {
            explanation.suggestion = SuggestionExplanation::find(path, source).map(Box::new);
        }
        explanation.findings =
            outcome.findings.into_iter().filter(|finding| levels.is_on(finding.rule)).collect();
        explanation
    }

    /// Explains the file called `path`, which is read under `layout`.
    pub fn under_layout(path: &str, source: &[u8], layout: &Layout, levels: &Levels) -> Self {
        let mut buffer = String::new();
        let (outcome, trace) = read_traced(source, path, layout, levels, &mut buffer);
        let is_verified = trace.text.as_ref().is_some_and(|text| text.proof.is_some());
        let suggestion = if is_verified { None } else { SuggestionExplanation::find(path, source) };
        Explanation {
            bytes: source.len(),
            accepted: outcome.article.is_some(),
            byte_order_mark: trace.source.is_some_and(|text| text.len() < source.len()),
            text: layout::text(&trace),
            layout: LayoutExplanation::new(layout, &trace).map(Box::new),
            suggestion: suggestion.map(Box::new),
            findings: outcome.findings,
            ..Explanation::without_steps(path)
        }
    }

    /// Explains the source called `path`, which could not be read at all.
    pub fn refused(path: &str, finding: Finding) -> Self {
        Explanation { findings: vec![finding], ..Explanation::without_steps(path) }
    }

    fn without_steps(path: &str) -> Self {
        Explanation {
            path: path.to_owned(),
            bytes: 0,
            accepted: false,
            byte_order_mark: false,
            front_matter: None,
            frame: None,
            text: None,
            hash: None,
            layout: None,
            suggestion: None,
            findings: Vec::new(),
        }
    }

    /// Fills in the steps. `findings` state the differences between frame and front matter.
    fn add_steps(&mut self, trace: &Trace<'_>, findings: &[Finding]) {
        let Some((source, sections)) = trace.source.zip(trace.sections) else { return };
        // More is not a page for people, even if the rule is lowered.
        if sections.front_matter.len() > crawl::MAX_FRONT_MATTER_BYTES {
            return;
        }
        let resolved = match &trace.front_matter {
            Some(Ok(resolved)) => resolved,
            Some(Err(unreadable)) => {
                self.front_matter = Some(FrontMatterExplanation::unreadable(source, &sections, unreadable));
                return;
            }
            None => return,
        };
        let escaping = trace.body.as_ref().map_or(Escaping::ByField, |body| body.escaping);
        self.front_matter = Some(FrontMatterExplanation::new(source, &sections, resolved, escaping));
        if let Some(body) = &trace.body {
            self.frame = Some(FrameExplanation::new(source, sections.body_offset, body, findings));
            self.text = Some(TextExplanation::new(source, sections.body_offset, body));
            self.hash = Some(Hash::new(source, sections.body_offset, body, &resolved.front_matter));
        }
    }
}

/// Returns whether the front matter has neither of the keys that every file of the built-in layout has.
fn is_of_another_writer(trace: &Trace<'_>) -> bool {
    let Some(Ok(resolved)) = &trace.front_matter else { return false };
    [Field::Oid, Field::Aid].iter().all(|field| resolved.front_matter.entry(*field).is_none())
}

/// Returns `levels` with all rules about the frame switched on, so that each of its parts is compared.
fn with_frame_rules(levels: &Levels) -> Levels {
    let mut levels = levels.clone();
    for rule in [Rule::HeadingDiffers, Rule::HeaderDiffers, Rule::FooterDiffers, Rule::CategoryDiffers] {
        if !levels.is_on(rule) {
            // These rules can all be lowered, so that this cannot fail.
            let _ = levels.set(rule, Level::Warning);
        }
    }
    levels
}
