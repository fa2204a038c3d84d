//! The steps of one reading, kept for explanations.

use crate::crawl::body::frame::Frame;
use crate::crawl::body::layout::BodyLayout;
use crate::crawl::escaping::Escaping;
use crate::crawl::front_matter::resolve::{ResolvedFrontMatter, Unreadable};
use crate::crawl::split::Sections;
use crate::crawl::text::diagnosis::NearMatch;
use crate::crawl::text::{Attempt, Text};

/// Results of the steps of one reading. A step that was not reached is `None`.
#[derive(Default)]
pub struct Trace<'a> {
    /// The decoded file, without its byte order mark.
    pub source: Option<&'a str>,
    /// Front matter and body.
    pub sections: Option<Sections<'a>>,
    /// The front matter by both readings, or the errors of both.
    pub front_matter: Option<Result<ResolvedFrontMatter<'a>, Unreadable>>,
    /// The frame and the text; `None` if the body has no pair of rules.
    pub body: Option<BodyTrace<'a>>,
}

/// Results of the steps over the body.
pub struct BodyTrace<'a> {
    /// Layout of the body.
    pub layout: BodyLayout,
    /// Frame around the text.
    pub frame: Frame<'a>,
    /// The extracted text.
    pub text: Text<'a>,
    /// Escaping of the fields, as far as the text proves it.
    pub escaping: Escaping,
    /// All readings that the body allows, in the order in which they are tried.
    pub attempts: Vec<Attempt>,
    /// Change to a reading that gives the stated hash, if no reading has it and such a change is known.
    pub near_match: Option<NearMatch>,
}
