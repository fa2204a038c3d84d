//! Signals: the one place that knows how they are caught, and what comes of a call that one interrupts.

use std::io;
use std::process;
use std::sync::Arc;
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
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

/// From now on, SIGINT and SIGTERM end the process after `clean_up`, with the status that a shell tells of them.
///
/// It does not wait for the run, which may wait itself: for the standard input, say. What `clean_up` returns is held
/// until the process is gone.
///
/// # Errors
/// The system gives no thread, or keeps the signals to itself.
pub fn end_after<T>(clean_up: impl FnOnce() -> T + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            let _held = clean_up();
            process::exit(ENDED_BY_SIGNAL + signal);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
}
