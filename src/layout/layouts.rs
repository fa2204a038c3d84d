//! The layouts of a run: one for all files, and others for the paths of `[[override]]`.

use std::borrow::Cow;
use std::sync::Arc;

use crate::findings::policy::PathOverrides;
use crate::layout::Layout;

/// Layouts by path. A file without one is of the built-in layout.
#[derive(Debug, Clone, Default)]
pub struct Layouts {
    default: Option<Arc<Layout>>,
    overrides: Option<PathOverrides<Option<Arc<Layout>>>>,
}

impl Layouts {
    /// Combines the layout for all files with those for some paths.
    pub fn new(default: Option<Arc<Layout>>, overrides: Option<PathOverrides<Option<Arc<Layout>>>>) -> Self {
        Layouts { default, overrides }
    }

    /// Returns `true` if every file is of the built-in layout.
    pub fn are_built_in(&self) -> bool {
        self.default.is_none() && self.overrides.is_none()
    }

    /// Returns the layout of a file by the last override that applies; `None` for the built-in one. Calls `path` only
    /// if there are overrides.
    pub fn layout_for<'p>(&self, path: impl FnOnce() -> Cow<'p, str>) -> Option<&Layout> {
        let overrides = self.overrides.as_ref();
        let overriding = overrides.and_then(|overrides| overrides.settings_of(&path()).last());
        overriding.unwrap_or(&self.default).as_deref()
    }

    /// The layout of a file to which no override applies, and those of all overrides; `None` for the built-in one.
    pub fn all(&self) -> impl Iterator<Item = Option<&Layout>> {
        let overriding = self.overrides.iter().flat_map(PathOverrides::settings);
        std::iter::once(&self.default).chain(overriding).map(Option::as_deref)
    }
}
