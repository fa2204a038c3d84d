//! `strace`, asked to let one system call fail.

use std::fs;
use std::process::{Command, ExitStatus};

use super::folder::Folder;

/// What fails, with which error, at which call.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    pub call: &'static str,
    pub error: &'static str,
    /// The number of the call, from 1; counted anew in each thread.
    pub number: usize,
    /// Whether only calls count that are about the input.
    pub input_only: bool,
}

/// How a run ended, and which of its calls failed.
pub struct Run {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub stderr: String,
    /// Each call that was made to fail, as `strace` prints it, with the path of each file descriptor.
    pub failed: Vec<String>,
}

/// The last call of Rust's runtime before `main`, which the dynamic loader's come before.
const RUNTIME_IS_UP: &str = "rt_sigaction(SIGBUS, {";

/// What the runs read: a folder with three files.
pub const FOLDER: &str = "in";
pub const FILES: [&str; 3] = ["in/a.md", "in/b.md", "in/c.md"];

/// How many calls of this name the main thread makes before the program begins.
pub fn calls_before_main(folder: &Folder, call: &str, arguments: &[&str]) -> usize {
    let traced = format!("trace={call},rt_sigaction");
    let log = trace(folder, &["-e", &traced], arguments).log;
    let main = log.split(' ').next().expect("a line begins with the number of its thread");
    let calls = log.lines().filter(|line| line.starts_with(main));
    let before: Vec<&str> = calls.take_while(|line| !line.contains(RUNTIME_IS_UP)).collect();
    assert!(log.contains(RUNTIME_IS_UP), "{log}");
    before.iter().filter(|line| line.contains(&format!(" {call}("))).count()
}

/// Runs the command while `fault` happens.
pub fn run(folder: &Folder, fault: Fault, arguments: &[&str]) -> Run {
    let inject = format!("inject={}:error={}:when={}", fault.call, fault.error, fault.number);
    let mut options = vec!["-e", &inject];
    if fault.input_only {
        options.extend([FOLDER].iter().chain(&FILES).flat_map(|path| ["-P", path]));
    }
    let Traced { output, log } = trace(folder, &options, arguments);
    let stderr = String::from_utf8(output.stderr).expect("messages are UTF-8");
    let own = stderr.lines().filter(|line| !line.starts_with("strace: Requested path"));
    Run {
        status: output.status,
        stdout: output.stdout,
        stderr: own.map(|line| format!("{line}\n")).collect(),
        failed: failed(&log),
    }
}

struct Traced {
    output: std::process::Output,
    log: String,
}

fn trace(folder: &Folder, options: &[&str], arguments: &[&str]) -> Traced {
    let log = folder.0.join("trace");
    let output = Command::new("strace")
        .args(["-f", "-qq", "-y", "-s", "0", "-o"])
        .arg(&log)
        .args(options)
        .arg(env!("CARGO_BIN_EXE_ingest"))
        .args(arguments)
        .current_dir(&folder.0)
        // Where cargo sets it, the dynamic loader looks for every library in many folders first.
        .env_remove("LD_LIBRARY_PATH")
        .output()
        .expect("strace runs");
    Traced { output, log: fs::read_to_string(log).expect("strace wrote its log") }
}

/// The calls that failed on demand. One that another thread's call interrupted stands on two lines.
fn failed(log: &str) -> Vec<String> {
    let mut begun: Vec<(&str, &str)> = Vec::new();
    let mut failed = Vec::new();
    for line in log.lines() {
        let (thread, call) = line.split_once(' ').expect("a line begins with the number of its thread");
        let call = call.trim_start();
        if let Some(start) = call.strip_suffix("<unfinished ...>") {
            begun.push((thread, start));
        } else if call.ends_with("(INJECTED)") {
            let start = begun.iter().rev().find(|(other, _)| *other == thread && call.starts_with("<..."));
            failed.push(start.map_or(call.to_owned(), |(_, start)| format!("{start}{call}")));
        }
    }
    failed
}
