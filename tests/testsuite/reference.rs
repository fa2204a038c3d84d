//! Whole generated archives: what `ingest` reads against what was written, and against a plain reading in Python.
//!
//! The generator (`examples/generate`) and the Python reader (`tests/python/reference/`) share no code with the library.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Rules that a file's content can break; each has a fault in the generator.
const RULES: [&str; 37] = [
    "too-large",
    "empty-file",
    "not-utf8",
    "no-front-matter",
    "unclosed-front-matter",
    "front-matter-too-large",
    "invalid-front-matter",
    "duplicate-key",
    "missing-field",
    "invalid-field",
    "identity-conflict",
    "no-content",
    "hash-missing",
    "hash-malformed",
    "hash-mismatch",
    "id-conflict",
    "duplicate",
    "heading-differs",
    "header-differs",
    "footer-differs",
    "category-differs",
    "yaml-differs",
    "not-yaml",
    "line-endings",
    "byte-order-mark",
    "empty-text",
    "control-character",
    "replacement-character",
    "unknown-field",
    "key-order",
    "personal-email",
    "personal-phone",
    "personal-rrn",
    "personal-card",
    "personal-account",
    "personal-passport",
    "personal-plate",
];

const WRITABLE: &str = "the folder for tests can be written";
const READABLE: &str = "what was just written can be read";
const PYTHON: &str = "`python3` runs";

/// A generated archive and the lists beside it.
struct Archive {
    root: PathBuf,
}

impl Archive {
    #[track_caller]
    fn generate(name: &str, flags: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference").join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect(WRITABLE);
        let archive = Archive { root };
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--example", "generate", "--"])
            .args(flags.split(' '))
            .args([Path::new("--truth"), &archive.beside("truth.jsonl")])
            .args([Path::new("--manifest"), &archive.beside("manifest.jsonl")])
            .arg(archive.beside("files"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        archive
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The records that `ingest` writes, in a file; its paths are relative to the archive, as the truth's are.
    fn ingest(&self, flags: &[&str]) -> (PathBuf, Output) {
        let output = Command::new(env!("CARGO_BIN_EXE_ingest"))
            .args(flags)
            .args(self.entries())
            .current_dir(self.beside("files"))
            .output()
            .expect("ingest runs");
        self.keep("articles.jsonl", output)
    }

    /// The records that `ingest` writes, in order, and its findings.
    fn records(&self, flags: &[&str]) -> (Vec<Value>, String) {
        let (_, output) = self.ingest(&[flags, &["-qq"]].concat());
        let lines = str::from_utf8(&output.stdout).expect("records are UTF-8").lines();
        let records = lines.map(|line| serde_json::from_str(line).expect("a record is JSON")).collect();
        (records, String::from_utf8(output.stderr).expect("findings are UTF-8"))
    }

    /// The records that the Python reader writes, in a file.
    fn read_in_python(&self) -> PathBuf {
        let mut reader = python("read.py");
        let output = reader.args(self.entries()).current_dir(self.beside("files")).output().expect(PYTHON);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.keep("reference.jsonl", output).0
    }

    fn keep(&self, name: &str, output: Output) -> (PathBuf, Output) {
        let path = self.beside(name);
        fs::write(&path, &output.stdout).expect(WRITABLE);
        (path, output)
    }

    /// The names in the archive's folder, by their bytes.
    fn entries(&self) -> BTreeSet<OsString> {
        let entries = fs::read_dir(self.beside("files")).expect(READABLE);
        entries.map(|entry| entry.expect(READABLE).file_name()).collect()
    }

    fn truth(&self) -> PathBuf {
        self.beside("truth.jsonl")
    }

    /// The files with a fault: the path, the fault's name and the rule that must find it.
    fn faults(&self) -> Vec<[String; 3]> {
        let field = |line: &Value, key: &str| line[key].as_str().expect("a string").to_owned();
        lines(&self.beside("manifest.jsonl"))
            .iter()
            .map(|line| [field(line, "path"), field(line, "fault"), field(line, "rule")])
            .collect()
    }
}

fn python(script: &str) -> Command {
    let mut command = Command::new("python3");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/reference").join(script));
    command
}

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).expect(READABLE);
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Every record of the reference stands in the articles, in the same order, with the same values.
#[track_caller]
fn agree(articles: &Path, reference: &Path) {
    let output = python("compare.py").args([articles, reference]).output().expect(PYTHON);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

/// `path` and `rule` of each line `path:line:column: level[rule]: message`.
fn found(stderr: &[u8]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(stderr).lines() {
        let Some((place, rest)) = line.split_once(": ") else { continue };
        let Some((level_and_rule, _)) = rest.split_once("]: ") else { continue };
        let Some((_, rule)) = level_and_rule.split_once('[') else { continue };
        let Some((path, _)) = place.split_once(':') else { continue };
        found.entry(path.to_owned()).or_default().insert(rule.to_owned());
    }
    found
}

#[test]
#[ignore = "runs the generator"]
fn the_same_seed_gives_the_same_archive_and_another_seed_another() {
    let flags = "--files 400 --folders 3 --sizes tiny --comments 0.2 --duplicates 0.1 --faults 0.3 --seed";
    let [first, again, other] = [("first", 5), ("again", 5), ("other", 6)]
        .map(|(name, seed)| bytes(&Archive::generate(name, &format!("{flags} {seed}")).root));
    assert!(first == again);
    assert!(first != other);
}

/// Every file under a folder, with its bytes.
fn bytes(folder: &Path) -> BTreeMap<OsString, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).expect(READABLE) {
            let path = entry.expect(READABLE).path();
            if path.is_dir() {
                folders.push(path);
            } else {
                out.insert(
                    path.strip_prefix(folder).expect("inside").into(),
                    fs::read(&path).expect(READABLE),
                );
            }
        }
    }
    out
}

#[test]
#[ignore = "needs Python 3"]
fn python_reads_what_was_written() {
    for era in ["escaped", "unescaped", "mixed"] {
        let flags = format!("--files 2000 --era {era} --comments 0.2 --duplicates 0.02 --seed 11");
        let archive = Archive::generate(&format!("python-{era}"), &flags);
        agree(&archive.read_in_python(), &archive.truth());
    }
}

#[test]
#[ignore = "needs Python 3"]
fn ingest_reads_what_was_written_and_what_python_reads() {
    for era in ["escaped", "unescaped", "mixed"] {
        let flags = format!("--files 3000 --era {era} --comments 0.2 --duplicates 0.02 --seed 12");
        let archive = Archive::generate(&format!("ingest-{era}"), &flags);
        let (articles, output) = archive.ingest(&[]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        agree(&articles, &archive.truth());
        agree(&articles, &archive.read_in_python());
        // What an editor turned into spaces, YAML may join otherwise; nothing else is wrong with these files.
        let rules: BTreeSet<String> = found(&output.stderr).into_values().flatten().collect();
        let expected = BTreeSet::from(["duplicate", "yaml-differs"].map(str::to_owned));
        assert!(rules.is_subset(&expected), "{rules:?}");
    }
}

#[test]
#[ignore = "needs Python 3"]
fn ingest_accepts_what_it_must_among_faults() {
    let archive = Archive::generate("among-faults", "--files 3000 --faults 0.3 --duplicates 0.02 --seed 13");
    let (articles, output) = archive.ingest(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    agree(&articles, &archive.truth());
}

#[test]
#[ignore = "runs the generator"]
fn a_patched_category_stands_in_the_front_matter_alone() {
    let flags = "--files 300 --sizes tiny --era escaped --comments 0 --seed 15";
    let [whole, patched] = [("whole", flags.to_owned()), ("patched", format!("{flags} --patched"))]
        .map(|(name, flags)| Archive::generate(name, &flags).records(&[]));
    let [(whole, _), (patched, findings)] = [whole, patched];
    assert_eq!(findings, "", "`category-differs` is off by default");
    let mut differ = 0;
    for (before, after) in whole.iter().zip(&patched) {
        let (mut before, mut after) = (before.clone(), after.clone());
        let [category, patched] = [&mut before, &mut after].map(|record| record["category"].take());
        assert_ne!(patched, "");
        differ += usize::from(category != patched);
        assert_eq!(before, after, "nothing else differs");
    }
    assert!(whole.len() == 300 && patched.len() == 300 && differ > 200, "{differ} differ");
}

#[test]
#[ignore = "runs the generator"]
fn ingest_names_each_fault_by_its_rule() {
    let flags = "--files 1500 --faults 0.3 --duplicates 0.02 --sizes tiny --seed 14";
    let archive = Archive::generate("named", flags);
    let faults = archive.faults();
    let made: BTreeSet<&str> = faults.iter().map(|[_, _, rule]| rule.as_str()).collect();
    assert_eq!(made, BTreeSet::from(RULES));

    // Rules that are off by default are asked for.
    let asked = ["not-yaml", "category-differs", "replacement-character", "unknown-field"];
    let personal = RULES.into_iter().filter(|rule| rule.starts_with("personal-"));
    let asked: Vec<&str> = asked.into_iter().chain(personal).collect();
    let flags: Vec<&str> = asked.iter().flat_map(|rule| ["-W", rule]).collect();
    let found = found(&archive.ingest(&flags).1.stderr);
    let missed: Vec<&[String; 3]> = faults
        .iter()
        .filter(|[path, _, rule]| !found.get(path).is_some_and(|rules| rules.contains(rule)))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}
