//! Number of sources, as far as names tell.

use std::path::{Path, PathBuf};

use crate::input::list::{ListFormat, PathList};
use crate::input::look::Wanted;
use crate::input::walk::Found;
use crate::input::walk::folders::FolderWalk;
use crate::input::{Inputs, is_stdin};

/// Counts the sources of `inputs` without reading them. Returns `None` if only reading would tell: if an input is an
/// archive by its name, or can be read only once.
pub fn count(inputs: Inputs) -> Option<u64> {
    let Inputs { paths, list, selection } = inputs;
    if list.as_ref().is_some_and(|list| list.format == ListFormat::Found) {
        return None;
    }
    let comes_once = |path: &Path| is_stdin(path) || !path.is_file() && !path.is_dir();
    if paths.iter().chain(list.as_ref().map(|list| &list.path)).any(|path| comes_once(path)) {
        return None;
    }
    let listed = list.map(PathList::open).transpose().ok()?.into_iter().flatten();
    let mut count = 0;
    for path in paths.into_iter().map(Ok).chain(listed) {
        let path: PathBuf = path.ok()?;
        if !path.is_dir() {
            if selection.has_archive_name(&path) {
                return None;
            }
            count += u64::from(Wanted::new(&selection, &path, Path::new("")).plain);
            continue;
        }
        let mut walk = FolderWalk::new(path, &selection);
        while let Some(found) = walk.next(&selection) {
            count += match found {
                Found::Named { .. } | Found::Unreadable(..) => 1,
                Found::Other { path, .. } if selection.has_archive_name(&path) => return None,
                Found::Other { path, .. } => {
                    Wanted::new(&selection, &path, walk.relative(&path)).plain.into()
                }
            };
        }
    }
    Some(count)
}
