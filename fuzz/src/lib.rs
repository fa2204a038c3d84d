//! What has to hold for any bytes: one function a target, which panics where it does not.
//!
//! The same functions run under `cargo fuzz` (`fuzz_targets/`) and under a runner that needs no nightly toolchain
//! (`cargo run --release --example mutate`).

use std::panic;
use std::sync::{Mutex, PoisonError};

pub mod archive;
pub mod byline;
pub mod escape;
pub mod front_matter;
pub mod json;
pub mod layout;
pub mod one_file;
pub mod printed;
pub mod text;
pub mod values;

/// A target: its name, which is that of its folder of seeds, and what it holds.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 10] = [
    ("one_file", one_file::run),
    ("printed", printed::run),
    ("front_matter", front_matter::run),
    ("text", text::run),
    ("byline", byline::run),
    ("values", values::run),
    ("json", json::run),
    ("escape", escape::run),
    ("archive", archive::run),
    ("layout", layout::run),
];

/// The first panic that the target meets with `bytes`: where it does not hold, or where a bug of the package was contained.
pub fn first_panic(target: fn(&[u8]), bytes: &[u8]) -> Option<String> {
    static FIRST: Mutex<Option<String>> = Mutex::new(None);
    let first = || FIRST.lock().unwrap_or_else(PoisonError::into_inner);
    panic::set_hook(Box::new(move |panic| {
        first().get_or_insert_with(|| panic.to_string());
    }));
    let _ = panic::catch_unwind(|| target(bytes));
    drop(panic::take_hook());
    first().take()
}

/// What no output may hold: it would colour a terminal, turn a line around, or forge one.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{200e}' | '\u{200f}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
