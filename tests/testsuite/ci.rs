//! What CI systems run: the action of GitHub in the oldest bash there is, and the hook of pre-commit.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Output};

use serde::Deserialize;

use crate::support::crawl_file::CrawlFile;
use crate::support::folder::{Folder, stdout};

#[derive(Deserialize)]
struct Action {
    runs: Runs,
}

#[derive(Deserialize)]
struct Runs {
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    name: String,
    shell: String,
    run: String,
}

/// Runs the step that checks, with these inputs, as GitHub does, without what bash 3.2 of macOS has not.
fn action(folder: &Folder, paths: &str, arguments: &str) -> Output {
    let action: Action = serde_yaml::from_str(&fs::read_to_string("action.yml").unwrap()).unwrap();
    let step = action.runs.steps.into_iter().find(|step| step.name == "Check").unwrap();
    assert_eq!(step.shell, "bash");
    // That bash takes an empty array for an unset variable, which no newer one does.
    for absent in ["[@]", "[*]", "declare -A", "local -n", ",,}", "^^}", "|&", "&>>", "coproc"] {
        assert!(!step.run.contains(absent), "{absent}");
    }
    let bin = folder.0.join("ingest/bin");
    fs::create_dir_all(&bin).unwrap();
    let _ = symlink(env!("CARGO_BIN_EXE_ingest"), bin.join("ingest"));
    folder.put("ingest/run.sh", format!("enable -n mapfile readarray\n{}", step.run));
    Command::new("bash")
        .args(["--noprofile", "--norc", "-euo", "pipefail", "ingest/run.sh"])
        .env("RUNNER_TEMP", &folder.0)
        .env("GITHUB_STEP_SUMMARY", folder.0.join("ingest/summary.md"))
        .env("INGEST_PATHS", paths)
        .env("INGEST_ARGS", arguments)
        .current_dir(&folder.0)
        .output()
        .expect("bash runs")
}

fn files(output: &Output) -> Vec<&str> {
    let file = |line| str::split_once(line, "file=")?.1.split_once(',');
    stdout(output).lines().filter_map(|line| file(line).map(|(file, _)| file)).collect()
}

#[test]
fn the_action_runs_in_bash_3() {
    let folder = Folder::new("ci-action");
    folder.put("a.md", "x").put("b c/*.md", "x").put("b c/d.md", "x").put("-o.md", "x");
    let output = action(&folder, "a.md\n", "");
    assert_eq!((files(&output), output.status.code()), (vec!["a.md"], Some(1)));
    assert!(folder.read("ingest/summary.md").starts_with("## ingest: 1 file rejected\n"));
    let output = action(&folder, "\nb c/*.md\n\n-o.md", "--exit-zero\n\n--max-findings\n1\n");
    assert_eq!((files(&output), output.status.code()), (vec!["b c/*.md"], Some(0)));
    assert_eq!(files(&action(&folder, "-o.md", "--isolated")), ["-o.md"]);
    assert!(!folder.0.join(".md").exists());
    assert_eq!(action(&folder, "", "").status.code(), Some(2));
}

#[derive(Deserialize)]
struct Hook {
    id: String,
    entry: String,
    args: Vec<String>,
    pass_filenames: bool,
}

/// The hook is not given the names of the files, of which one here would be an option.
#[test]
fn the_hook_reads_a_commit_in_one_run() {
    let hooks: Vec<Hook> =
        serde_yaml::from_str(&fs::read_to_string(".pre-commit-hooks.yaml").unwrap()).unwrap();
    let [hook] = <[Hook; 1]>::try_from(hooks).ok().unwrap();
    assert_eq!(hook.id, "ingest-check");
    assert!(!hook.pass_filenames, "file names come in batches, each a run of its own");
    let entry = hook.entry.strip_prefix("ingest ").unwrap().split(' ');
    let arguments: Vec<&str> = entry.chain(hook.args.iter().map(String::as_str)).collect();
    let folder = Folder::new("ci-hook");
    folder
        .put("a.md", CrawlFile::with_text("본문이다.").to_string())
        .put("z.md", CrawlFile::with_text("다른 글이다.").to_string());
    folder.put("-o.md", "x");
    let output = folder.ingest(&arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("./-o.md:1:1: error[no-front-matter]"), "{}", stdout(&output));
    assert!(stdout(&output).contains("./z.md:2:5: error[id-conflict]"), "{}", stdout(&output));
    assert!(!folder.0.join(".md").exists());
}

/// `cargo binstall` fills in a template; the script names its archives by variables of the same meaning.
#[test]
fn archives_of_a_release_are_where_binstall_looks() {
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    let (_, binstall) = manifest.split_once("[package.metadata.binstall]\n").unwrap();
    let filled = |key: &str| {
        let line = binstall.lines().find(|line| line.starts_with(key)).unwrap();
        let template = line.split('"').nth(1).unwrap();
        let template = template.replace("{ name }", "news-ingest").replace("{ version }", "$version");
        template.replace("{ target }", "$target").replace("{ bin }", "ingest")
    };
    let script = fs::read_to_string(".ci/release").unwrap();
    let (_, name) = script.split_once("\n    name=").expect("an archive has a name");
    let name = name.lines().next().unwrap();
    assert!(
        filled("pkg-url").ends_with(&format!("/{name}.tar.gz")) && script.contains("\"$out/$name.tar.gz\"")
    );
    assert_eq!(filled("bin-dir"), format!("{name}/ingest"));
    assert!(script.contains("\"$target_dir/$target/dist/ingest\"") && script.contains("-cf - \"$name\""));
    for script in [".ci/release", ".ci/try-release", ".ci/run"] {
        assert!(Command::new("bash").args(["-n", script]).status().unwrap().success(), "{script}");
    }
}
