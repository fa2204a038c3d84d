//! What the package is built of: licences that anyone may use, and one source.

use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than to be named. An expression is allowed if one of its choices is.
const ALLOWED: [&str; 14] = [
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
];

/// Packages that nobody keeps any more, or that this package has a better one for.
const BANNED: [&str; 5] = ["gaoya", "jwalk", "openssl", "plotters", "serde_yml"];

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--all-features"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    metadata["packages"].as_array().expect("there are packages").clone()
}

/// Whether a licence expression is satisfied by what is allowed.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    if let Some((first, rest)) = split(&expression, " OR ") {
        return is_allowed(first) || is_allowed(rest);
    }
    if let Some((first, rest)) = split(&expression, " AND ") {
        return is_allowed(first) && is_allowed(rest);
    }
    let bare = expression.trim();
    match bare.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_allowed(inner),
        None => ALLOWED.contains(&bare),
    }
}

/// The two sides of the first such word outside of parentheses.
fn split<'e>(expression: &'e str, word: &str) -> Option<(&'e str, &'e str)> {
    expression.match_indices(word).find_map(|(at, _)| {
        let before = &expression[..at];
        let is_outside = before.matches('(').count() == before.matches(')').count();
        is_outside.then(|| (before, &expression[at + word.len()..]))
    })
}

#[test]
fn expressions_are_read() {
    for allowed in
        ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR X) AND Unicode-3.0", "X OR (MIT AND ISC)"]
    {
        assert!(is_allowed(allowed), "{allowed}");
    }
    for refused in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND Y", "", "MITX"] {
        assert!(!is_allowed(refused), "{refused}");
    }
}

#[test]
fn licences_sources_and_bans() {
    let packages = packages();
    assert!(packages.len() > 100);
    for package in packages {
        let name = package["name"].as_str().expect("a package has a name");
        let licence = package["license"].as_str().unwrap_or("");
        assert!(is_allowed(licence), "{name} has the licence {licence:?}");
        assert!(!BANNED.contains(&name), "{name} is not to be used");
        let source = package["source"].as_str();
        let is_from_registry = source.is_some_and(|source| source.starts_with("registry+"));
        assert!(is_from_registry || name == "news-ingest", "{name} comes from {source:?}");
    }
}
