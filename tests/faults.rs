//! Every system call of a run, made to fail with every error: the exit status and the message are right, the output is the
//! old one or complete, and nothing lies beside it.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;

#[path = "testsuite/support/mod.rs"]
mod support;

use crate::support::crawl_file::article;
use crate::support::fate::{Fate, TARGET};
use crate::support::folder::Folder;
use crate::support::strace::{FILES, FOLDER, Fault, Run};
use crate::support::{fate, strace};

const CALLS: [&str; 10] =
    ["openat", "read", "pread64", "getdents64", "statx", "write", "fsync", "rename", "close", "mmap"];
const ERRORS: [&str; 6] = ["EIO", "ENOSPC", "EINTR", "EMFILE", "ENOMEM", "EACCES"];
const OLD: &[u8] = b"what was there before\n";
const SIGABRT: i32 = 6;

/// One way to run the command over the three files.
struct Mode {
    folder: Folder,
    options: Vec<&'static str>,
    to_stdout: bool,
}

impl Mode {
    fn of(name: &str, options: &[&'static str]) -> Mode {
        let folder = Folder::new(&format!("faults-{name}"));
        for (number, file) in FILES.iter().enumerate() {
            folder.put(file, article(number));
        }
        // The search for a configuration ends here.
        folder.put("ingest.toml", "").put("out/a.jsonl", OLD).put("none/README", "");
        Mode { folder, to_stdout: !options.contains(&"-o"), options: [&["-j1"], options].concat() }
    }

    /// What an undisturbed run over these files writes.
    fn written_of(&self, files: &[&str]) -> Vec<u8> {
        let files = if files.is_empty() { &["none"] } else { files };
        let output = self.folder.ingest(&[&self.options, files].concat());
        if self.to_stdout { output.stdout } else { fs::read(self.folder.0.join(TARGET)).unwrap() }
    }

    /// The run while this happens, and what it wrote; nothing where the call never came.
    fn run(&self, fault: Fault) -> Option<(Run, Vec<u8>)> {
        let out = self.folder.0.join("out");
        fs::remove_dir_all(&out).unwrap();
        self.folder.put(TARGET, OLD);
        let run = strace::run(&self.folder, fault, &[&self.options[..], &[FOLDER]].concat());
        let names: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        if run.status.signal() != Some(SIGABRT) {
            assert_eq!(names, ["a.jsonl"], "{fault:?}: {}", run.stderr);
        }
        let in_place = fs::read(self.folder.0.join(TARGET)).unwrap();
        assert!(!self.to_stdout || in_place == OLD);
        let written = if self.to_stdout { run.stdout.clone() } else { in_place };
        (!run.failed.is_empty()).then_some((run, written))
    }

    /// Holds a run against the fate that its failed calls give it, the worst of several.
    #[track_caller]
    fn judge(&self, fault: Fault, run: &Run, written: &[u8]) -> Fate {
        let fate = run.failed.iter().map(|call| fate::of(call, fault.error)).max().expect("a call failed");
        let what =
            format!("{fault:?} is {fate:?}\n{}\n{:?}\n{}", run.failed.join("\n"), run.status, run.stderr);
        let unreadable = |file: &&str| run.stderr.contains(&format!("{file}:1:1: error[unreadable]: "));
        let nothing_yet: &[u8] = if self.to_stdout { b"" } else { OLD };
        let (code, named) = match fate {
            Fate::Unaffected => (Some(0), ""),
            Fate::Unreadable(file) => (Some(1), file),
            Fate::Failed(name) | Fate::Placed(name) => (Some(2), name),
            Fate::Untold => (Some(2), ""),
            Fate::OneOrTwo(name) if run.status.code() != Some(0) => (run.status.code(), name),
            Fate::OutOfMemory if run.status.code() == Some(2) => (Some(2), "error: cannot "),
            Fate::OutOfMemory if run.status.signal() == Some(SIGABRT) => (None, ""),
            Fate::OneOrTwo(_) | Fate::OutOfMemory => (Some(0), ""),
        };
        assert_eq!(run.status.code(), code, "{what}");
        assert!(run.stderr.contains(named), "{what}");
        assert!(!run.stderr.contains("panicked"), "{what}");
        if let Fate::Unreadable(file) = fate {
            assert!(unreadable(&file), "{what}");
        }
        let is_new = match code {
            Some(0 | 1) => true,
            _ => matches!(fate, Fate::Placed(_) | Fate::Untold),
        };
        let accepted: Vec<&str> = match unreadable(&FOLDER) {
            true => Vec::new(),
            false => FILES.into_iter().filter(|file| !unreadable(file)).collect(),
        };
        if is_new {
            assert!(written == self.written_of(&accepted), "{what}");
        } else {
            assert!(written == nothing_yet, "{what}");
        }
        fate
    }

    /// Lets each call of this name fail, one a run, until no more come; gives the number of runs.
    fn fail_each(&self, call: &'static str, error: &'static str, fates: &mut BTreeSet<Fate>) -> usize {
        let arguments = [&self.options[..], &[FOLDER]].concat();
        let behind_loader = strace::calls_before_main(&self.folder, call, &arguments) + 1;
        // A thread counts for itself, so what the threads read has its own rounds, from the first call on.
        let rounds = [(true, 1), (false, behind_loader)];
        let mut runs = 0;
        for (input_only, first) in rounds.into_iter().filter(|(input_only, _)| !input_only || call != "mmap")
        {
            for number in first.. {
                let fault = Fault { call, error, number, input_only };
                let Some((run, written)) = self.run(fault) else { break };
                fates.insert(self.judge(fault, &run, &written));
                runs += 1;
            }
        }
        runs
    }
}

fn every_call_fails_with_every_error(name: &str, options: &[&'static str]) {
    let mode = Mode::of(name, options);
    assert!(Path::new("/proc/self/fd").exists(), "strace tells paths by it");
    let mut fates = BTreeSet::new();
    let mut runs = 0;
    for call in CALLS {
        for error in ERRORS {
            runs += mode.fail_each(call, error, &mut fates);
        }
    }
    for file in FILES {
        assert!(fates.contains(&Fate::Unreadable(file)), "{fates:?}");
    }
    for fate in [Fate::Unaffected, Fate::Unreadable(FOLDER), Fate::Untold, Fate::OutOfMemory] {
        assert!(fates.contains(&fate), "{fates:?}");
    }
    let output = if mode.to_stdout { "the records" } else { TARGET };
    assert!(fates.contains(&Fate::Failed(output)), "{fates:?}");
    assert!(runs > 150, "{runs}");
}

#[test]
#[ignore = "needs strace"]
fn to_a_file() {
    every_call_fails_with_every_error("file", &["-o", TARGET]);
}

#[test]
#[ignore = "needs strace"]
fn to_a_parquet_file() {
    every_call_fails_with_every_error("parquet", &["--to", "parquet", "-o", TARGET]);
}

#[test]
#[ignore = "needs strace"]
fn to_the_standard_output() {
    every_call_fails_with_every_error("stdout", &[]);
}
