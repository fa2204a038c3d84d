//! Renders findings as text: the concise line, then the source line with a caret at the location.

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

/// No wrapping: snippets are already truncated.
const RENDERER: Annotator = Annotator::styled().term_width(10_000);

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

fn render(finding: &Finding, snippet: &Snippet) -> String {
    let kind = if finding.level == Level::Error { Kind::ERROR } else { Kind::WARNING };
    let mark = |is_cut| if is_cut { "…" } else { "" };
    let ends = snippet.text.char_indices().map(|(at, _)| at).chain([snippet.text.len()]);
    let mut places = ends.skip(snippet.caret_offset).map(|end| {
        let before = escape(&snippet.text[..end]).to_string();
        mark(snippet.truncated_start).len() + before.len()
    });
    let start = places.next().unwrap_or(0);
    let span = start..places.next().unwrap_or(start);
    let (before, behind) = (mark(snippet.truncated_start), mark(snippet.truncated_end));
    let line = format!("{before}{}{behind}", escape(&snippet.text));
    let snippet = AnnotatedSource::source(line).line_start(finding.location.line);
    let snippet = snippet.annotation(AnnotationKind::Primary.span(span));
    RENDERER.render(&[Group::with_level(kind).element(snippet)])
}
