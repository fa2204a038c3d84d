//! A terminal of a test's own: what a run sends to it.

use std::fs::File;
use std::io::Read;
use std::process::{Output, Stdio};
use std::thread;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::folder::Folder;

/// What a run sends to a terminal as its stderr, with the terminal, a pipe or nothing as its stdout, and how it ended.
pub fn on_a_terminal(folder: &Folder, arguments: &[&str], stdout: &str) -> (String, Output) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let path = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
    let terminal = || File::options().read(true).write(true).open(&path).unwrap();
    let mut command = folder.command(&[arguments, &["--color", "never"]].concat());
    command.stderr(terminal()).stdout(match stdout {
        "terminal" => Stdio::from(terminal()),
        "pipe" => Stdio::piped(),
        _ => Stdio::null(),
    });
    let child = command.env("TERM", "xterm").spawn().unwrap();
    drop(command);
    let reader = thread::spawn(move || {
        let (mut sent, mut master) = (Vec::new(), File::from(master));
        let mut buffer = [0; 4096];
        // Where nobody holds the other end any more, this is an error.
        while let Ok(read @ 1..) = master.read(&mut buffer) {
            sent.extend_from_slice(&buffer[..read]);
        }
        String::from_utf8(sent).unwrap()
    });
    let output = child.wait_with_output().unwrap();
    (reader.join().unwrap(), output)
}
