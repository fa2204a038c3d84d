//! What each rule weighs in which file: the settings of the configuration, of its folders, and of the command line.

mod folders;
pub mod setting;

use std::borrow::Cow;

pub use self::folders::Folders;
use self::setting::{Setting, apply};
use crate::finding::{CannotBeLowered, Level, Levels, Rule};

/// The levels of every file. What was typed wins over what is set for a folder, and that over what is set for all.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Those of a file that no folder's settings are for.
    usual: Levels,
    /// The same, without what was typed.
    configured: Levels,
    folders: Option<Folders>,
    typed: Vec<Setting>,
}

impl Policy {
    /// The levels that settings make of the default ones: those for all files, those of folders, and those typed.
    ///
    /// # Errors
    /// A rule is lowered that cannot be.
    pub fn of(
        configured: &[Setting],
        folders: Option<Folders>,
        typed: Vec<Setting>,
    ) -> Result<Self, CannotBeLowered> {
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

    /// The levels of the file at the path that `path` gives, which is asked for only where it matters.
    pub fn levels_of<'p>(&self, path: impl FnOnce() -> Cow<'p, str>) -> Cow<'_, Levels> {
        let Some(folders) = &self.folders else { return Cow::Borrowed(&self.usual) };
        let path = path();
        let mut settings = folders.settings_of(&path).peekable();
        if settings.peek().is_none() {
            return Cow::Borrowed(&self.usual);
        }
        let mut levels = self.configured.clone();
        for settings in settings.chain([self.typed.as_slice()]) {
            // Refused settings do not get into a policy.
            let _ = apply(settings, &mut levels);
        }
        Cow::Owned(levels)
    }

    /// Whether `rule` is looked for in any file.
    pub fn may_look_for(&self, rule: Rule) -> bool {
        let mut folders = self.folders.iter().flat_map(Folders::settings).flatten();
        self.usual.is_on(rule)
            || folders.any(
                |setting| matches!(setting, Setting::One(set, level) if *set == rule && *level != Level::Off),
            )
    }
}
