//! The part of the body that holds the text, where no hash decides it.

use crate::layout::part::{TextPart, first_heading};

/// Line before the text of a writer that prints a heading and an excerpt first.
const RULE: &str = "---";

/// A body with the title that its front matter states.
pub struct TitledBody<'s> {
    /// Text after the front matter.
    pub body: &'s str,
    /// Title; `None` if the first heading is the title.
    pub title: Option<String>,
}

/// Guesses the part: after a rule that only a heading and an excerpt precede, or below the title's heading, where nine
/// of ten bodies have them.
pub fn guess(bodies: &[TitledBody<'_>]) -> TextPart {
    let are_most = |is_such: &dyn Fn(&TitledBody<'_>) -> bool| {
        let count = bodies.iter().filter(|body| is_such(body)).count();
        count > 0 && count * 10 >= bodies.len() * 9
    };
    if are_most(&|body| has_excerpt(body.body)) {
        TextPart::After(RULE.to_owned())
    } else if are_most(&|body| repeats_title(body)) {
        TextPart::BelowHeading
    } else {
        TextPart::Body
    }
}

/// Returns whether a body begins with its title as a heading.
fn repeats_title(body: &TitledBody<'_>) -> bool {
    let text = body.body.trim_start();
    let begins = text.starts_with('#');
    begins
        && first_heading(body.body).is_some_and(|heading| {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            body.title.as_ref().is_none_or(|title| words(title) == words(heading.text))
        })
}

/// Returns whether only a heading and a quotation stand before the first rule.
fn has_excerpt(body: &str) -> bool {
    let mut lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut before = lines.by_ref().take_while(|line| *line != RULE);
    let has_heading = before.next().is_some_and(|line| line.starts_with("# "));
    let mut quoted = 0;
    let are_quoted = before.all(|line| {
        quoted += 1;
        line.starts_with('>')
    });
    has_heading && are_quoted && quoted > 0 && lines.next().is_some()
}
