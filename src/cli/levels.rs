//! What `-D`, `-W` and `-A` make of the rules' levels.

use std::str::FromStr;

use crate::finding::{CannotBeLowered, Level, Levels, Rule, UnknownRule};

/// What `-D` can name.
#[derive(Debug, Clone, Copy)]
pub enum Denied {
    /// One rule.
    One(Rule),
    /// Whatever is a warning.
    Warnings,
}

/// One option that was typed.
#[derive(Debug, Clone, Copy)]
pub enum Setting {
    /// This rule has this level.
    One(Rule, Level),
    /// Every warning is an error.
    DenyWarnings,
}

/// How `-D` names all warnings.
pub const WARNINGS: &str = "warnings";

impl FromStr for Denied {
    type Err = UnknownRule;

    fn from_str(code: &str) -> Result<Self, UnknownRule> {
        if code == WARNINGS { Ok(Denied::Warnings) } else { code.parse().map(Denied::One) }
    }
}

/// The levels that `settings` make of the default ones; a later setting wins over an earlier one, and
/// [`Setting::DenyWarnings`] holds for what is a warning in the end, wherever it stands.
///
/// # Errors
/// A rule is lowered that cannot be.
pub fn of(settings: Vec<Setting>) -> Result<Levels, CannotBeLowered> {
    let mut levels = Levels::default();
    let mut deny_warnings = false;
    for setting in settings {
        match setting {
            Setting::One(rule, level) => levels.set(rule, level)?,
            Setting::DenyWarnings => deny_warnings = true,
        }
    }
    if deny_warnings {
        levels.deny_warnings();
    }
    Ok(levels)
}

/// The code of every rule.
pub fn codes() -> impl Iterator<Item = &'static str> {
    Rule::ALL.iter().map(|rule| rule.code())
}
