//! Rule-level overrides, applied in order.

use std::str::FromStr;

use crate::findings::rule::{FixedLevel, Level, Levels, Rule, UnknownRule};

/// A rule, or all warnings, to report as errors.
#[derive(Debug, Clone, Copy)]
pub enum Denied {
    /// One rule.
    One(Rule),
    /// All rules of level warning.
    Warnings,
}

/// One override.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Sets the level of one rule.
    One(Rule, Level),
    /// Makes every warning an error.
    DenyWarnings,
}

/// Name of all warnings in a `deny` setting.
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

/// Applies `settings` to `levels` in order. [`Setting::DenyWarnings`] applies last, to all rules that are warnings
/// then, wherever it is in the list.
///
/// # Errors
/// A setting lowers a rule that cannot be lowered.
pub fn apply(settings: &[Setting], levels: &mut Levels) -> Result<(), FixedLevel> {
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

/// The codes of all rules.
pub fn codes() -> impl Iterator<Item = &'static str> {
    Rule::ALL.iter().map(|rule| rule.code())
}
