//! Paths relative to the repository, for programs that look files up there.

use std::borrow::Cow;
use std::{env, fs};

/// Returns `path` without empty and `.` parts, and relative to the working folder if it is below that.
///
/// `folder/..` is removed only if `folder` exists on the disk, since members of an archive can have any name. A URL
/// stays unchanged.
pub fn path_in_repository(path: &str) -> Cow<'_, str> {
    if is_url(path) {
        return Cow::Borrowed(path);
    }
    let clean = if is_clean(path) { Cow::Borrowed(path) } else { Cow::Owned(cleaned(path)) };
    match below_working_folder(&clean) {
        Some(below) => Cow::Owned(below.to_owned()),
        None => clean,
    }
}

fn is_url(path: &str) -> bool {
    path.split_once("://").is_some_and(|(scheme, _)| !scheme.contains('/'))
}

fn is_clean(path: &str) -> bool {
    path.strip_prefix('/').unwrap_or(path).split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn cleaned(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let mut clean = String::from(root);
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part == ".." && is_folder(&clean) {
            clean.truncate(clean.rfind('/').unwrap_or(0).max(root.len()));
            continue;
        }
        if clean.len() > root.len() {
            clean.push('/');
        }
        clean.push_str(part);
    }
    clean
}

/// Returns `true` if `path` ends in the name of a folder, so that a following `..` cancels it.
fn is_folder(path: &str) -> bool {
    let is_named = path.rsplit('/').next().is_some_and(|name| !matches!(name, "" | ".."));
    is_named && fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

fn below_working_folder(path: &str) -> Option<&str> {
    if !path.starts_with('/') {
        return None;
    }
    let folder = env::current_dir().ok()?;
    path.strip_prefix(folder.to_str()?)?.strip_prefix('/')
}

#[cfg(test)]
mod tests {
    use std::env;

    use crate::findings::render::repository::path_in_repository;

    #[test]
    fn a_path_is_what_the_repository_calls_it() {
        let here = env::current_dir().unwrap();
        let here = here.to_str().unwrap();
        for (path, expected) in [
            ("seeds/a.md", "seeds/a.md"),
            ("./seeds/a.md", "seeds/a.md"),
            (".//seeds/a.md", "seeds/a.md"),
            ("././/seeds//./a.md", "seeds/a.md"),
            ("src/../src/report/../a.md", "src/a.md"),
            ("../a.md", "../a.md"),
            ("../../a//b.md", "../../a/b.md"),
            ("src/../../a.md", "../a.md"),
            // There is no such folder.
            ("dump.tar/../a.md", "dump.tar/../a.md"),
            ("Cargo.toml/../a.md", "Cargo.toml/../a.md"),
            ("/etc//./a.md", "/etc/a.md"),
            ("/../a.md", "/../a.md"),
            (&format!("{here}/seeds/a.md"), "seeds/a.md"),
            (&format!("{here}//src/./../seeds/a.md"), "seeds/a.md"),
            (&format!("{here}s/a.md"), &format!("{here}s/a.md")),
            ("s3://bucket//2025/./a.md", "s3://bucket//2025/./a.md"),
            ("dump.tar/a://b.md", "dump.tar/a:/b.md"),
            ("...", "..."),
            (".a/..b/c.", ".a/..b/c."),
            ("-", "-"),
        ] {
            assert_eq!(path_in_repository(path), expected, "{path}");
        }
    }
}
