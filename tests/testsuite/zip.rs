//! Zip archives that are not as they should be: as a file and on a pipe, nothing in them is lost in silence.

use std::process::Output;

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, fed, stderr, stdout};

/// The CRC-32 of zip archives, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// A stored member, as its own header and the directory state it.
#[derive(Clone)]
struct Member {
    local_name: Vec<u8>,
    name: Vec<u8>,
    extra: Vec<u8>,
    content: Vec<u8>,
    host: u8,
    flags: u16,
    method: u16,
    attributes: u32,
    disk: u16,
    /// Checksum and sizes in its own header, and in the directory.
    local: [u32; 3],
    central: [u32; 3],
    /// What stands between it and the next one.
    tail: Vec<u8>,
}

fn member(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Member {
    let (name, content) = (name.as_ref().to_vec(), content.as_ref().to_vec());
    let states = [crc32(&content), content.len() as u32, content.len() as u32];
    Member {
        local_name: name.clone(),
        name,
        extra: Vec::new(),
        content,
        host: 3,
        flags: 0,
        method: 0,
        attributes: 0,
        disk: 0,
        local: states,
        central: states,
        tail: Vec::new(),
    }
}

impl Member {
    fn with(mut self, change: impl FnOnce(&mut Member)) -> Self {
        change(&mut self);
        self
    }

    fn local(&self) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04\x14\0".to_vec();
        for word in [self.flags, self.method, 0, 0x21] {
            bytes.extend(word.to_le_bytes());
        }
        self.local.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes.extend((self.local_name.len() as u16).to_le_bytes());
        bytes.extend((self.extra.len() as u16).to_le_bytes());
        [&bytes[..], &self.local_name, &self.extra, &self.content, &self.tail].concat()
    }

    fn central(&self, offset: u32) -> Vec<u8> {
        let mut bytes = vec![b'P', b'K', 1, 2, 20, self.host, 20, 0];
        for word in [self.flags, self.method, 0, 0x21] {
            bytes.extend(word.to_le_bytes());
        }
        self.central.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        for word in [self.name.len() as u16, self.extra.len() as u16, 0, self.disk, 0] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend(self.attributes.to_le_bytes());
        bytes.extend(offset.to_le_bytes());
        [&bytes[..], &self.name, &self.extra].concat()
    }
}

fn end(count: usize, directory: usize, offset: usize, comment: &[u8]) -> Vec<u8> {
    let mut bytes = b"PK\x05\x06\0\0\0\0".to_vec();
    for _ in 0..2 {
        bytes.extend((count as u16).to_le_bytes());
    }
    bytes.extend((directory as u32).to_le_bytes());
    bytes.extend((offset as u32).to_le_bytes());
    bytes.extend((comment.len() as u16).to_le_bytes());
    [&bytes[..], comment].concat()
}

/// The members, then their directory and its end.
fn zip(members: &[Member]) -> Vec<u8> {
    zip_after(b"", members, members.len(), b"")
}

fn zip_after(before: &[u8], members: &[Member], count: usize, comment: &[u8]) -> Vec<u8> {
    let (mut bytes, mut directory) = (before.to_vec(), Vec::new());
    for member in members {
        directory.extend(member.central(bytes.len() as u32));
        bytes.extend(member.local());
    }
    let end = end(count, directory.len(), bytes.len(), comment);
    [bytes, directory, end].concat()
}

fn three() -> Vec<Member> {
    (1..4).map(|number| member(format!("{number}.md"), article(number))).collect()
}

/// The paths of the records and the findings, both below the archive, as a file and on a pipe.
#[track_caller]
fn read(folder: &Folder, bytes: &[u8]) -> [(Vec<String>, Vec<String>); 2] {
    folder.put("x.zip", bytes);
    let options = ["-q", "-A", "duplicate"];
    let told = |output: Output, archive: &str| {
        let findings: Vec<String> = stderr(&output).lines().map(|line| below(line, archive)).collect();
        let record = |record: &str| {
            let record: serde_json::Value = serde_json::from_str(record).unwrap();
            below(record["path"].as_str().unwrap(), archive)
        };
        let records: Vec<String> = stdout(&output).lines().map(record).collect();
        let is_sound = findings.is_empty() && !records.is_empty();
        assert_eq!(output.status.code(), Some(if is_sound { 0 } else { 1 }), "{findings:?}");
        (records, findings)
    };
    [
        told(folder.ingest(&[&options[..], &["x.zip"]].concat()), "x.zip"),
        told(fed(folder, &[&options[..], &["-"]].concat(), bytes), "-"),
    ]
}

/// `x.zip/a.md:1:1: error[unreadable]: why` becomes `a.md: why`.
fn below(line: &str, archive: &str) -> String {
    let line = line.strip_prefix(archive).unwrap_or(line).trim_start_matches('/');
    line.replacen(":1:1: error[unreadable]", "", 1)
}

/// Holds records and beginnings of findings against those of the file and of the pipe, which are the same.
#[track_caller]
fn both(case: &str, bytes: &[u8], records: &[&str], findings: &[&str]) {
    each(case, bytes, [(records, findings), (records, findings)]);
}

type Expected<'e> = (&'e [&'e str], &'e [&'e str]);

#[track_caller]
fn each(case: &str, bytes: &[u8], expected: [Expected<'_>; 2]) {
    let folder = Folder::new("zip");
    for ((way, found), (records, findings)) in
        ["as a file", "on a pipe"].into_iter().zip(read(&folder, bytes)).zip(expected)
    {
        assert_eq!(found.0, records, "{case}, {way}: {:?}", found.1);
        assert_eq!(found.1.len(), findings.len(), "{case}, {way}: {:?}", found.1);
        for (found, expected) in found.1.iter().zip(findings) {
            assert!(found.starts_with(expected), "{case}, {way}: {found}");
        }
    }
}

const ALL: &[&str] = &["1.md", "2.md", "3.md"];
const BROKEN: &str = ": the archive is broken ";

#[test]
fn a_directory_is_read_to_its_end_however_many_members_its_count_has_room_for() {
    let photos = (0..1 << 16).map(|number| member(format!("{number:05}.jpg"), b""));
    let members: Vec<Member> = photos.chain(three()).collect();
    both("the count wraps", &zip(&members), ALL, &[]);
    both("too few", &zip_after(b"", &three(), 2, b""), ALL, &[BROKEN]);
    both("too many", &zip_after(b"", &three(), 4, b""), ALL, &[BROKEN]);
    both("a comment", &zip_after(b"", &three(), 3, b"and so on"), ALL, &[]);
    both("an end in the comment", &zip_after(b"", &three(), 3, b"PK\x05\x06"), ALL, &[BROKEN]);
    both("nothing", &zip(&[]), &[], &["ingest: nothing to read"]);
}

#[test]
fn members_of_one_name_are_as_many() {
    let members: Vec<Member> = (1..4).map(|number| member("a.md", article(number))).collect();
    both("one name", &zip(&members), &["a.md"; 3], &[]);
}

#[test]
fn what_no_directory_names_is_a_finding() {
    let (first, second) = (zip(&three()), zip(&[member("4.md", article(4))]));
    both("two archives", &[&first[..], &second].concat(), ALL, &[BROKEN]);
    both("bytes after the end", &[&first[..], b"junk"].concat(), ALL, &[BROKEN]);
    both("zeros after the end", &[&first[..], &[0; 5000]].concat(), ALL, &[]);
    both("cut in its end record", &first[..first.len() - 4], ALL, &[BROKEN]);
    both("cut in its directory", &first[..first.len() - 60], ALL, &[BROKEN]);
    let hidden = member("4.md", article(4));
    each(
        "before the first",
        &zip_after(&hidden.local(), &three(), 3, b""),
        [
            (ALL, &["4.md: the archive's directory does not name it"]),
            (&["4.md", "1.md", "2.md", "3.md"], &[BROKEN]),
        ],
    );
    let mut between = three();
    between[1].tail = hidden.local();
    each(
        "between two",
        &zip(&between),
        [
            (ALL, &["4.md: the archive's directory does not name it"]),
            (&["1.md", "2.md", "4.md", "3.md"], &[BROKEN]),
        ],
    );
    between[1].tail = b"junk".to_vec();
    each("bytes between two", &zip(&between), [(ALL, &[BROKEN]), (&["1.md", "2.md"], &[BROKEN])]);
    between[1].tail = vec![0; 5];
    both("zeros between two", &zip(&between), ALL, &[]);
    let fake = zip_after(b"", &three(), 3, &second);
    both("an archive in the comment", &fake, ALL, &[BROKEN]);
}

#[test]
fn a_directory_and_its_members_say_the_same_or_it_is_a_finding() {
    let name = "b.md: its own header has another name";
    let renamed = |local: &str, name: &str| {
        vec![
            member(name, article(1)).with(|member| member.local_name = local.into()),
            member("2.md", article(2)),
        ]
    };
    each("a name", &zip(&renamed("a.md", "b.md")), [(&["2.md"], &[name]), (&["a.md", "2.md"], &[name])]);
    each("a photo's name", &zip(&renamed("a.jpg", "b.md")), [(&["2.md"], &[name]), (&["2.md"], &[name])]);
    let sizes =
        |change: fn(&mut Member)| zip(&[member("1.md", article(1)).with(change), member("2.md", article(2))]);
    let differs = "1.md: its own header has another";
    each(
        "another checksum",
        &sizes(|member| member.central[0] ^= 1),
        [(&["2.md"], &[differs]), (&["1.md", "2.md"], &[differs])],
    );
    let checksum = "1.md: its content has another checksum than is stated";
    both(
        "the wrong checksum",
        &sizes(|member| (member.central[0], member.local[0]) = (7, 7)),
        &["2.md"],
        &[checksum],
    );
    let moved = |offsets: [u32; 2]| {
        let [one, two] = [member("1.md", article(1)), member("2.md", article(2))];
        let bytes = [one.local(), two.local()].concat();
        let directory = [one.central(offsets[0]), two.central(offsets[1])].concat();
        [&bytes[..], &directory, &end(2, directory.len(), bytes.len(), b"")].concat()
    };
    let second = member("1.md", article(1)).local().len() as u32;
    both("in order", &moved([0, second]), &["1.md", "2.md"], &[]);
    let [file, pipe] = read(&Folder::new("zip-moved"), &moved([0, 0]));
    assert_eq!(file.1.len(), 2, "{file:?}");
    assert!(file.1[0].starts_with("2.md: it shares bytes with another member"), "{file:?}");
    assert!(pipe.1[0].starts_with("2.md: it shares bytes with another member"), "{pipe:?}");
    let [file, _] = read(&Folder::new("zip-moved"), &moved([0, second + 1]));
    assert!(file.1[0].starts_with("2.md: it is not where the directory says"), "{file:?}");
}

#[test]
fn what_cannot_be_read_is_named_and_spoils_no_other() {
    let among =
        |change: fn(&mut Member)| zip(&[member("1.md", article(1)).with(change), member("2.md", article(2))]);
    for (change, why) in [
        ((|member| member.flags = 1) as fn(&mut Member), "1.md: it is encrypted"),
        (|member| member.method = 9, "1.md: it is compressed by `deflate64`, which is not read"),
        (|member| member.method = 77, "1.md: it is compressed by method 77, which is not read"),
    ] {
        both(why, &among(change), &["2.md"], &[why]);
    }
    let link = among(|member| member.attributes = 0o120_777 << 16);
    let why = "1.md: a link inside an archive is not followed";
    each("a link", &link, [(&["2.md"], &[why]), (&["1.md", "2.md"], &[why])]);
    let part = "1.md: it is in another part of a split archive";
    let [file, _] = read(&Folder::new("zip-part"), &among(|member| member.disk = 1));
    assert!(file.1[0].starts_with(part), "{file:?}");
    let folder = among(|member| (member.name, member.local_name) = (b"1.md/".to_vec(), b"1.md/".to_vec()));
    both(
        "a folder with content",
        &folder,
        &["2.md"],
        &["1.md/: it is called as a folder is, and has content"],
    );
    let long = ["a".repeat(5000).as_str(), ".md"].concat();
    both(
        "a long name",
        &zip(&[member(&long, article(1)), member("2.md", article(2))]),
        &["2.md"],
        &[&"a".repeat(4096)],
    );
}

#[test]
fn sizes_that_follow_the_content() {
    let streamed = |signature: &[u8], is_wide: bool, content: Vec<u8>, method: u16, size: usize, crc: u32| {
        let packed = content.len();
        let mut tail = [signature, &crc.to_le_bytes()].concat();
        for number in [packed, size] {
            tail.extend(&(number as u64).to_le_bytes()[..if is_wide { 8 } else { 4 }]);
        }
        let first = member("1.md", &content).with(|member| {
            (member.flags, member.method, member.local) = (8, method, [0; 3]);
            member.central = [crc, packed as u32, size as u32];
            member.tail = tail;
        });
        zip(&[first, member("2.md", article(2))])
    };
    let text = article(1).into_bytes();
    // Deflate's stored blocks, as the format describes them.
    let length = text.len() as u16;
    let deflated = [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), &text].concat();
    for signature in [&b"PK\x07\x08"[..], b""] {
        for is_wide in [false, true] {
            let bytes = streamed(signature, is_wide, deflated.clone(), 8, text.len(), crc32(&text));
            both("deflated", &bytes, &["1.md", "2.md"], &[]);
        }
    }
    let lies = streamed(b"PK\x07\x08", false, deflated, 8, text.len(), 5);
    let [file, pipe] = read(&Folder::new("zip-lies"), &lies);
    assert_eq!((&file.0, &pipe.0), (&vec!["2.md".to_owned()], &vec!["2.md".to_owned()]), "{file:?} {pipe:?}");
    assert!(file.1[0].starts_with("1.md: its content has another"), "{file:?}");
    assert!(pipe.1[0].starts_with("1.md: its content has another"), "{pipe:?}");
    let stored = streamed(b"PK\x07\x08", false, text.clone(), 0, text.len(), crc32(&text));
    let why = "its size is not known before its end; read the archive as a file";
    let [file, pipe] = read(&Folder::new("zip-stored"), &stored);
    assert_eq!(file, (vec!["1.md".to_owned(), "2.md".to_owned()], Vec::new()));
    assert_eq!(pipe.1[0], format!("1.md: {why}"));
    assert!(pipe.1[1].starts_with(BROKEN) && pipe.1.len() == 2, "{pipe:?}");
}

#[test]
fn names_are_those_of_the_systems_that_made_them() {
    let named = |name: &[u8]| member(name, article(1));
    let fat = |name: &[u8]| zip(&[named(name).with(|member| member.host = 0), member("2.md", article(2))]);
    both("a folder of Windows", &fat(br"x\1.md"), &["x/1.md", "2.md"], &[]);
    both("a hidden folder of Windows", &fat(br".x\1.md"), &["2.md"], &[]);
    each("a backslash of Unix", &zip(&[named(br"x\1.md")]), [(&[r"x\1.md"], &[]), (&["x/1.md"], &[])]);
    let hidden = zip(&[named(br"x\.1.md"), member("2.md", article(2))]);
    each("a backslash that hides", &hidden, [(&[r"x\.1.md", "2.md"], &[]), (&["2.md"], &["x/.1.md: "])]);
    // 한글 in CP949.
    both("Korean Windows", &zip(&[named(b"\xc7\xd1\xb1\xdb.md")]), &["한글.md"], &[]);
    let field = [&[1][..], &crc32(b"x").to_le_bytes(), "한글.md".as_bytes()].concat();
    let extra = [b"up", &(field.len() as u16).to_le_bytes()[..], &field].concat();
    both("a Unicode path", &zip(&[named(b"x").with(|member| member.extra = extra)]), &["한글.md"], &[]);
    let mac = [member("__MACOSX/1.md", "x"), member("__MACOSX/._2.md", "x"), member("2.md", article(2))];
    both("macOS", &zip(&mac), &["2.md"], &[]);
    both("a NUL", &zip(&[named(b"1.md\0.jpg")]), &["1.md"], &[]);
}

/// Numbers of 64 bits, also where those of 32 bits would do, and a mark of splitting before the first member.
#[test]
fn wide_numbers_and_marks_are_structure() {
    let marked = |mark: &[u8]| zip_after(mark, &three(), 3, b"");
    both("a split archive of one part", &marked(b"PK\x07\x08"), ALL, &[]);
    both("an archive that was not split", &marked(b"PK00"), ALL, &[]);
    let member = member("1.md", article(1));
    let (local, central) = (member.local(), member.central(0));
    let mut wide = b"PK\x06\x06".to_vec();
    wide.extend(44_u64.to_le_bytes());
    wide.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [1, 1, central.len() as u64, local.len() as u64] {
        wide.extend(number.to_le_bytes());
    }
    let mut locator = b"PK\x06\x07\0\0\0\0".to_vec();
    locator.extend(((local.len() + central.len()) as u64).to_le_bytes());
    locator.extend(1_u32.to_le_bytes());
    let narrow = end(0xffff, 0xffff_ffff, 0xffff_ffff, b"");
    both("64-bit numbers", &[local, central, wide, locator, narrow].concat(), &["1.md"], &[]);
}
