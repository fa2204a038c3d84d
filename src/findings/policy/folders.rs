//! Rule-level overrides for paths, selected by globs relative to one folder.

use std::path::{Component, Path, PathBuf};

use crate::findings::policy::setting::Setting;
use crate::text::globs::{Globs, InvalidGlob};

/// Overrides for paths below a root, in the order in which they apply.
#[derive(Debug, Clone)]
pub struct Folders {
    root: PathBuf,
    working_folder: PathBuf,
    each: Vec<(Globs, Vec<Setting>)>,
}

impl Folders {
    /// Creates an empty list of overrides below `root`. Relative paths are resolved against `working_folder`, which is
    /// absolute.
    pub fn new(root: &Path, working_folder: &Path) -> Self {
        let root = normal(&working_folder.join(root));
        Folders { root, working_folder: working_folder.to_owned(), each: Vec::new() }
    }

    /// Adds settings for the paths that one of `globs` matches, and for all paths below them.
    ///
    /// # Errors
    /// A glob is invalid; nothing is added.
    pub fn add<'g>(
        &mut self,
        globs: impl IntoIterator<Item = &'g str>,
        settings: Vec<Setting>,
    ) -> Result<(), InvalidGlob> {
        let and_all_below = |glob: &str| {
            let glob = glob.trim_start_matches("./").trim_end_matches('/');
            [glob.to_owned(), format!("{glob}/**")]
        };
        self.each.push((Globs::parse(globs.into_iter().flat_map(and_all_below))?, settings));
        Ok(())
    }

    /// The settings of all overrides.
    pub fn settings(&self) -> impl Iterator<Item = &[Setting]> {
        self.each.iter().map(|(_, settings)| settings.as_slice())
    }

    /// The settings that apply to the file at `path`.
    pub fn settings_of(&self, path: &str) -> impl Iterator<Item = &[Setting]> {
        let path = normal(&self.working_folder.join(path));
        let below = path.strip_prefix(&self.root).map(Path::to_owned).ok();
        self.each.iter().filter_map(move |(globs, settings)| {
            globs.is_match(below.as_deref()?).then_some(settings.as_slice())
        })
    }
}

/// Resolves `.` and `..` lexically, without following links.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            component => normal.push(component),
        }
    }
    normal
}
