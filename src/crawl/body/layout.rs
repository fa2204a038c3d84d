//! Finds the body's rules (`---`): the start of CONTENT, and its possible ends.
//!
//! Rules are found by lines, never by Markdown: an unclosed code fence or `<!--` in an article would swallow the
//! closing rule.

use std::ops::Range;

use crate::crawl::lines::Lines;
use crate::crawl::normal_form;
use crate::crawl::template;
use crate::crawl::template::COMMENT_OPENINGS;
use memchr::{memchr, memmem, memrchr};

/// Layout of a body, by its rules. Offsets are in bytes of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyLayout {
    /// Heading and bold line, before the opening rule.
    pub header: Range<usize>,
    /// Start of CONTENT.
    pub content_offset: usize,
    /// End of CONTENT if no comments follow it: the last rule before the footer.
    pub closing_separator: usize,
    /// Text after the last rule; empty if the body was cut off before its footer.
    pub footer: Range<usize>,
}

/// Error: the body has no pair of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoContent;

/// Maximum number of comment rules that are tried: each costs a hash of all text before it.
const MAX_COMMENT_SEPARATORS: usize = 8;

/// Size in bytes, far above that of the longest real body, beyond which only the first comment rule is tried.
const LONG_BODY: usize = 512 * 1024;

impl BodyLayout {
    /// Finds the first rule, which follows the bold line, and the last rule that is followed by a footer.
    ///
    /// Without a footer, the last rule of the body closes CONTENT.
    ///
    /// # Errors
    /// There is no second rule.
    pub fn parse(body: &str) -> Result<BodyLayout, NoContent> {
        let opening = opening_separator(body).ok_or(NoContent)?;
        let content_offset = after_line(body, opening);
        let closing = footer_separator(body, content_offset)
            .or_else(|| last_separator(body, content_offset))
            .ok_or(NoContent)?;
        Ok(BodyLayout {
            header: 0..opening,
            content_offset,
            closing_separator: closing,
            footer: after_line(body, closing)..body.len(),
        })
    }
}

/// Returns the possible ends of CONTENT if comments follow it: the first rules that are followed by the opening of
/// a comments section. There are several if an article or a comment quotes such an opening.
///
/// If there is no opening as printed, it is searched for in normal form D, to which macOS converts files.
pub fn comment_separators(body: &str, layout: &BodyLayout) -> Vec<usize> {
    let content = &body[..layout.closing_separator];
    let rules_before = |opening: &str| {
        let openings = memmem::find_iter(&content.as_bytes()[layout.content_offset..], opening.as_bytes());
        let rules = openings.filter_map(|offset| {
            separator_before(content, layout.content_offset, layout.content_offset + offset)
        });
        rules.take(MAX_COMMENT_SEPARATORS).collect::<Vec<_>>()
    };
    let mut rules: Vec<usize> = COMMENT_OPENINGS.into_iter().flat_map(rules_before).collect();
    if rules.is_empty() {
        let decomposed = COMMENT_OPENINGS.map(normal_form::decomposed);
        rules = decomposed.iter().flat_map(|opening| rules_before(opening)).collect();
    }
    rules.sort_unstable();
    rules.dedup();
    rules.truncate(if body.len() > LONG_BODY { 1 } else { MAX_COMMENT_SEPARATORS });
    rules
}

fn opening_separator(body: &str) -> Option<usize> {
    Lines::new(body)
        .find(|&(offset, line)| is_separator(line) && is_blank_before(body, offset))
        .map(|(offset, _)| offset)
}

fn footer_separator(body: &str, from: usize) -> Option<usize> {
    let mut end = body.len();
    // The footer has two lines, so that a search line by line from the end is over at once.
    while let Some(newline) = memrchr(b'\n', &body.as_bytes()[from..end]) {
        let line = from + newline + 1;
        if body[line..].starts_with(template::CRAWLED_AT)
            && let Some(separator) = separator_before(body, from, line)
        {
            return Some(separator);
        }
        end = from + newline;
    }
    None
}

fn last_separator(body: &str, from: usize) -> Option<usize> {
    let mut end = body.len();
    while let Some(offset) = memmem::rfind(&body.as_bytes()[from..end], b"---") {
        let offset = from + offset;
        if body[..offset].ends_with('\n')
            && is_separator(line_from(body, offset))
            && is_blank_before(body, offset)
        {
            return Some(offset);
        }
        end = offset + 2;
    }
    None
}

/// Returns the rule before the line at `offset`, with only blank lines between them.
fn separator_before(body: &str, from: usize, offset: usize) -> Option<usize> {
    let before = &body[from..offset];
    let rule_end = before.trim_end_matches(is_line_space).len();
    let gap = &before[rule_end..];
    if !gap.ends_with('\n') || gap.matches('\n').take(2).count() < 2 {
        return None;
    }
    let rule_at = from + before[..rule_end].rfind('\n').map_or(0, |newline| newline + 1);
    (is_separator(&body[rule_at..from + rule_end]) && is_blank_before(body, rule_at)).then_some(rule_at)
}

/// Returns whether `line` is `---`, apart from trailing white space.
fn is_separator(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.chars().all(is_line_space))
}

fn is_blank_before(body: &str, offset: usize) -> bool {
    let above = body[..offset].strip_suffix('\n');
    above.is_none_or(|above| above.chars().rev().take_while(|&c| c != '\n').all(is_line_space))
}

fn after_line(body: &str, offset: usize) -> usize {
    body.len().min(offset + line_from(body, offset).len() + 1)
}

fn line_from(body: &str, offset: usize) -> &str {
    let rest = &body[offset..];
    memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..end])
}

fn is_line_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}
