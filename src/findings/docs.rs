//! Documentation of the rules, one Markdown file each: meaning, reason, example and fix.

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;

use crate::findings::finding::{Level, Rule};
use crate::findings::render::style::STRONG;

/// Documentation of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RuleDoc {
    /// Code of the rule.
    pub rule: Rule,
    /// Level unless the user sets another.
    pub default_level: Level,
    /// Set if `-W` and `-A` can lower the level.
    pub can_be_lowered: bool,
    /// Meaning of the rule.
    pub meaning: &'static str,
    /// Reason for the rule.
    pub reason: &'static str,
    /// Example that breaks the rule: a change to a good file (lines with ` ` are kept, `-` removed, `+` added), a whole
    /// file, or commands.
    pub example: &'static str,
    /// Fix for a file that breaks the rule.
    pub remedy: &'static str,
}

impl RuleDoc {
    /// Returns the documentation of `rule`. A section that its file lacks is `""`; a test rules that out.
    pub fn new(rule: Rule) -> RuleDoc {
        let part = |heading: &str| {
            let behind = source(rule).split_once(heading).map_or("", |(_, behind)| behind);
            behind.split("\n# ").next().unwrap_or_default().trim()
        };
        RuleDoc {
            rule,
            default_level: rule.default_level(),
            can_be_lowered: rule.can_be_lowered(),
            meaning: part("# What it means\n"),
            reason: part("\n# Why it matters\n"),
            example: part("\n# Example\n"),
            remedy: part("\n# What to do\n"),
        }
    }

    /// Writes the documentation for people, with styles that the stream may strip.
    ///
    /// # Errors
    /// Writing to the stream fails.
    pub fn write(&self, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let RuleDoc { rule, default_level, can_be_lowered, meaning, reason, example, remedy } = self;
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
