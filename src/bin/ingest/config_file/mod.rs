//! The configuration file: `ingest.toml`, in the working folder or its nearest parent that has one.
//!
//! A file that is found there is used only if it belongs to the user or to root: a file that others unpacked or left
//! there must not silence errors.
//!
//! ```toml
//! deny = ["warnings"]
//! warn = ["category-differs"]
//! allow = ["duplicate"]
//! include = ["*.md"]
//! exclude = ["drafts"]
//! max-file-size = "1M"
//! threads = 4
//! exclude-ids = "takedowns.txt"
//!
//! [[override]]
//! paths = ["2018/**"]
//! allow = ["hash-missing"]
//! ```
//!
//! `[expect]` is read by [`expect`], `[layout]` and `layout` of an override by [`layout`].

mod expect;
mod layout;

use std::io::{self, Read};
use std::ops::Range;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fmt, fs};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::args::{number, size};
use news_ingest::expect::Expectations;
use news_ingest::findings::location::Location;
use news_ingest::findings::policy::{DenyTarget, LevelSetting, PathOverrides, WARNINGS, apply};
use news_ingest::findings::rule::{Level, Levels, Rule};
use news_ingest::layout::{Layout, Layouts};
use news_ingest::record::content_hash::ContentHash;
use news_ingest::sys;
use news_ingest::sys::signals::uninterrupted;
use news_ingest::sys::{Links, open_file};
use news_ingest::text::escape::{escape, quote};
use news_ingest::text::globs::{Globs, InvalidGlob};
use news_ingest::text::suggest::unknown;

/// Settings of a configuration file.
#[derive(Debug, Default)]
pub struct ConfigFile {
    /// Path of the file if it was discovered, `None` if it was named.
    pub found: Option<PathBuf>,
    /// Levels of rules.
    pub settings: Vec<LevelSetting>,
    /// Levels of rules for some paths (`[[override]]`).
    pub folders: Option<PathOverrides<Vec<LevelSetting>>>,
    /// Layouts of the files (`[layout]`).
    pub layouts: Layouts,
    /// Globs for names in folders.
    pub names: NameGlobs,
    /// Maximum size of a file in bytes; larger files are rejected.
    pub max_file_size: Option<usize>,
    /// Number of reader threads.
    pub threads: Option<u16>,
    /// Lists of articles that are left out.
    pub exclusion_files: ExclusionFiles,
    /// Expectations of the archive as a whole (`[expect]`).
    pub expectations: Option<Expectations>,
    /// SHA-256 of the file.
    pub hash: Option<ContentHash>,
}

/// Globs for files in folders; an empty list means the default.
#[derive(Debug, Default)]
pub struct NameGlobs {
    /// Files to read.
    pub include: Vec<String>,
    /// Files and folders to skip.
    pub exclude: Vec<String>,
}

/// Lists of articles that are left out.
#[derive(Debug, Default)]
pub struct ExclusionFiles {
    /// Ids of articles and publishers.
    pub ids: Option<PathBuf>,
    /// URLs and hosts.
    pub urls: Option<PathBuf>,
}

/// A value with its place in the file.
type SpannedValue<'v> = Spanned<DeValue<'v>>;

/// File name of the configuration.
const NAME: &str = "ingest.toml";

const LISTS: [(&str, Level); 3] = [("deny", Level::Error), ("warn", Level::Warning), ("allow", Level::Off)];
const KEYS: [&str; 12] = [
    "deny",
    "warn",
    "allow",
    "include",
    "exclude",
    "exclude-ids",
    "exclude-urls",
    "max-file-size",
    "threads",
    "override",
    "layout",
    "expect",
];
const OVERRIDE_KEYS: [&str; 5] = ["paths", "deny", "warn", "allow", "layout"];

/// Error in a configuration file.
#[derive(Debug)]
pub struct ConfigError {
    path: PathBuf,
    location: Option<Location>,
    message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", escape(&self.path.to_string_lossy()))?;
        if let Some(Location { line, column }) = self.location {
            write!(f, "{line}:{column}:")?;
        }
        write!(f, " {}", self.message)
    }
}

impl ConfigFile {
    /// Loads the nearest configuration from the working folder upwards; the default without one.
    ///
    /// # Errors
    /// The file cannot be read, belongs to another user, or is invalid.
    pub fn found() -> Result<Self, ConfigError> {
        let Ok(folder) = env::current_dir() else { return Ok(ConfigFile::default()) };
        for folder in folder.ancestors() {
            let path = folder.join(NAME);
            match read_own(&path) {
                Ok(source) => {
                    let configuration = ConfigFile::parse(&source, &path)?;
                    return Ok(ConfigFile { found: Some(path), ..configuration });
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(ConfigError { path, location: None, message: error.to_string() }),
            }
        }
        Ok(ConfigFile::default())
    }

    /// Loads the configuration at `path`.
    ///
    /// # Errors
    /// The file cannot be read or is invalid.
    pub fn at(path: &Path) -> Result<Self, ConfigError> {
        match fs::read_to_string(path) {
            Ok(source) => ConfigFile::parse(&source, path),
            Err(error) => {
                Err(ConfigError { path: path.to_owned(), location: None, message: error.to_string() })
            }
        }
    }

    fn parse(source: &str, path: &Path) -> Result<Self, ConfigError> {
        let parsed = parse(source, path).map_err(|Invalid { span, message }| {
            let location = span.map(|span| Location::at_offset(source.as_bytes(), span.start));
            ConfigError { path: path.to_owned(), location, message }
        });
        Ok(ConfigFile { hash: Some(ContentHash::digest(source.as_bytes())), ..parsed? })
    }
}

/// Reads the file at `path` if it belongs to the user or to root.
fn read_own(path: &Path) -> io::Result<String> {
    let mut file = open_file(path, Links::Follow)?;
    let metadata = uninterrupted(|| file.metadata())?;
    // A pipe with that name would block forever.
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let owner = metadata.uid();
    if !is_trusted(owner, sys::user()) {
        return Err(io::Error::other(format!(
            "it belongs to another user (uid {owner}); `--config FILE` takes it, `--isolated` takes none"
        )));
    }
    let mut source = String::new();
    file.read_to_string(&mut source)?;
    Ok(source)
}

/// Returns `true` if a file of `owner` may set levels for `user`.
fn is_trusted(owner: u32, user: u32) -> bool {
    owner == user || owner == 0
}

/// An invalid value, with its byte span.
struct Invalid {
    span: Option<Range<usize>>,
    message: String,
}

impl Invalid {
    fn at<T>(spanned: &Spanned<T>, message: impl Into<String>) -> Self {
        Invalid { span: Some(spanned.span()), message: message.into() }
    }
}

fn parse(source: &str, path: &Path) -> Result<ConfigFile, Invalid> {
    let table = DeTable::parse(source)
        .map_err(|error| Invalid { span: error.span(), message: escape(error.message()).to_string() })?;
    let table = table.get_ref();
    check_keys(table, &KEYS)?;
    let names = NameGlobs { include: globs(table, "include")?, exclude: globs(table, "exclude")? };
    let mut configuration = ConfigFile { settings: settings(table)?, names, ..ConfigFile::default() };
    if let Some(value) = table.get("max-file-size") {
        configuration.max_file_size = Some(parsed(value, size::parse)?);
    }
    if let Some(value) = table.get("threads") {
        configuration.threads = Some(parsed(value, number::threads)?);
    }
    let list = |key| table.get(key).map(|value| file_beside(path, value)).transpose();
    configuration.exclusion_files = ExclusionFiles { ids: list("exclude-ids")?, urls: list("exclude-urls")? };
    let default_layout = table.get("layout").map(layout::parse).transpose()?.flatten().map(Arc::new);
    let mut layouts = None;
    if let Some(value) = table.get("override") {
        let working_folder = env::current_dir();
        let working_folder = working_folder.map_err(|error| Invalid::at(value, error.to_string()))?;
        let mut overrides = Overrides::new(path.parent().unwrap_or(path), &working_folder);
        for value in items(value, "a list of tables: `[[override]]`")? {
            overrides.add(value)?;
        }
        configuration.folders = Some(overrides.levels);
        layouts = Some(overrides.layouts).filter(|layouts| !layouts.is_empty());
    }
    configuration.layouts = Layouts::new(default_layout, layouts);
    let expectations = table.get("expect").map(|value| expect::parse(value, source, path));
    configuration.expectations = expectations.transpose()?;
    Ok(configuration)
}

/// Reads the name of a file, which is relative to the configuration file at `path`.
fn file_beside(path: &Path, value: &SpannedValue<'_>) -> Result<PathBuf, Invalid> {
    match value.get_ref().as_str() {
        Some(name) if !name.is_empty() => Ok(path.parent().unwrap_or(path).join(name)),
        _ => Err(Invalid::at(value, "not the name of a file")),
    }
}

/// The overrides of a file: levels of rules, and layouts.
struct Overrides {
    levels: PathOverrides<Vec<LevelSetting>>,
    layouts: PathOverrides<Option<Arc<Layout>>>,
}

impl Overrides {
    fn new(root: &Path, working_dir: &Path) -> Self {
        let layouts = PathOverrides::new(root, working_dir);
        Overrides { levels: PathOverrides::new(root, working_dir), layouts }
    }

    fn add(&mut self, value: &SpannedValue<'_>) -> Result<(), Invalid> {
        let table =
            value.get_ref().as_table().ok_or_else(|| Invalid::at(value, "not a table: `[[override]]`"))?;
        check_keys(table, &OVERRIDE_KEYS)?;
        let paths = table.get("paths").ok_or_else(|| Invalid::at(value, "`paths` is missing"))?;
        let globs = strings(paths)?;
        let globs = || globs.iter().map(|glob| *glob.get_ref());
        let invalid = |error: InvalidGlob| Invalid::at(paths, escape(&error.to_string()).to_string());
        if let Some(layout) = table.get("layout") {
            self.layouts.add(globs(), layout::parse(layout)?.map(Arc::new)).map_err(invalid)?;
        }
        self.levels.add(globs(), settings(table)?).map_err(invalid)
    }
}

/// Reads the list of globs at `key`.
fn globs(table: &DeTable<'_>, key: &str) -> Result<Vec<String>, Invalid> {
    let Some(list) = table.get(key) else { return Ok(Vec::new()) };
    let globs = strings(list)?.into_iter().map(|glob| match Globs::parse([glob.get_ref()]) {
        Ok(_) => Ok((*glob.get_ref()).to_owned()),
        Err(bad) => Err(Invalid::at(&glob, escape(&bad.to_string()).to_string())),
    });
    globs.collect()
}

/// Reads the level lists of a table. Their order has no effect, since each rule may occur only once.
fn settings(table: &DeTable<'_>) -> Result<Vec<LevelSetting>, Invalid> {
    let mut settings = Vec::new();
    for (key, level) in LISTS {
        let Some(list) = table.get(key) else { continue };
        for code in strings(list)? {
            let setting = setting_of(&code, level)?;
            let is_about_the_same = |other: &LevelSetting| match (other, &setting) {
                (LevelSetting::One(other, _), LevelSetting::One(rule, _)) => other == rule,
                (other, setting) => other == setting,
            };
            if settings.iter().any(is_about_the_same) {
                return Err(Invalid::at(
                    &code,
                    format!("{} stands here a second time", quote(code.get_ref())),
                ));
            }
            apply(&[setting], &mut Levels::default())
                .map_err(|error| Invalid::at(&code, error.to_string()))?;
            settings.push(setting);
        }
    }
    Ok(settings)
}

fn setting_of(code: &Spanned<&str>, level: Level) -> Result<LevelSetting, Invalid> {
    let setting = match level {
        Level::Error => code.get_ref().parse::<DenyTarget>().map(LevelSetting::from),
        level => code.get_ref().parse::<Rule>().map(|rule| LevelSetting::One(rule, level)),
    };
    setting.map_err(|_| {
        let warnings = (level == Level::Error).then_some(WARNINGS);
        Invalid::at(code, unknown("rule", code.get_ref(), Rule::codes().chain(warnings)))
    })
}

fn check_keys(table: &DeTable<'_>, known: &[&'static str]) -> Result<(), Invalid> {
    match table.keys().find(|key| !known.contains(&key.get_ref().as_ref())) {
        None => Ok(()),
        Some(key) => Err(Invalid::at(key, unknown("key", key.get_ref(), known.iter().copied()))),
    }
}

/// Parses a number or a string as on the command line.
fn parsed<T>(value: &SpannedValue<'_>, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, Invalid> {
    let text = match value.get_ref() {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::String(text) => text,
        _ => "",
    };
    parse(text).map_err(|message| Invalid::at(value, message))
}

fn strings<'v>(value: &'v SpannedValue<'_>) -> Result<Vec<Spanned<&'v str>>, Invalid> {
    const LIST: &str = "a list of strings";
    let strings = items(value, LIST)?.iter().map(|item| match item.get_ref().as_str() {
        Some(text) => Ok(Spanned::new(item.span(), text)),
        None => Err(Invalid::at(item, format!("not {LIST}"))),
    });
    strings.collect()
}

fn items<'v, 'i>(value: &'v SpannedValue<'i>, wanted: &str) -> Result<&'v [Spanned<DeValue<'i>>], Invalid> {
    let array = value.get_ref().as_array().ok_or_else(|| Invalid::at(value, format!("not {wanted}")))?;
    Ok(array)
}

#[cfg(test)]
mod tests {
    use crate::config_file::is_trusted;

    #[test]
    fn a_file_is_trusted_that_the_user_or_root_owns() {
        for (owner, user, expected) in
            [(0, 0, true), (0, 1000, true), (1000, 1000, true), (1000, 0, false), (1001, 1000, false)]
        {
            assert_eq!(is_trusted(owner, user), expected, "{owner} {user}");
        }
    }
}
