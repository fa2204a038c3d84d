//! Signal handling, and system calls interrupted by signals.

use std::ffi::c_int;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::{fs, io, process, thread};

use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGBUS, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGXCPU, SIGXFSZ,
};
use signal_hook::flag;
use signal_hook::iterator::Signals;

/// Ignores `SIGXFSZ`. A file that exceeds the size limit is then a write error and does not kill the process, which
/// would leave partial files.
///
/// # Errors
/// The signal handler cannot be registered.
pub fn outlive_size_limits() -> io::Result<()> {
    flag::register(SIGXFSZ, Arc::default()).map(drop)
}

/// Retries a system call that failed with `EINTR`. The standard library does so when it opens a file, but not for
/// directories and metadata.
///
/// # Errors
/// The error of `ask`, except for `EINTR`.
pub fn uninterrupted<T>(mut ask: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match ask() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            answer => return answer,
        }
    }
}

/// Offset of a signal's number in the exit status, as in shells.
const SIGNAL_EXIT_BASE: i32 = 128;

/// Signals that terminate a process by default. Excluded are those that cannot be caught, and SIGILL, SIGFPE and
/// SIGSEGV, from whose handler there is no way back into the program.
const TERMINATING: [c_int; 14] = [
    SIGABRT, SIGALRM, SIGBUS, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGXCPU,
];

/// Further terminating signals on Linux: SIGSTKFLT, SIGIO, SIGPWR and real-time signals.
const ENDING_ON_LINUX: [RangeInclusive<c_int>; 3] = [16..=16, 29..=30, 34..=64];

/// Installs a handler for terminating signals: calls `clean_up` with the signal's number, and exits with the status
/// that a shell reports for the signal.
///
/// The handler does not wait for the run, which may be blocked, for example on the standard input. The value of
/// `clean_up` is kept until the process exits. A signal that was ignored from the start, as by `nohup`, stays ignored.
///
/// # Errors
/// The thread cannot be started, or the handlers cannot be registered.
pub fn end_after<T>(clean_up: impl FnOnce(c_int) -> T + Send + 'static) -> io::Result<()> {
    let ignored = ignored();
    let is_heard = |signal: &c_int| ignored >> (signal - 1) & 1 == 0;
    let mut signals = Signals::new(TERMINATING.into_iter().filter(is_heard))?;
    if cfg!(target_os = "linux") {
        for signal in ENDING_ON_LINUX.into_iter().flatten().filter(is_heard) {
            // The C library reserves some real-time signals.
            let _ = signals.add_signal(signal);
        }
    }
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            let _held = clean_up(signal);
            process::exit(SIGNAL_EXIT_BASE + signal);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
}

/// Bit mask of ignored signals; 0 if the system does not tell.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}
