//! Servers on this machine: moto, which speaks S3, and one that stands before it and does harm.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::{fs, thread};

use super::folder::Folder;

/// An S3 server with one bucket, `news`.
pub struct S3 {
    pub port: u16,
    /// Once nobody holds its standard input any more, it ends.
    server: Child,
}

impl S3 {
    pub fn new() -> S3 {
        let mut server = Command::new(super::venv::python())
            .arg("tests/python/object_stores/serve.py")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Python runs");
        let mut port = String::new();
        BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut port).unwrap();
        let port = port.trim().parse().expect("moto is installed");
        assert_eq!(ask(port, "PUT", "/news", b"").0, 200);
        S3 { port, server }
    }

    pub fn put(&self, key: &str, content: impl AsRef<[u8]>) -> &Self {
        assert_eq!(
            ask(self.port, "PUT", &format!("/news/{}", encoded(key)), content.as_ref()).0,
            200,
            "{key}"
        );
        self
    }

    /// Every file below `name`, its key beginning with the folder's own name.
    pub fn put_folder(&self, folder: &Folder, name: &str) {
        let mut folders = vec![folder.0.join(name)];
        while let Some(inner) = folders.pop() {
            for entry in inner.read_dir().unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let key = path.strip_prefix(folder.0.parent().unwrap()).unwrap().to_str().unwrap();
                self.put(key, fs::read(&path).unwrap());
            }
        }
    }

    /// The object at `key`; none if there is none.
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        match ask(self.port, "GET", &format!("/news/{}", encoded(key)), b"") {
            (200, content) => Some(content),
            (404, _) => None,
            (status, _) => panic!("{key}: {status}"),
        }
    }

    /// How many uploads to `key` are neither complete nor given up.
    pub fn uploads(&self, key: &str) -> usize {
        let (status, list) = ask(self.port, "GET", "/news?uploads", b"");
        assert_eq!(status, 200);
        String::from_utf8(list).unwrap().matches(&format!("<Key>{key}</Key>")).count()
    }
}

/// `command`, with nothing of this machine's own about object stores in its environment, speaking with the server there.
pub fn at_port(mut command: Command, port: u16) -> Command {
    let is_about_stores =
        |name: &str| ["AWS_", "GOOGLE_", "AZURE_"].iter().any(|start| name.starts_with(start));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_about_stores)) {
        command.env_remove(name);
    }
    command
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "SECRET")
        .env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}"))
        .env("AWS_ALLOW_HTTP", "true");
    command
}

/// The status and the body of the answer.
pub fn ask(port: u16, method: &str, target: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let length = body.len();
    // What nobody signed, nobody may read; the signature is not looked at.
    let known = "Host: 127.0.0.1\r\nAuthorization: AWS test:test";
    let head = format!("{method} {target} HTTP/1.0\r\n{known}\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
    let status = std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap();
    (status, answer.split_off(end + 4))
}

fn encoded(key: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    let one = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    key.bytes().map(one).collect()
}

/// What becomes of a request.
pub enum Fate {
    /// It reaches the server.
    Passed,
    /// The server that stands before answers with this status.
    Answered(&'static str),
    /// It reaches the server, but no more than so many bytes of the answer come back.
    Cut(usize),
}

/// A server before another one, which asks `fate` about each request: its number from 0, and its first line. Its port.
pub fn before(port: u16, fate: impl Fn(usize, &str) -> Fate + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap().port();
    let fate = Arc::new(fate);
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let (stream, fate) = (stream.unwrap(), Arc::clone(&fate));
            // A client that leaves is its own affair.
            thread::spawn(move || pass(stream, port, |line| fate(number, line)).unwrap_or_default());
        }
    });
    own
}

fn pass(mut client: TcpStream, port: u16, fate: impl Fn(&str) -> Fate) -> std::io::Result<()> {
    let (head, body) = request(&client)?;
    let first_line = head.lines().next().unwrap_or_default();
    match fate(first_line) {
        Fate::Answered(status) => {
            let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            client.write_all(answer.as_bytes())?;
        }
        fate => {
            let mut server = TcpStream::connect(("127.0.0.1", port))?;
            let is_signed = head.to_ascii_lowercase().contains("\r\nauthorization:");
            let known = if is_signed { "" } else { "Authorization: AWS test:test\r\n" };
            let head = head.replacen("\r\n", &format!("\r\nConnection: close\r\n{known}"), 1);
            server.write_all(&[head.as_bytes(), &body].concat())?;
            let most = if let Fate::Cut(most) = fate { most } else { usize::MAX };
            std::io::copy(&mut server.take(most as u64), &mut client)?;
        }
    }
    client.shutdown(Shutdown::Both)
}

/// The head and the body of a request.
pub fn request(client: &TcpStream) -> std::io::Result<(String, Vec<u8>)> {
    let mut from = BufReader::new(client);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && from.read_line(&mut head)? > 0 {}
    let length = head.to_ascii_lowercase();
    let length = length.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    from.read_exact(&mut body)?;
    Ok((head, body))
}
