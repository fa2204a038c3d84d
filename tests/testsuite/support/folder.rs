//! A folder that goes with its test, and the command run inside it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::crawl_file::article;

/// A folder of synthetic crawl files.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{number}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// `articles` files below `in/`, and an empty folder `out/`.
    pub fn of_articles(name: &str, articles: usize) -> Folder {
        let folder = Folder::new(name);
        for number in 0..articles {
            folder.put(&format!("in/{:02}/{number:05}.md", number % 7), article(number));
        }
        fs::create_dir(folder.0.join("out")).unwrap();
        folder
    }

    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// Names in the folder `inner`, sorted, hidden ones too.
    pub fn names(&self, inner: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.join(inner)).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub fn ingest(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ingest"));
        command.args(arguments).current_dir(&self.0).env_remove("NO_COLOR");
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[track_caller]
pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

#[track_caller]
pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// The command with this on its standard input.
#[track_caller]
pub fn fed(folder: &Folder, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = folder.command(arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    thread::scope(|scope| {
        // What is refused before it is read may break the pipe.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().unwrap()
    })
}
