//! Documentation of the rules, one Markdown file each: meaning, reason, example and fix.

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;

use crate::findings::render::style::STRONG;
use crate::findings::rule::{Level, Rule};

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
        let section = |heading: &str| {
            let after = rule.page().split_once(heading).map_or("", |(_, after)| after);
            after.split("\n# ").next().unwrap_or_default().trim()
        };
        RuleDoc {
            rule,
            default_level: rule.default_level(),
            can_be_lowered: rule.is_configurable(),
            meaning: section("# What it means\n"),
            reason: section("\n# Why it matters\n"),
            example: section("\n# Example\n"),
            remedy: section("\n# What to do\n"),
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
        let mut section =
            |heading: &str, text: &dyn Display| writeln!(to, "\n{STRONG}{heading}{STRONG:#}\n\n{text}");
        section("Why it matters", reason)?;
        section("Example", &indent_example(example))?;
        section("What to do", remedy)
    }
}

fn indent_example(example: &str) -> String {
    let mut lines = example.lines().filter(|line| *line != "```");
    let intro = match lines.next() {
        Some("```diff") => "In a good file, the lines after `-` go, the lines after `+` come:\n\n",
        Some("```file") => "This is the whole file:\n\n",
        _ => "",
    };
    let lines: Vec<String> = lines.map(|line| format!("    {line}").trim_end().to_owned()).collect();
    intro.to_owned() + &lines.join("\n")
}
