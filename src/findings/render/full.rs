//! Renders findings as text: the concise line, then the source line with a caret at the location.

use std::borrow::Cow;

use annotate_snippets::{
    AnnotationKind, Group, Level as Kind, Renderer as Annotator, Snippet as AnnotatedSource,
};

use crate::findings::finding::Finding;
use crate::findings::render::concise;
use crate::findings::render::renderer::{File, Renderer};
use crate::findings::rule::Level;
use crate::findings::snippet::Snippet;
use crate::text::escape::escape;

/// Renders findings with their source lines, with styles that the stream may strip.
#[derive(Debug)]
pub struct Full;

/// Columns of a terminal, whatever the output is, so that it is always the same.
const TERMINAL_COLUMNS: usize = 80;

/// Minimum number of columns that are shown from the location on where a line is cut at its end alone.
const MIN_COLUMNS_AFTER: usize = 20;

const RENDERER: Annotator = Annotator::styled().term_width(TERMINAL_COLUMNS);

impl Renderer for Full {
    fn file(&mut self, file: &File<'_>, into: &mut Vec<u8>) {
        for finding in file.findings {
            into.extend_from_slice(concise::line(file.path, finding).to_string().as_bytes());
            into.push(b'\n');
            if let Some(snippet) = &finding.snippet
                && !snippet.text.is_empty()
            {
                into.extend_from_slice(render(finding, snippet).as_bytes());
                into.extend_from_slice(b"\n\n");
            }
        }
    }

    fn known(&mut self, count: u64, into: &mut Vec<u8>) {
        concise::write_known(count, into);
    }
}

/// Cuts a line that is too wide for a terminal at its end, if the location is far enough from there. The renderer cuts other
/// ones at both ends.
fn fit<'s>(snippet: &'s Snippet, line_number: usize) -> Cow<'s, Snippet> {
    let room = TERMINAL_COLUMNS - line_number.to_string().len() - " | ".len();
    let columns = |c: char| match escape(c.encode_utf8(&mut [0; 4])).to_string() {
        shown if shown.is_ascii() => shown.len(),
        _ => 2,
    };
    let (mut used, mut kept, mut before) = (0, 0, 0);
    for (index, c) in snippet.text.chars().enumerate() {
        used += columns(c);
        before = if index < snippet.caret_offset { used } else { before };
        // The mark of the cut takes a column.
        kept += usize::from(used < room);
    }
    if used <= room || before + MIN_COLUMNS_AFTER > room {
        return Cow::Borrowed(snippet);
    }
    let text: String = snippet.text.chars().take(kept).collect();
    let width = snippet.width.min(kept - snippet.caret_offset);
    Cow::Owned(Snippet { text, width, truncated_end: true, ..*snippet })
}

fn render(finding: &Finding, snippet: &Snippet) -> String {
    let snippet = fit(snippet, finding.location.line);
    let kind = if finding.level == Level::Error { Kind::ERROR } else { Kind::WARNING };
    let mark = |is_cut| if is_cut { "…" } else { "" };
    let ends = snippet.text.char_indices().map(|(at, _)| at).chain([snippet.text.len()]);
    let mut places = ends.skip(snippet.caret_offset).map(|end| {
        let before = escape(&snippet.text[..end]).to_string();
        mark(snippet.truncated_start).len() + before.len()
    });
    let start = places.next().unwrap_or(0);
    let span = start..places.nth(snippet.width.saturating_sub(1)).unwrap_or(start);
    let (before, behind) = (mark(snippet.truncated_start), mark(snippet.truncated_end));
    let line = format!("{before}{}{behind}", escape(&snippet.text));
    let snippet = AnnotatedSource::source(line).line_start(finding.location.line);
    let snippet = snippet.annotation(AnnotationKind::Primary.span(span));
    RENDERER.render(&[Group::with_level(kind).element(snippet)])
}
