//! Rule levels per file, from the configuration file, its per-path overrides and the command line.

pub(crate) mod folders;
pub mod setting;

use std::borrow::Cow;

pub use crate::findings::policy::folders::Folders;
use crate::findings::policy::setting::{Setting, apply};
use crate::findings::rule::{FixedLevel, Level, Levels, Rule};

/// Rule levels of all files. The command line takes precedence over per-path overrides, and these over the
/// configuration for all files.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Levels of a file to which no override applies.
    usual: Levels,
    /// Levels by the configuration alone, without the command line.
    configured: Levels,
    folders: Option<Folders>,
    typed: Vec<Setting>,
}

impl Policy {
    /// Combines the default levels with the configuration, its per-path overrides and the command line.
    ///
    /// # Errors
    /// A setting lowers a rule that cannot be lowered.
    pub fn new(
        configured: &[Setting],
        folders: Option<Folders>,
        typed: Vec<Setting>,
    ) -> Result<Self, FixedLevel> {
        let mut policy = Policy { folders, typed, ..Policy::default() };
        apply(configured, &mut policy.configured)?;
        policy.usual = policy.configured.clone();
        apply(&policy.typed, &mut policy.usual)?;
        let mut all = Levels::default();
        policy
            .folders
            .iter()
            .flat_map(Folders::settings)
            .try_for_each(|settings| apply(settings, &mut all))?;
        Ok(policy)
    }

    /// Returns the levels for one file. Calls `path` only if there are overrides.
    pub fn levels_of<'p>(&self, path: impl FnOnce() -> Cow<'p, str>) -> Cow<'_, Levels> {
        let Some(folders) = &self.folders else { return Cow::Borrowed(&self.usual) };
        let path = path();
        let mut settings = folders.settings_of(&path).peekable();
        if settings.peek().is_none() {
            return Cow::Borrowed(&self.usual);
        }
        let mut levels = self.configured.clone();
        for settings in settings.chain([self.typed.as_slice()]) {
            // The constructor rejects invalid settings.
            let _ = apply(settings, &mut levels);
        }
        Cow::Owned(levels)
    }

    /// The rules whose level, where no override applies, is not the default one.
    pub fn changed_levels(&self) -> impl Iterator<Item = (Rule, Level)> {
        let levels = Rule::ALL.iter().map(|rule| (*rule, self.usual.level(*rule)));
        levels.filter(|(rule, level)| *level != rule.default_level())
    }

    /// Returns `true` if `rule` is on for any file.
    pub fn may_look_for(&self, rule: Rule) -> bool {
        let mut folders = self.folders.iter().flat_map(Folders::settings).flatten();
        self.usual.is_on(rule)
            || folders.any(
                |setting| matches!(setting, Setting::One(set, level) if *set == rule && *level != Level::Off),
            )
    }
}
