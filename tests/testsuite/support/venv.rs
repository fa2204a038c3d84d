//! The Python that has `tests/python/readers/requirements.txt`.

use std::env;
use std::path::{self, Path, PathBuf};

/// `$READERS_PYTHON`, or else that of the virtual environment in `target/venv`, which `.ci/run` makes.
pub fn python() -> PathBuf {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/venv/bin/python");
    env::var_os("READERS_PYTHON").map_or_else(own, |named| path::absolute(named).unwrap())
}
