//! Writes an explanation as a page for people.

use std::io::{self, Write};

use crate::explain::layout_text;
use crate::explain::lines::{aside, heading, preview, row};
use crate::explain::suggestion;
use crate::explain::{
    AttemptExplanation, Explanation, FrameExplanation, FrontMatterExplanation, Hash, KeyExplanation,
    PartExplanation, ReadingExplanation, RefusalExplanation, TextExplanation, TextLine,
};
use crate::findings::finding::Finding;
use crate::findings::location::Location;
use crate::findings::render::concise::with_short_digests;
use crate::findings::render::style;
use crate::findings::render::style::{DIM, ERROR, STRONG, SUCCESS, WARNING};
use crate::findings::rule::Level;
use crate::text::escape::escape;

/// Writes the page of `explanation`, in colours that the stream may strip.
///
/// # Errors
/// The stream cannot be written.
pub fn write(explanation: &Explanation, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let Explanation { path, bytes, accepted, front_matter, frame, text, hash, layout, findings, .. } =
        explanation;
    let (style, verdict) = if *accepted { (SUCCESS, "accepted") } else { (ERROR, "rejected") };
    write!(to, "{STRONG}{}{STRONG:#}: {style}{verdict}{style:#}", escape(path))?;
    write!(to, "{}, {bytes} bytes", reason(explanation))?;
    writeln!(to, "{}", if explanation.byte_order_mark { ", a byte order mark before them" } else { "" })?;
    write_findings(findings, *accepted, to)?;
    if let Some(hash) = hash {
        write_hash(hash, to)?;
    }
    if let Some(layout) = layout {
        layout_text::write_recipe(&layout.recipe, to)?;
    }
    if let Some(suggestion) = &explanation.suggestion {
        suggestion::write(suggestion, to)?;
    }
    if let Some(text) = text {
        write_text(text, to)?;
    }
    if let Some(frame) = frame {
        write_frame(frame, to)?;
    }
    if let Some(front_matter) = front_matter {
        write_front_matter(front_matter, to)?;
    }
    match layout {
        Some(layout) => layout_text::write_entries(layout, to),
        None => Ok(()),
    }
}

/// Returns the reason of the verdict: the rules that reject the file, or what its hash proves.
fn reason(explanation: &Explanation) -> String {
    if explanation.accepted {
        let mut trials = explanation.layout.iter().flat_map(|layout| &layout.recipe.trials);
        let is_verified =
            explanation.text.as_ref().is_some_and(|text| text.verified) || trials.any(|trial| trial.matches);
        let reason = if is_verified { ": the text has the stated hash" } else { ", but not verified" };
        return reason.to_owned();
    }
    let mut rules: Vec<&str> = Vec::new();
    for finding in explanation.findings.iter().filter(|finding| finding.level == Level::Error) {
        if !rules.contains(&finding.rule.code()) {
            rules.push(finding.rule.code());
        }
    }
    if rules.is_empty() { String::new() } else { format!(" for {}", rules.join(", ")) }
}

fn write_front_matter(
    front_matter: &FrontMatterExplanation,
    to: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let FrontMatterExplanation {
        opened_on,
        closed_on,
        reading,
        why,
        template_refuses,
        yaml_refuses,
        entries,
    } = front_matter;
    heading("Front matter", format_args!("lines {opened_on} to {closed_on}"), to)?;
    // YAML refuses the byline of nearly every good file: that is not news, and is said last.
    let is_normal = *reading == Some(ReadingExplanation::Template) && template_refuses.is_none();
    match reading {
        Some(ReadingExplanation::Template) if is_normal && yaml_refuses.is_some() => {
            writeln!(to, "  by the template reading")?;
        }
        Some(ReadingExplanation::Template) => writeln!(to, "  by the template reading: {why}")?,
        Some(ReadingExplanation::Yaml) => writeln!(to, "  by YAML: {why}")?,
        None => writeln!(to, "  {ERROR}by neither reading{ERROR:#}: {why}")?,
    }
    for (who, refusal) in [("the template reading", template_refuses), ("YAML", yaml_refuses)] {
        if let Some(RefusalExplanation { line, column, message }) = refusal.as_ref().filter(|_| !is_normal) {
            writeln!(to, "  {who} stops at {line}:{column}: {}", escape(message))?;
        }
    }
    let both = template_refuses.is_none() && yaml_refuses.is_none();
    entries.iter().try_for_each(|entry| write_entry(entry, *reading, both, to))?;
    match yaml_refuses {
        Some(RefusalExplanation { line, column, message }) if is_normal => {
            heading("As in most good files", "YAML refuses the front matter", to)?;
            writeln!(to, "  it stops at {line}:{column}: {}", escape(message))
        }
        _ => Ok(()),
    }
}

/// Writes one key. `both` is true if both readings have values.
fn write_entry(
    entry: &KeyExplanation,
    reading: Option<ReadingExplanation>,
    both: bool,
    to: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let KeyExplanation { key, known, repeated, line, template, yaml, value, .. } = entry;
    let shown_value = value.as_ref().or(template.as_ref()).or(yaml.as_ref());
    row(*line, key, preview(shown_value.map_or("", String::as_str)), to)?;
    if *repeated {
        return aside(format_args!("{ERROR}not taken{ERROR:#}: the key stands above"), to);
    }
    if value.is_none() {
        aside(format_args!("{ERROR}not taken{ERROR:#}"), to)?;
    }
    if !known {
        aside("this key is not known", to)?;
    }
    let (who, other) = match reading {
        Some(ReadingExplanation::Yaml) => ("the template", template),
        _ => ("YAML", yaml),
    };
    match other {
        _ if !both || !entry.yaml_differs() => Ok(()),
        Some(other) => aside(format_args!("{who} reads: {}", preview(other)), to),
        None => aside(format_args!("{who} sees no such key"), to),
    }
}

fn write_frame(frame: &FrameExplanation, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let FrameExplanation { opening_rule, closing_rule, parts } = frame;
    heading("Frame", "what the template printed around the text", to)?;
    let mut rules = [(*opening_rule, "opening rule"), (*closing_rule, "closing rule")].into_iter().peekable();
    for PartExplanation { name, key, line, text, agrees, .. } in parts {
        while let Some((line, rule)) = rules.next_if(|(at, _)| at < line) {
            row(line, rule, "---", to)?;
        }
        row(*line, name, preview(text), to)?;
        if !agrees {
            aside(format_args!("{WARNING}not what `{key}` says{WARNING:#}"), to)?;
        }
    }
    rules.try_for_each(|(line, rule)| row(line, rule, "---", to))
}

fn write_text(text: &TextExplanation, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let TextExplanation { first_line, last_line, bytes, characters, reading, begins, ends, .. } = text;
    let size = format!("{characters} characters, {bytes} bytes");
    let lines = match last_line == first_line {
        true => format!("line {first_line}"),
        false => format!("lines {first_line} to {last_line}"),
    };
    heading("Text", format_args!("{lines}, {size}, {reading}"), to)?;
    for TextLine { line, text } in begins {
        writeln!(to, "{DIM}{line:>5}{DIM:#}  {}", preview(text))?;
    }
    let shown_to = begins.last().map_or(0, |line| line.line);
    if ends.first().is_some_and(|line| line.line > shown_to + 2) {
        writeln!(to, "{DIM}    …{DIM:#}")?;
    }
    ends.iter()
        .try_for_each(|TextLine { line, text }| writeln!(to, "{DIM}{line:>5}{DIM:#}  {}", preview(text)))
}

fn write_hash(hash: &Hash, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let Hash { stated, trials, near_match } = hash;
    heading("Content hash", "SHA-256 of the text", to)?;
    match stated.as_str() {
        "" => writeln!(to, "  {ERROR}none{ERROR:#} is stated")?,
        stated => writeln!(to, "    {} stated", preview(stated))?,
    }
    for AttemptExplanation { reading, sha256, matches } in trials {
        let (style, mark) = if *matches { (SUCCESS, "✓") } else { (ERROR, "✗") };
        writeln!(to, "  {style}{mark}{style:#} {sha256} {reading}")?;
    }
    let Some(near) = near_match else { return Ok(()) };
    writeln!(to, "  It would match {} ({}).", near.change, near.reading)?;
    let name = |c: &Option<String>| c.clone().unwrap_or_else(|| "the end".to_owned());
    let (text, hashed) = (name(&near.text), name(&near.hashed));
    let place = format!("line {}, column {}", near.line, near.column);
    writeln!(to, "  First difference: {place}: the text has {text}, what was hashed has {hashed}.")
}

fn write_findings(findings: &[Finding], accepted: bool, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    if findings.is_empty() {
        return heading("Findings", "none", to);
    }
    heading(if accepted { "Findings" } else { "Why" }, "see `ingest explain RULE`", to)?;
    for Finding { rule, level, location: Location { line, column }, message, .. } in findings {
        let style = style::for_level(*level);
        let message = with_short_digests(message);
        writeln!(to, "  {line}:{column}: {style}{level}{style:#}[{rule}]: {message}")?;
    }
    Ok(())
}
