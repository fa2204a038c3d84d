//! Explains step by step how one crawl file was read: every reading, its result, and the one that was taken.
//!
//! Repeats the steps of [`crawl`] without short-circuits; the resolution comes from [`crawl::read`].

mod frame;
mod front_matter;
mod hash;
pub mod json;
pub mod run;
pub mod text;

use schemars::JsonSchema;
use serde::Serialize;

use crate::crawl;
use crate::crawl::body::layout::BodyLayout;
use crate::crawl::escaping::Escaping;
use crate::crawl::front_matter::resolve;
use crate::crawl::split::Sections;
use crate::crawl::{Scratch, decode, split};
pub use crate::explain::frame::{FrameExplanation, PartExplanation};
pub use crate::explain::front_matter::{
    FrontMatterExplanation, KeyExplanation, ReadingExplanation, RefusalExplanation,
};
pub use crate::explain::hash::{AttemptExplanation, Hash, NearMatchExplanation, TextExplanation, TextLine};
use crate::findings::finding::Finding;
use crate::findings::rule::{Level, Levels, Rule};

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
    /// All findings, in order of location.
    pub findings: Vec<Finding>,
}

impl Explanation {
    /// Explains the crawl file called `path`, whose bytes are `source`.
    pub fn new(path: &str, source: &[u8], levels: &Levels) -> Self {
        let mut scratch = Scratch::default();
        let crawl::Outcome { article, findings, .. } = crawl::read(source, levels, &mut scratch);
        let mut explanation = Explanation {
            path: path.to_owned(),
            bytes: source.len(),
            accepted: article.is_some(),
            byte_order_mark: false,
            front_matter: None,
            frame: None,
            text: None,
            hash: None,
            findings,
        };
        if let Ok(decoded) = decode::decode(source) {
            explanation.byte_order_mark = decoded.byte_order_mark;
            explanation.take_apart(source, decoded.text);
        }
        explanation
    }

    /// Explains the source called `path`, which could not be read at all.
    pub fn refused(path: &str, finding: Finding) -> Self {
        Explanation {
            path: path.to_owned(),
            bytes: 0,
            accepted: false,
            byte_order_mark: false,
            front_matter: None,
            frame: None,
            text: None,
            hash: None,
            findings: vec![finding],
        }
    }

    /// Fills in the steps. `source` is the whole file, `text` the part after its byte order mark.
    fn take_apart(&mut self, source: &[u8], text: &str) {
        let Ok(fences) = split::split(text) else { return };
        // More is not a page for people, even if the rule is lowered.
        if fences.front_matter.len() > crawl::MAX_FRONT_MATTER_BYTES {
            return;
        }
        let Sections { front_matter: block, body, .. } = fences;
        let layout = BodyLayout::parse(body).ok();
        let frame =
            layout.as_ref().map(|layout| crate::crawl::body::frame::read(body, layout)).unwrap_or_default();
        let block = match resolve::read(block, resolve::YamlUse::Always, || frame) {
            Ok(block) => block,
            Err(unreadable) => {
                self.front_matter = Some(FrontMatterExplanation::unreadable(text, &fences, &unreadable));
                return;
            }
        };
        let mut escaping = Escaping::ByField;
        if let Some(layout) = &layout {
            let (taken, hash) = hash::explain(text, &fences, layout, &block.front_matter);
            escaping = taken.escaping;
            self.frame =
                Some(FrameExplanation::new(text, fences.body_offset, layout, frame, &differing(source)));
            self.text = Some(taken.text);
            self.hash = Some(hash);
        }
        self.front_matter = Some(FrontMatterExplanation::new(text, &fences, &block, escaping));
    }
}

/// Returns the findings of a source with all rules about its frame switched on.
fn differing(source: &[u8]) -> Vec<Finding> {
    let mut levels = Levels::default();
    for rule in [Rule::HeadingDiffers, Rule::HeaderDiffers, Rule::FooterDiffers, Rule::CategoryDiffers] {
        // These rules can all be lowered, so that this cannot fail.
        let _ = levels.set(rule, Level::Warning);
    }
    crawl::read(source, &levels, &mut Scratch::default()).findings
}
