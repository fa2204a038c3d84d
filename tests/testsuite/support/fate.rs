//! What may become of a run in which a system call failed.

use super::strace::{FILES, FOLDER};

/// What has to become of it, beside what always holds: the output is the old one or complete, and nothing lies beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Status 0, and nothing is missing.
    Unaffected,
    /// Status 0 as before, or what of these the caller's place makes of it: a finding, or status 2; this is named.
    OneOrTwo(&'static str),
    /// Status 1, and a finding for this file; the others are complete.
    Unreadable(&'static str),
    /// Status 2 with this name in the message; the output is the old one.
    Failed(&'static str),
    /// Status 2 with this name in the message; the output is the new one, but the disk may not know.
    Placed(&'static str),
    /// Status 2, which is all that can still be told; the output is the new one.
    Untold,
    /// Complete with status 0, or the old one with status 2 and a message, or a process that ends itself as `kill -9` would.
    OutOfMemory,
}

pub const TARGET: &str = "out/a.jsonl";

/// The fate of a run in which this call, as `strace` prints it, failed with this error.
pub fn of(call: &str, error: &str) -> Fate {
    let name = call.split('(').next().expect("a call has a name");
    let in_folder = |file: &str| file.replacen('/', ">, \"", 1);
    let file = FILES.into_iter().find(|file| {
        [format!("/{file}>"), format!("\"{file}\""), format!("/{}\"", in_folder(file))]
            .iter()
            .any(|named| call.contains(named))
    });
    let is_about = |path: &str| call.contains(&format!("/{path}>")) || call.contains(&format!("{path}\""));
    match name {
        "mmap" => Fate::OutOfMemory,
        // Where the standard library closes a folder's listing, it takes an error for a bug; what the files were opened by
        // is closed without a word.
        "close" if is_about(FOLDER) && error != "EINTR" => Fate::OneOrTwo(FOLDER),
        "close" => Fate::Unaffected,
        _ if error == "EINTR" => Fate::Unaffected,
        "write" if call.starts_with("write(1<") => Fate::Failed("the records"),
        "write" if call.starts_with("write(2<") => Fate::Untold,
        // The way by the folder is only shorter; its listing is opened without waiting.
        "openat" if call.contains("O_DIRECTORY") && !call.contains("O_NONBLOCK") => Fate::Unaffected,
        // Only asks whether another program reads the standard output.
        "statx" if call.contains("<pipe:") => Fate::Unaffected,
        _ if file.is_some() => file.map_or(Fate::Unaffected, Fate::Unreadable),
        "statx" if is_about(FOLDER) => Fate::OneOrTwo(FOLDER),
        _ if is_about(FOLDER) => Fate::Unreadable(FOLDER),
        // Asks whose file it is, or only how much room to take.
        "statx" if is_about("ingest.toml") => Fate::OneOrTwo("ingest.toml"),
        _ if is_about("ingest.toml") => Fate::Failed("ingest.toml"),
        _ if call.contains(".draft") || is_about(TARGET) => Fate::Failed(TARGET),
        // What it tells of ignored signals is not missed by those who ignore none.
        _ if is_about("status") => Fate::Unaffected,
        // Who may not look into a folder cannot wait for the disk to know of it either.
        _ if is_about("out") && error == "EACCES" => Fate::Unaffected,
        _ if is_about("out") => Fate::Placed(TARGET),
        _ => panic!("nobody knows what is to become of {call}"),
    }
}
