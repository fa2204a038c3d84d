//! What each rule means, why it matters, an example that triggers it, and what to do: one Markdown file a rule.

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;

use crate::finding::{Level, Rule};
use crate::style::STRONG;

/// A rule, explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Its code.
    pub rule: Rule,
    /// Its level unless the user sets another.
    pub default_level: Level,
    /// Whether `-W` and `-A` can lower it.
    pub can_be_lowered: bool,
    /// What it means.
    pub meaning: &'static str,
    /// Why it matters.
    pub reason: &'static str,
    /// What triggers it: a change to a good file (` ` a line that stays, `-` one that goes, `+` one that comes), a whole file, or commands.
    pub example: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

impl Text {
    /// The text of `rule`. What its file lacks is `""`, which a test rules out.
    pub fn of(rule: Rule) -> Text {
        let part = |heading: &str| {
            let behind = source(rule).split_once(heading).map_or("", |(_, behind)| behind);
            behind.split("\n# ").next().unwrap_or_default().trim()
        };
        Text {
            rule,
            default_level: rule.default_level(),
            can_be_lowered: rule.can_be_lowered(),
            meaning: part("# What it means\n"),
            reason: part("\n# Why it matters\n"),
            example: part("\n# Example\n"),
            remedy: part("\n# What to do\n"),
        }
    }

    /// Writes the text as a page for people, in styles that the stream may strip.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn write(&self, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let Text { rule, default_level, can_be_lowered, meaning, reason, example, remedy } = self;
        let levels = match (default_level, can_be_lowered) {
            (Level::Error, false) => "always an error".to_owned(),
            (Level::Off, _) => "not looked for unless `-W` or `-D` asks".to_owned(),
            (level, _) => format!("{level} unless `-D`, `-W` or `-A` says otherwise"),
        };
        writeln!(to, "{STRONG}{rule}{STRONG:#}: {levels}\n\n{meaning}")?;
        let mut part =
            |heading: &str, text: &dyn Display| writeln!(to, "\n{STRONG}{heading}{STRONG:#}\n\n{text}");
        part("Why it matters", reason)?;
        part("Example", &shown(example))?;
        part("What to do", remedy)
    }
}

fn shown(example: &str) -> String {
    let mut lines = example.lines().filter(|line| *line != "```");
    let intro = match lines.next() {
        Some("```diff") => "In a good file, lines behind `-` go and lines behind `+` come:\n\n",
        Some("```file") => "This is the whole file:\n\n",
        _ => "",
    };
    let lines: Vec<String> = lines.map(|line| format!("    {line}").trim_end().to_owned()).collect();
    intro.to_owned() + &lines.join("\n")
}

macro_rules! sources {
    ($($variant:ident $code:literal,)*) => {
        const fn source(rule: Rule) -> &'static str {
            match rule { $(Rule::$variant => include_str!(concat!("rules/", $code, ".md")),)* }
        }
    };
}

sources! {
    Unreadable "unreadable",
    TooLarge "too-large",
    EmptyFile "empty-file",
    NotUtf8 "not-utf8",
    NoFrontMatter "no-front-matter",
    UnclosedFrontMatter "unclosed-front-matter",
    FrontMatterTooLarge "front-matter-too-large",
    InvalidFrontMatter "invalid-front-matter",
    DuplicateKey "duplicate-key",
    MissingField "missing-field",
    InvalidField "invalid-field",
    IdentityConflict "identity-conflict",
    NoContent "no-content",
    HashMissing "hash-missing",
    HashMalformed "hash-malformed",
    HashMismatch "hash-mismatch",
    Internal "internal",
    IdConflict "id-conflict",
    Duplicate "duplicate",
    HeadingDiffers "heading-differs",
    HeaderDiffers "header-differs",
    FooterDiffers "footer-differs",
    CategoryDiffers "category-differs",
    YamlDiffers "yaml-differs",
    NotYaml "not-yaml",
    LineEndings "line-endings",
    ByteOrderMark "byte-order-mark",
    EmptyText "empty-text",
    ControlCharacter "control-character",
    ReplacementCharacter "replacement-character",
    UnknownField "unknown-field",
    KeyOrder "key-order",
}
