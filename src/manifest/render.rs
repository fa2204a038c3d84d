//! Shows differences to people, as text or Markdown, and to programs, as JSON.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use crate::manifest::difference::{ChangeKind, Difference, Differences};
use crate::text::escape::escape;
use crate::text::json;

/// Format of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffFormat {
    /// Counts, and the first of each kind.
    Text,
    /// One JSON object per line.
    Jsonl,
    /// One JSON array.
    Json,
    /// Counts, and the first of each kind, as a table.
    Markdown,
}

/// Error for a name that no format has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownDiffFormat;

/// Differences of each kind that are shown to people.
const MAX_SHOWN: usize = 3;

impl DiffFormat {
    /// Every format, with its name.
    pub const ALL: [(&str, DiffFormat); 4] = [
        ("text", DiffFormat::Text),
        ("jsonl", DiffFormat::Jsonl),
        ("json", DiffFormat::Json),
        ("markdown", DiffFormat::Markdown),
    ];

    /// Writes the differences, which are read to their end.
    ///
    /// # Errors
    /// They cannot be read, or `stream` cannot be written.
    pub fn render(self, differences: &mut Differences, stream: &mut dyn Write) -> io::Result<()> {
        match self {
            DiffFormat::Text => {
                text(differences, ChangeKind::name, stream)?;
                writeln!(stream, "{} unchanged", differences.same)
            }
            DiffFormat::Markdown => markdown(differences, stream),
            DiffFormat::Jsonl => {
                while let Some(line) = differences.next_line()? {
                    stream.write_all(line)?;
                }
                Ok(())
            }
            DiffFormat::Json => {
                let mut before = "[\n";
                while let Some(line) = differences.next_line()? {
                    stream.write_all(before.as_bytes())?;
                    stream.write_all(line.trim_ascii_end())?;
                    before = ",\n";
                }
                stream.write_all(if before == "[\n" { b"[]\n" } else { b"\n]\n" })
            }
        }
    }
}

impl FromStr for DiffFormat {
    type Err = UnknownDiffFormat;

    fn from_str(name: &str) -> Result<Self, UnknownDiffFormat> {
        let format = DiffFormat::ALL.iter().find(|(known, _)| *known == name);
        format.map(|(_, format)| *format).ok_or(UnknownDiffFormat)
    }
}

impl fmt::Display for UnknownDiffFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no format has this name")
    }
}

impl std::error::Error for UnknownDiffFormat {}

/// Writes the number of each kind, by its `name`, and the first differences of it.
///
/// # Errors
/// They cannot be read, or `stream` cannot be written.
pub fn text(
    differences: &mut Differences,
    name: fn(ChangeKind) -> &'static str,
    stream: &mut dyn Write,
) -> io::Result<()> {
    for (kind, first) in first_of_each(differences)? {
        let count = differences.counts.get(&kind).copied().unwrap_or(0);
        writeln!(stream, "{count} {}", name(kind))?;
        for difference in &first {
            writeln!(stream, "  {}", summary(difference))?;
        }
        if count > first.len() as u64 {
            writeln!(stream, "  and {} more", count - first.len() as u64)?;
        }
    }
    Ok(())
}

fn markdown(differences: &mut Differences, stream: &mut dyn Write) -> io::Result<()> {
    let heading = match differences.len() {
        0 => "no difference".to_owned(),
        1 => "1 difference".to_owned(),
        count => format!("{count} differences"),
    };
    writeln!(stream, "## ingest diff: {heading}")?;
    for (number, (kind, first)) in first_of_each(differences)?.into_iter().enumerate() {
        if number == 0 {
            writeln!(stream, "\n| files | kind | first |\n| ---: | --- | --- |")?;
        }
        let count = differences.counts.get(&kind).copied().unwrap_or(0);
        let shown: Vec<String> = first.iter().map(|difference| literal(&summary(difference))).collect();
        let more = if count > first.len() as u64 { "<br>…" } else { "" };
        writeln!(stream, "| {count} | {} | {}{more} |", kind.name(), shown.join("<br>"))?;
    }
    Ok(())
}

/// Returns the first differences of each kind that occurs.
fn first_of_each(differences: &mut Differences) -> io::Result<BTreeMap<ChangeKind, Vec<Difference>>> {
    let mut first: BTreeMap<ChangeKind, Vec<Difference>> = BTreeMap::new();
    while let Some(line) = differences.next_line()? {
        let difference: Difference = json::parse(line)?;
        let shown = first.entry(difference.kind).or_default();
        if shown.len() < MAX_SHOWN {
            shown.push(difference);
        }
    }
    Ok(first)
}

/// Formats one difference: its path, and what is known of it.
fn summary(difference: &Difference) -> String {
    let Difference { path, old_path, fields, rules, .. } = difference;
    let mut summary = match old_path {
        Some(old) => format!("{} -> {}", escape(old), escape(path)),
        None => escape(path).to_string(),
    };
    let details = fields.iter().flatten().chain(rules).map(|detail| escape(detail).to_string());
    let details: Vec<String> = details.collect();
    if !details.is_empty() {
        summary += &format!(": {}", details.join(", "));
    }
    summary
}

/// Escapes what has a meaning in Markdown or ends a cell.
fn literal(text: &str) -> String {
    let mut literal = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' | '@' | '!') {
            literal.push('\\');
        }
        literal.push(c);
    }
    literal
}
