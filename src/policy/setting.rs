//! What users make of the rules' levels, one setting after the other.

use std::str::FromStr;

use crate::finding::{CannotBeLowered, Level, Levels, Rule, UnknownRule};

/// What can be denied.
#[derive(Debug, Clone, Copy)]
pub enum Denied {
    /// One rule.
    One(Rule),
    /// Whatever is a warning.
    Warnings,
}

/// One thing that a user set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// This rule has this level.
    One(Rule, Level),
    /// Every warning is an error.
    DenyWarnings,
}

/// How all warnings are named where they are denied.
pub const WARNINGS: &str = "warnings";

impl FromStr for Denied {
    type Err = UnknownRule;

    fn from_str(code: &str) -> Result<Self, UnknownRule> {
        if code == WARNINGS { Ok(Denied::Warnings) } else { code.parse().map(Denied::One) }
    }
}

impl From<Denied> for Setting {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::One(rule) => Setting::One(rule, Level::Error),
            Denied::Warnings => Setting::DenyWarnings,
        }
    }
}

/// Applies `settings` to `levels`; a later one wins over an earlier one, and [`Setting::DenyWarnings`] holds for what is
/// a warning in the end, wherever it stands.
///
/// # Errors
/// A rule is lowered that cannot be.
pub fn apply(settings: &[Setting], levels: &mut Levels) -> Result<(), CannotBeLowered> {
    for setting in settings {
        if let Setting::One(rule, level) = setting {
            levels.set(*rule, *level)?;
        }
    }
    if settings.contains(&Setting::DenyWarnings) {
        levels.deny_warnings();
    }
    Ok(())
}

/// The code of every rule.
pub fn codes() -> impl Iterator<Item = &'static str> {
    Rule::ALL.iter().map(|rule| rule.code())
}
