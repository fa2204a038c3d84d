//! Containers of all kinds against what other programs list in them.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use crate::support::folder::{stderr, stdout};

/// See `tests/python/containers/differ.py`.
#[test]
#[ignore = "needs Python 3, GNU tar, bsdtar, 7-Zip, zip, unzip, compress, pixz, lz4 and zstd"]
fn what_other_programs_list_is_read_or_named() {
    let output = Command::new("python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/containers/differ.py"))
        .arg(env!("CARGO_BIN_EXE_ingest"))
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("containers"))
        .output()
        .expect("Python runs");
    std::io::stdout().write_all(&output.stdout).unwrap();
    assert!(output.status.success(), "{}\n{}", stdout(&output), stderr(&output));
}
