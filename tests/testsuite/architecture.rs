//! The shape of the sources: which module may use which, where a dependency is named, how long a file may be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// Every room of the library with the rooms that it may use: the arrows of the picture in `lib.rs`.
const ARROWS: [(&str, &[&str]); 22] = [
    ("text", &[]),
    ("sys", &[]),
    ("progress", &[]),
    ("store", &["text"]),
    ("record", &["text"]),
    ("personal", &["record", "text"]),
    ("findings", &["record", "text"]),
    ("expect", &["findings", "record", "text"]),
    ("crawl", &["findings", "personal", "record", "text"]),
    ("layout", &["crawl", "findings", "record", "text"]),
    ("infer", &["crawl", "layout", "record", "text"]),
    ("exclusions", &["crawl", "record", "text"]),
    ("input", &["store", "sys", "text"]),
    ("output", &["findings", "personal", "record", "store", "sys", "text"]),
    ("manifest", &["findings", "output", "record", "sys", "text"]),
    (
        "pipeline",
        &[
            "crawl",
            "exclusions",
            "findings",
            "input",
            "layout",
            "manifest",
            "output",
            "personal",
            "record",
            "sys",
            "text",
        ],
    ),
    ("summary", &["crawl", "expect", "findings", "personal", "pipeline", "text"]),
    ("report", &["crawl", "findings", "pipeline", "record", "summary", "text"]),
    (
        "run",
        &[
            "crawl", "expect", "findings", "input", "manifest", "output", "pipeline", "progress", "record",
            "report", "summary", "text",
        ],
    ),
    ("explain", &["crawl", "findings", "infer", "input", "layout", "record", "text"]),
    ("schema", &["explain", "findings", "layout", "manifest", "output", "record"]),
    (
        "bin",
        &[
            "crawl",
            "exclusions",
            "expect",
            "explain",
            "findings",
            "infer",
            "input",
            "layout",
            "manifest",
            "output",
            "personal",
            "pipeline",
            "progress",
            "record",
            "report",
            "run",
            "schema",
            "store",
            "summary",
            "sys",
            "text",
        ],
    ),
];

/// Dependencies that could be exchanged for others, each named in one place: a file, or a room.
const NAMED_ONCE: [(&str, &str); 12] = [
    ("blake2", "src/record/content_hash"),
    ("clap", "src/bin/ingest/args"),
    ("html_escape", "src/crawl"),
    ("indicatif", "src/progress.rs"),
    ("md5", "src/record/content_hash"),
    ("parquet", "src/output/columnar"),
    ("pulldown_cmark", "src/crawl"),
    ("serde_yaml", "src/crawl/front_matter/yaml"),
    ("sha1", "src/record/content_hash"),
    ("sha2", "src/record/content_hash"),
    ("signal_hook", "src/sys"),
    ("toml", "src/bin/ingest/config_file"),
];

const MAX_LINES: usize = 400;

struct SourceFile {
    path: PathBuf,
    code: String,
}

impl SourceFile {
    fn all() -> Vec<SourceFile> {
        let mut folders = vec![PathBuf::from("src")];
        let mut sources = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder of sources can be read") {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let code = fs::read_to_string(&path).expect("a source can be read");
                    sources.push(SourceFile { path, code });
                }
            }
        }
        assert!(sources.len() > 20);
        sources
    }

    /// `["crawl", "yaml"]` of `src/crawl/yaml/mod.rs`.
    fn module(&self) -> Vec<&str> {
        let parts = self.path.strip_prefix("src").unwrap().iter().map(|part| part.to_str().unwrap());
        parts.map(|part| part.trim_end_matches(".rs")).filter(|part| *part != "mod").collect()
    }

    /// The modules of this package that the file names.
    fn uses(&self) -> BTreeSet<String> {
        let module = self.module();
        let of_package = |path: &Vec<String>| {
            let outwards = path.iter().take_while(|part| *part == "super").count();
            match path[0].as_str() {
                "news_ingest" => path.get(1).cloned(),
                // The binary's own modules are no rooms of the library.
                "crate" if module[0] != "bin" => path.get(1).cloned(),
                "super" if outwards >= module.len() => path.get(outwards).cloned(),
                _ => None,
            }
        };
        paths(&self.code).iter().filter_map(of_package).filter(|used| *used != module[0]).collect()
    }
}

/// Every path that the code names, those of `use` one by one.
fn paths(code: &str) -> BTreeSet<Vec<String>> {
    let code: String =
        code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let mut paths = BTreeSet::new();
    let mut rest = code.as_str();
    while let Some((path, behind)) = next_path(rest) {
        let is_use = path == ["use"];
        let end = if is_use { behind.find(';').unwrap_or(behind.len()) } else { 0 };
        if is_use {
            expand(&behind[..end], &[], &mut paths);
        } else if path.len() > 1 {
            paths.insert(path);
        }
        rest = &behind[end..];
    }
    paths
}

/// The first name in the code with what `::` joins to it, and the code behind it.
fn next_path(code: &str) -> Option<(Vec<String>, &str)> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = &code[code.find(is_name)?..];
    let mut path = Vec::new();
    loop {
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        path.push(rest[..end].to_owned());
        rest = &rest[end..];
        match rest.strip_prefix("::") {
            Some(behind) if behind.starts_with(is_name) => rest = behind,
            _ => return Some((path, rest)),
        }
    }
}

/// Adds each path of a tree such as `a::{b, c::{d, self}}`.
fn expand(tree: &str, before: &[&str], into: &mut BTreeSet<Vec<String>>) {
    let tree = tree.trim();
    let (stem, inner) = match tree.split_once('{') {
        Some((stem, inner)) => (stem, Some(inner.trim_end().trim_end_matches('}'))),
        None => (tree.split(" as ").next().unwrap_or(tree), None),
    };
    let stem = stem.split("::").map(str::trim).filter(|part| !part.is_empty());
    let path: Vec<&str> = before.iter().copied().chain(stem).collect();
    let Some(inner) = inner else {
        if !path.is_empty() {
            into.insert(path.into_iter().map(str::to_owned).collect());
        }
        return;
    };
    let mut depth = 0;
    let mut start = 0;
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            // What was trimmed may have closed deeper trees too.
            '}' => depth -= 1,
            ',' if depth == 0 || at == inner.len() => {
                expand(&inner[start..at], &path, into);
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// The name and the line above it of each entry in `[dependencies]`.
fn dependencies() -> Vec<(String, String)> {
    let manifest = fs::read_to_string("Cargo.toml").expect("the manifest is there");
    let lines: Vec<&str> = manifest.lines().collect();
    let start = lines.iter().position(|line| *line == "[dependencies]").expect("there are dependencies");
    let section = lines[start..].windows(2).take_while(|pair| !pair[1].starts_with('['));
    let entries = section.filter_map(|pair| {
        let (name, _) = pair[1].split_once(" = ")?;
        (!name.starts_with('#')).then(|| (name.to_owned(), pair[0].to_owned()))
    });
    entries.collect()
}

#[test]
fn paths_are_found() {
    let found = |code: &str, expected: &[&str]| {
        let found: BTreeSet<String> = paths(code).iter().map(|path| path.join("::")).collect();
        assert_eq!(found, expected.iter().map(|path| path.to_string()).collect(), "in {code:?}");
    };
    found("use std::io;", &["std::io"]);
    found("pub use memchr::{memchr, memmem};", &["memchr::memchr", "memchr::memmem"]);
    found("use a::{b::{c, d}, e, self};", &["a::b::c", "a::b::d", "a::e", "a::self"]);
    found("use a::{b,\n    c::{d}};", &["a::b", "a::c::d"]);
    found("use a::b as c;\nuse d;", &["a::b", "d"]);
    found("let x = html_escape::decode(y);", &["html_escape::decode"]);
    found("fn f(x: crate::run::Run<std::fs::File>) {}", &["crate::run::Run", "std::fs::File"]);
    found("/// [`crate::run`]\nlet a: u8 = 1; // std::fs", &[]);
    found("x.iter().sum::<u64>()", &[]);
}

#[test]
fn the_arrows_run_one_way() {
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.into();
    for file in SourceFile::all().iter().filter(|file| file.module() != ["lib"]) {
        let (module, path) = (file.module()[0], file.path.display());
        let allowed =
            arrows.get(module).unwrap_or_else(|| panic!("no arrow here tells what `{module}` may use"));
        for used in file.uses() {
            assert!(allowed.contains(&used.as_str()), "{path} uses `{used}`");
        }
    }
}

/// A file may use the `mod.rs` of the folders that it is in, which in turn names its files.
#[test]
fn no_files_use_each_other_in_a_circle() {
    let sources = SourceFile::all();
    let name = |source: &SourceFile| source.module().join("::");
    let files: BTreeSet<String> = sources.iter().map(name).collect();
    let file_of = |path: &[String]| {
        let names = (1..=path.len()).rev().map(|length| path[..length].join("::"));
        names.into_iter().find(|name| files.contains(name))
    };
    let mut left: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.module()[0] != "bin") {
        let code = source.code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let used =
            paths(code).into_iter().filter_map(|path| file_of(path.strip_prefix(&["crate".to_owned()])?));
        let own = name(source);
        let is_folder =
            |used: &String| own.strip_prefix(used.as_str()).is_some_and(|rest| rest.starts_with("::"));
        left.insert(own.clone(), used.filter(|used| *used != own && !is_folder(used)).collect());
    }
    while let Some(end) = left.iter().find(|(_, used)| used.is_empty()).map(|(file, _)| file.clone()) {
        left.remove(&end);
        for used in left.values_mut() {
            used.remove(&end);
        }
    }
    assert!(left.is_empty(), "in a circle, or on the way to one: {left:#?}");
}

/// A name that is searched for leads to one declaration.
#[test]
fn type_names_are_declared_once() {
    let mut declared: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // The stubs of builds without object stores have the names of what they stand for.
    for SourceFile { path, code } in
        SourceFile::all().into_iter().filter(|file| !file.path.ends_with("store/disabled.rs"))
    {
        for line in code.lines() {
            let words = line
                .trim_start()
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .filter(|word| !word.is_empty());
            let mut words = words.skip_while(|word| ["pub", "crate", "super", "in"].contains(word));
            if words.next().is_some_and(|word| ["struct", "enum", "trait"].contains(&word)) {
                let name = words.next().unwrap_or_default();
                declared.entry(name.to_owned()).or_default().push(path.display().to_string());
            }
        }
    }
    assert!(declared.len() > 200);
    declared.retain(|_, places| places.len() > 1);
    assert!(declared.is_empty(), "{declared:#?}");
}

/// One crawl file is read without I/O, paths and printing.
#[test]
fn reading_a_crawl_file_is_pure() {
    const FORBIDDEN: [&str; 8] = ["io", "fs", "path", "env", "process", "net", "thread", "time"];
    const PRINTING: [&str; 5] = ["print!", "println!", "eprint!", "eprintln!", "dbg!"];
    let is_pure = |file: &SourceFile| {
        ["src/crawl", "src/infer", "src/layout"].iter().any(|room| file.path.starts_with(room))
    };
    for SourceFile { path, code } in SourceFile::all().into_iter().filter(is_pure) {
        for used in paths(&code) {
            let is_forbidden = used[0] == "std" && FORBIDDEN.contains(&used[1].as_str());
            assert!(!is_forbidden, "{} uses `{}`", path.display(), used.join("::"));
        }
        for printing in PRINTING {
            assert!(!code.contains(printing), "{} calls `{printing}`", path.display());
        }
    }
}

/// No room is reached again from a room that it uses.
#[test]
fn no_arrow_runs_back() {
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    for (room, uses) in ARROWS {
        for used in uses {
            assert!(settled.contains(used), "`{room}` uses `{used}`, which is listed after it");
        }
        settled.insert(room);
    }
}

#[test]
fn a_dependency_that_could_be_exchanged_is_named_in_one_place() {
    let sources = SourceFile::all();
    for (name, place) in NAMED_ONCE {
        let names_it = |file: &&SourceFile| paths(&file.code).iter().any(|path| path[0] == name);
        let files: Vec<_> =
            sources.iter().filter(names_it).map(|file| file.path.display().to_string()).collect();
        assert!(!files.is_empty(), "{name} is named nowhere");
        assert!(
            files.iter().all(|file| file.starts_with(place)),
            "{name} is named in {files:?}, not in {place}"
        );
    }
}

#[test]
fn every_dependency_is_used() {
    let used: BTreeSet<String> =
        SourceFile::all().iter().flat_map(|file| paths(&file.code)).map(|path| path[0].clone()).collect();
    for (name, _) in dependencies() {
        assert!(used.contains(&name.replace('-', "_")), "{name} is not used");
    }
}

#[test]
fn a_dependency_has_its_reason_above_it() {
    let dependencies = dependencies();
    assert!(dependencies.len() > 5);
    for (name, above) in dependencies {
        let reason = above.strip_prefix("# ").unwrap_or_else(|| panic!("no reason stands above {name}"));
        assert!(reason.len() > 10 && reason.ends_with('.'), "{name}: {reason}");
    }
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    for SourceFile { path, code } in SourceFile::all() {
        let lines = code.lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines", path.display());
        assert!(code.starts_with("//! "), "{} does not say what it is for", path.display());
    }
}
