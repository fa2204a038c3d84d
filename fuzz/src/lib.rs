//! What has to hold for any bytes: one function a target, which panics where it does not.
//!
//! The same functions run under `cargo fuzz` (`fuzz_targets/`) and under a runner that needs no nightly toolchain
//! (`cargo run --release --bin mutate`).

pub mod archive;
pub mod byline;
pub mod escape;
pub mod front_matter;
pub mod json;
pub mod one_file;
pub mod printed;
pub mod text;
pub mod values;

/// A target: its name, what it holds, and bytes to begin with beside the fixtures.
pub type Target = (&'static str, fn(&[u8]), &'static [&'static [u8]]);

/// Every target.
pub const TARGETS: [Target; 9] = [
    ("one_file", one_file::run, &[]),
    ("printed", printed::run, printed::SEEDS),
    ("front_matter", front_matter::run, front_matter::SEEDS),
    ("text", text::run, text::SEEDS),
    ("byline", byline::run, byline::SEEDS),
    ("values", values::run, values::SEEDS),
    ("json", json::run, json::SEEDS),
    ("escape", escape::run, json::SEEDS),
    ("archive", archive::run, archive::SEEDS),
];

/// What no output may hold: it would colour a terminal, turn a line around, or forge one.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{200e}' | '\u{200f}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
