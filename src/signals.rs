//! Signals: the one place that knows how they are caught, and what comes of a call that one interrupts.

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

/// From now on, a file that grows past the limit that the system sets is an error where it is written, and does not end the
/// process, which would leave what is half written.
///
/// # Errors
/// The system keeps the signal to itself.
pub fn outlive_size_limits() -> io::Result<()> {
    flag::register(SIGXFSZ, Arc::default()).map(drop)
}

/// Asks the system again where a signal came between: the standard library does so for files, not for folders and names.
///
/// # Errors
/// Those of the system.
pub fn uninterrupted<T>(mut ask: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match ask() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            answer => return answer,
        }
    }
}

/// What a shell adds to a signal's number.
const ENDED_BY_SIGNAL: i32 = 128;

/// Whatever ends a process that does not catch it, but for what no process can catch, and SIGILL, SIGFPE and SIGSEGV: from
/// these there is no way back into the program.
const ENDING: [c_int; 14] = [
    SIGABRT, SIGALRM, SIGBUS, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGXCPU,
];

/// On Linux, SIGSTKFLT, SIGIO, SIGPWR and those of real time too.
const ENDING_ON_LINUX: [RangeInclusive<c_int>; 3] = [16..=16, 29..=30, 34..=64];

/// From now on, a signal that ends the process does so after `clean_up`, which is told its number, with the status that a
/// shell reports of it.
///
/// It does not wait for the run, which may wait itself: for the standard input, say. What `clean_up` returns is held
/// until the process is gone. A signal that was ignored from the start, as `nohup` does it, stays so.
///
/// # Errors
/// The system gives no thread, or keeps the signals to itself.
pub fn end_after<T>(clean_up: impl FnOnce(c_int) -> T + Send + 'static) -> io::Result<()> {
    let ignored = ignored();
    let is_heard = |signal: &c_int| ignored >> (signal - 1) & 1 == 0;
    let mut signals = Signals::new(ENDING.into_iter().filter(is_heard))?;
    if cfg!(target_os = "linux") {
        for signal in ENDING_ON_LINUX.into_iter().flatten().filter(is_heard) {
            // The C library may keep some for itself.
            let _ = signals.add_signal(signal);
        }
    }
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            let _held = clean_up(signal);
            process::exit(ENDED_BY_SIGNAL + signal);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
}

/// A bit for each signal that is ignored, as far as the system tells.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}
