//! Rule levels per file, from the configuration file, its per-path overrides and the command line.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use crate::findings::rule::{FixedLevel, Level, Levels, Rule, UnknownRule};
use crate::text::globs::{Globs, InvalidGlob};

/// Rule levels of all files. The command line takes precedence over per-path overrides, and these over the
/// configuration for all files.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Levels of a file to which no override applies.
    default: Levels,
    /// Levels by the configuration alone, without the command line.
    from_config: Levels,
    overrides: Option<PathOverrides<Vec<LevelSetting>>>,
    command_line: Vec<LevelSetting>,
}

impl Policy {
    /// Combines the default levels with the configuration, its per-path overrides and the command line.
    ///
    /// # Errors
    /// A setting lowers a rule that cannot be lowered.
    pub fn new(
        from_config: &[LevelSetting],
        overrides: Option<PathOverrides<Vec<LevelSetting>>>,
        command_line: Vec<LevelSetting>,
    ) -> Result<Self, FixedLevel> {
        let mut policy = Policy { overrides, command_line, ..Policy::default() };
        apply(from_config, &mut policy.from_config)?;
        policy.default = policy.from_config.clone();
        apply(&policy.command_line, &mut policy.default)?;
        let mut all = Levels::default();
        policy
            .overrides
            .iter()
            .flat_map(PathOverrides::settings)
            .try_for_each(|settings| apply(settings, &mut all))?;
        Ok(policy)
    }

    /// Returns the levels for one file. Calls `path` only if there are overrides.
    pub fn levels_for<'p>(&self, path: impl FnOnce() -> Cow<'p, str>) -> Cow<'_, Levels> {
        let Some(overrides) = &self.overrides else { return Cow::Borrowed(&self.default) };
        let path = path();
        let mut settings = overrides.settings_of(&path).peekable();
        if settings.peek().is_none() {
            return Cow::Borrowed(&self.default);
        }
        let mut levels = self.from_config.clone();
        for settings in settings.chain([&self.command_line]) {
            // The constructor rejects invalid settings.
            let _ = apply(settings, &mut levels);
        }
        Cow::Owned(levels)
    }

    /// The rules whose level, where no override applies, is not the default one.
    pub fn changed_levels(&self) -> impl Iterator<Item = (Rule, Level)> {
        let levels = Rule::ALL.iter().map(|rule| (*rule, self.default.level(*rule)));
        levels.filter(|(rule, level)| *level != rule.default_level())
    }

    /// Returns `true` if `rule` is on for any file.
    pub fn is_enabled_anywhere(&self, rule: Rule) -> bool {
        let mut overrides = self.overrides.iter().flat_map(PathOverrides::settings).flatten();
        self.default.is_on(rule)
            || overrides.any(
                |setting| matches!(setting, LevelSetting::One(set, level) if *set == rule && *level != Level::Off),
            )
    }
}

/// Settings for paths below a root, in the order in which they apply.
#[derive(Debug, Clone)]
pub struct PathOverrides<T> {
    root: PathBuf,
    working_dir: PathBuf,
    overrides: Vec<(Globs, T)>,
}

impl<T> PathOverrides<T> {
    /// Creates an empty list of overrides below `root`. Relative paths are resolved against `working_dir`, which is
    /// absolute.
    pub fn new(root: &Path, working_dir: &Path) -> Self {
        let root = normalize(&working_dir.join(root));
        PathOverrides { root, working_dir: working_dir.to_owned(), overrides: Vec::new() }
    }

    /// Returns `true` if there are no overrides.
    pub fn is_empty(&self) -> bool {
        self.overrides.is_empty()
    }

    /// Adds settings for the paths that one of `globs` matches, and for all paths below them.
    ///
    /// # Errors
    /// A glob is invalid; nothing is added.
    pub fn add<'g>(
        &mut self,
        globs: impl IntoIterator<Item = &'g str>,
        settings: T,
    ) -> Result<(), InvalidGlob> {
        let and_all_below = |glob: &str| {
            let glob = glob.trim_start_matches("./").trim_end_matches('/');
            [glob.to_owned(), format!("{glob}/**")]
        };
        self.overrides.push((Globs::parse(globs.into_iter().flat_map(and_all_below))?, settings));
        Ok(())
    }

    /// The settings of all overrides.
    pub fn settings(&self) -> impl Iterator<Item = &T> {
        self.overrides.iter().map(|(_, settings)| settings)
    }

    /// The settings that apply to the file at `path`.
    pub fn settings_of(&self, path: &str) -> impl Iterator<Item = &T> {
        let path = normalize(&self.working_dir.join(path));
        let below = path.strip_prefix(&self.root).map(Path::to_owned).ok();
        self.overrides
            .iter()
            .filter_map(move |(globs, settings)| globs.is_match(below.as_deref()?).then_some(settings))
    }
}

/// Resolves `.` and `..` lexically, without following links.
fn normalize(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normalized.pop()),
            component => normalized.push(component),
        }
    }
    normalized
}

/// A rule, or all warnings, to report as errors.
#[derive(Debug, Clone, Copy)]
pub enum DenyTarget {
    /// One rule.
    One(Rule),
    /// All rules of level warning.
    Warnings,
}

/// One override.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelSetting {
    /// Sets the level of one rule.
    One(Rule, Level),
    /// Makes every warning an error.
    DenyWarnings,
}

/// Name of all warnings in a `deny` setting.
pub const WARNINGS: &str = "warnings";

impl FromStr for DenyTarget {
    type Err = UnknownRule;

    fn from_str(code: &str) -> Result<Self, UnknownRule> {
        if code == WARNINGS { Ok(DenyTarget::Warnings) } else { code.parse().map(DenyTarget::One) }
    }
}

impl From<DenyTarget> for LevelSetting {
    fn from(denied: DenyTarget) -> Self {
        match denied {
            DenyTarget::One(rule) => LevelSetting::One(rule, Level::Error),
            DenyTarget::Warnings => LevelSetting::DenyWarnings,
        }
    }
}

/// Applies `settings` to `levels` in order. [`LevelSetting::DenyWarnings`] applies last, to all rules that are warnings
/// then, wherever it is in the list.
///
/// # Errors
/// A setting lowers a rule that cannot be lowered.
pub fn apply(settings: &[LevelSetting], levels: &mut Levels) -> Result<(), FixedLevel> {
    for setting in settings {
        if let LevelSetting::One(rule, level) = setting {
            levels.set(*rule, *level)?;
        }
    }
    if settings.contains(&LevelSetting::DenyWarnings) {
        levels.deny_warnings();
    }
    Ok(())
}
