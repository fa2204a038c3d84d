//! The body's rules: where CONTENT begins, and where it may end.
//!
//! Found by lines, never by Markdown: an unclosed code fence or `<!--` in an article would swallow the closing rule.

use std::ops::Range;

use super::lines::Lines;
use super::normal_form;
use crate::scan::{memchr, memmem};

/// A body cut at its rules. Offsets are in bytes of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Heading and bold line, before the opening rule.
    pub header: Range<usize>,
    /// Where CONTENT begins.
    pub content_at: usize,
    /// Where CONTENT ends if no comments follow it: at the last rule before the footer.
    pub closing_rule: usize,
    /// After the last rule; empty where the body was cut off before its footer.
    pub footer: Range<usize>,
}

/// The body has no pair of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoContent;

/// How a comments section can begin, after its rule.
const COMMENT_OPENINGS: [&str; 3] = ["*댓글이 없습니다.*", "📊 **댓글 통계**", "## 댓글 ("];

/// More rules than these are not tried: each costs a hash of all before it.
const MOST_COMMENT_RULES: usize = 8;

/// Nor more than the first of a body that is longer than the longest real ones by far.
const LONG: usize = 512 * 1024;

/// Finds the first rule, which follows the bold line, and the last rule that a footer follows.
///
/// Without a footer, the last rule of the body closes CONTENT.
///
/// # Errors
/// There is no second rule.
pub fn cut(body: &str) -> Result<Body, NoContent> {
    let opening = opening_rule(body).ok_or(NoContent)?;
    let content_at = after_line(body, opening);
    let closing = footer_rule(body, content_at).or_else(|| last_rule(body, content_at)).ok_or(NoContent)?;
    Ok(Body {
        header: 0..opening,
        content_at,
        closing_rule: closing,
        footer: after_line(body, closing)..body.len(),
    })
}

/// Where CONTENT may end if comments follow it: at the first rules that the opening of a comments section follows.
/// There are more than one where an article or a comment quotes such an opening.
///
/// Openings in normal form D, into which macOS turns files, are looked for where there is none as it was printed.
pub fn comment_rules(body: &str, cut: &Body) -> Vec<usize> {
    let content = &body[..cut.closing_rule];
    let rules_before = |opening: &str| {
        let openings = memmem::find_iter(&content.as_bytes()[cut.content_at..], opening.as_bytes());
        let rules = openings.filter_map(|at| rule_before(content, cut.content_at, cut.content_at + at));
        rules.take(MOST_COMMENT_RULES).collect::<Vec<_>>()
    };
    let mut rules: Vec<usize> = COMMENT_OPENINGS.into_iter().flat_map(rules_before).collect();
    if rules.is_empty() {
        let decomposed = COMMENT_OPENINGS.map(normal_form::decomposed);
        rules = decomposed.iter().flat_map(|opening| rules_before(opening)).collect();
    }
    rules.sort_unstable();
    rules.dedup();
    rules.truncate(if body.len() > LONG { 1 } else { MOST_COMMENT_RULES });
    rules
}

fn opening_rule(body: &str) -> Option<usize> {
    Lines::of(body).find(|&(at, line)| is_rule(line) && is_blank_before(body, at)).map(|(at, _)| at)
}

fn footer_rule(body: &str, from: usize) -> Option<usize> {
    let mut end = body.len();
    while let Some(at) = memmem::rfind(&body.as_bytes()[from..end], b"*Crawled at: ") {
        if let Some(rule) = rule_before(body, from, from + at) {
            return Some(rule);
        }
        end = from + at;
    }
    None
}

fn last_rule(body: &str, from: usize) -> Option<usize> {
    let mut end = body.len();
    while let Some(at) = memmem::rfind(&body.as_bytes()[from..end], b"---") {
        let at = from + at;
        if body[..at].ends_with('\n') && is_rule(line_from(body, at)) && is_blank_before(body, at) {
            return Some(at);
        }
        end = at + 2;
    }
    None
}

/// The rule that stands before the line at `at`, with nothing but blank lines between them.
fn rule_before(body: &str, from: usize, at: usize) -> Option<usize> {
    let before = &body[from..at];
    let rule_end = before.trim_end_matches(is_line_space).len();
    let gap = &before[rule_end..];
    if !gap.ends_with('\n') || gap.matches('\n').take(2).count() < 2 {
        return None;
    }
    let rule_at = from + before[..rule_end].rfind('\n').map_or(0, |newline| newline + 1);
    (is_rule(&body[rule_at..from + rule_end]) && is_blank_before(body, rule_at)).then_some(rule_at)
}

/// `---` alone on its line.
fn is_rule(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.chars().all(is_line_space))
}

fn is_blank_before(body: &str, at: usize) -> bool {
    let above = body[..at].strip_suffix('\n');
    above.is_none_or(|above| above.chars().rev().take_while(|&c| c != '\n').all(is_line_space))
}

fn after_line(body: &str, at: usize) -> usize {
    body.len().min(at + line_from(body, at).len() + 1)
}

fn line_from(body: &str, at: usize) -> &str {
    let rest = &body[at..];
    memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..end])
}

fn is_line_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}
