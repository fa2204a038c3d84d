//! Tar archives of odd writers, their headers built byte by byte. What GNU tar, bsdtar or Python's `tarfile` list as a
//! member that is to be read is a record or a finding. The lists here were compared with those that they print.

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, fed, stderr, stdout};
use crate::support::pack::xz;

const POSIX: &[u8] = b"ustar\x0000";
const GNU: &[u8] = b"ustar  \0";
const V7: &[u8] = b"";
const END: &[u8] = &[0; 1024];

/// A header with these bytes at these offsets, and the sum of all.
fn header(fields: &[(usize, &[u8])]) -> Vec<u8> {
    let mut header = vec![0; 512];
    for (offset, bytes) in [(100, &b"0000644\0"[..]), (148, b"        ")].iter().chain(fields) {
        header[*offset..offset + bytes.len()].copy_from_slice(bytes);
    }
    let sum: u64 = header.iter().map(|byte| u64::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

fn size(bytes: usize) -> Vec<u8> {
    format!("{bytes:011o}\0").into_bytes()
}

/// A header that states a size, and nothing after it.
fn stating(name: &str, bytes: usize, kind: u8, magic: &[u8]) -> Vec<u8> {
    header(&[(0, name.as_bytes()), (124, &size(bytes)), (156, &[kind]), (257, magic)])
}

fn padded(content: &[u8]) -> Vec<u8> {
    let mut padded = content.to_vec();
    padded.resize(content.len().next_multiple_of(512), 0);
    padded
}

fn member_of(kind: u8, magic: &[u8], name: &str, content: impl AsRef<[u8]>) -> Vec<u8> {
    let content = content.as_ref();
    [stating(name, content.len(), kind, magic), padded(content)].concat()
}

fn file(name: &str, number: usize) -> Vec<u8> {
    member_of(b'0', POSIX, name, article(number))
}

fn record(key: &str, value: impl AsRef<[u8]>) -> Vec<u8> {
    let record = [b" ", key.as_bytes(), b"=", value.as_ref(), b"\n"].concat();
    let length = (1..).find(|length| *length == length.to_string().len() + record.len()).unwrap();
    [length.to_string().as_bytes(), &record].concat()
}

fn pax(records: &[Vec<u8>]) -> Vec<u8> {
    member_of(b'x', POSIX, "PaxHeaders/x", records.concat())
}

/// Checks the records and findings of an archive, as a file and on a pipe: paths of records, then lines of findings.
#[track_caller]
fn reads(archive: &[Vec<u8>], records: &[&str], findings: &[(&str, &str)]) {
    let archive = archive.concat();
    let folder = Folder::new(&format!("tar-{}", std::panic::Location::caller().line()));
    folder.put("x.tar", &archive);
    for (argument, output) in [
        ("x.tar", folder.ingest(&["-q", "-A", "duplicate", "--fields", "path", "x.tar"])),
        ("-", fed(&folder, &["-q", "-A", "duplicate", "--fields", "path", "-"], &archive)),
    ] {
        let expected: String =
            records.iter().map(|name| format!("{{\"path\":\"{argument}/{name}\"}}\n")).collect();
        assert_eq!(stdout(&output), expected, "{}", stderr(&output));
        let expected: String = findings
            .iter()
            .map(|(name, why)| format!("{argument}{name}:1:1: error[unreadable]: {why}\n"))
            .collect();
        assert_eq!(stderr(&output), expected);
        assert_eq!(output.status.code(), Some(if findings.is_empty() { 0 } else { 1 }));
    }
}

const LINK: &str = "a link inside an archive is not followed";

#[test]
fn a_size_of_what_has_no_content_is_none() {
    for kind in *b"123456V" {
        for bytes in [1, 512, 600, 1536, 4096, 1 << 40] {
            let odd = stating("x.log", bytes, kind, POSIX);
            reads(&[file("a.md", 1), odd, file("b.md", 2), END.into()], &["a.md", "b.md"], &[]);
        }
        let last = stating("x.log", 1536, kind, GNU);
        reads(&[file("a.md", 1), last, END.into()], &["a.md"], &[]);
    }
    let folder = stating("d.md/", 1536, 0, V7);
    reads(&[file("a.md", 1), folder, file("b.md", 2), END.into()], &["a.md", "b.md"], &[]);
    let extended = [pax(&[record("size", "1536")]), stating("x.log", 0, b'1', POSIX)].concat();
    reads(&[file("a.md", 1), extended, file("b.md", 2), END.into()], &["a.md", "b.md"], &[]);
}

#[test]
fn content_that_is_there_all_the_same_hides_no_member() {
    // POSIX allows it for a hard link in a PAX archive, and bsdtar reads it.
    let link = member_of(b'1', POSIX, "link.md", article(3));
    reads(&[file("a.md", 1), link, file("b.md", 2), END.into()], &["a.md", "b.md"], &[("/link.md", LINK)]);
    // What a slash makes a folder for GNU tar is a file for Python.
    let file_like = member_of(b'0', POSIX, "c.md/", article(3));
    reads(&[file("a.md", 1), file_like, file("b.md", 2), END.into()], &["a.md", "c.md", "b.md"], &[]);
    let listing = member_of(b'D', GNU, "d/", b"Ya.md\0\0");
    reads(&[listing, file("a.md", 1), END.into()], &["a.md"], &[]);
}

#[test]
fn an_empty_name_in_an_extension_is_none() {
    for content in [&b""[..], b"\0"] {
        let long = member_of(b'L', GNU, "././@LongLink", content);
        reads(&[file("a.md", 1), long, file("b.md", 2), END.into()], &["a.md", "b.md"], &[]);
    }
    let empty = pax(&[record("path", "")]);
    reads(&[file("a.md", 1), empty, file("b.md", 2), END.into()], &["a.md", "b.md"], &[]);
}

#[test]
fn a_pax_value_is_as_long_as_its_record_states() {
    for (key, value, name) in [
        ("SCHILY.xattr.user.note", &b"1\n2 path=x.log\n"[..], "b.md"),
        ("SCHILY.xattr.com.apple.provenance", b"\x01\x02\0\n\x12\x2b", "b.md"),
        ("path", b"two\nlines.md", "two\\nlines.md"),
        ("path", "한글/기사=1.md".as_bytes(), "한글/기사=1.md"),
        ("path", b"\xb1\xe2\xbb\xe7.md", "\\\\xB1\\\\xE2\\\\xBB\\\\xE7.md"),
        ("GNU.sparse.nothing", b"", "b.md"),
    ] {
        let records = [record("hdrcharset", "BINARY"), record(key, value), record("mtime", "1.5")];
        let odd = [pax(&records), file("b.md", 2)].concat();
        if key.starts_with("GNU.sparse") {
            let finding = [("/b.md", "a sparse file is not read")];
            reads(&[file("a.md", 1), odd, file("c.md", 3), END.into()], &["a.md", "c.md"], &finding);
        } else {
            reads(&[file("a.md", 1), odd, file("c.md", 3), END.into()], &["a.md", name, "c.md"], &[]);
        }
    }
    let zeros = [record("path", "z.md"), vec![0; 7]];
    reads(&[pax(&zeros), file("b.md", 2), END.into()], &["z.md"], &[]);
    let solaris = member_of(b'X', POSIX, "x", record("path", "long.md"));
    reads(&[solaris, file("b", 2), END.into()], &["long.md"], &[]);
    let twice = [pax(&[record("path", "z.md")]), pax(&[record("mtime", "1")])].concat();
    reads(&[twice, file("b", 2), END.into()], &["z.md"], &[]);
}

#[test]
fn records_of_a_global_header_are_those_of_every_member() {
    let comment = member_of(b'g', POSIX, "pax_global_header", record("comment", "0123"));
    reads(&[comment, file("a.md", 1), END.into()], &["a.md"], &[]);
    let path = member_of(b'g', POSIX, "pax_global_header", record("path", "g.md"));
    let local = pax(&[record("path", "c.md")]);
    let archive = [file("a.md", 1), path, file("b", 2), local, file("c", 3), END.into()];
    reads(&archive, &["a.md", "g.md", "c.md"], &[]);
    let content = article(1);
    let bytes = member_of(b'g', POSIX, "pax_global_header", record("size", content.len().to_string()));
    let archive = [bytes, stating("a.md", 0, b'0', POSIX), padded(content.as_bytes()), END.into()];
    reads(&archive, &["a.md"], &[]);
}

#[test]
fn a_malformed_extension_is_a_finding_and_the_members_after_it_are_read() {
    let malformed = "a PAX record is malformed";
    for (content, why) in [
        (&b"99 path=z.md\n"[..], malformed),
        (b"xx path=z.md\n", malformed),
        (b"12 path=z.md", malformed),
        (b"12 size=0x9\n", malformed),
        (b"15 path=z.md\0x\n", "a name holds NUL"),
        (&record("path", "x/".repeat(2049)), "a name is longer than 4,096 bytes"),
    ] {
        let why = format!("the archive is broken behind `a.md`: {why}");
        let odd = member_of(b'x', POSIX, "PaxHeaders/x", content);
        let archive = [file("a.md", 1), odd, file("b.md", 2), file("c.md", 3), END.into()];
        reads(&archive, &["a.md", "b.md", "c.md"], &[("", &why)]);
    }
    let long = member_of(b'L', GNU, "././@LongLink", [&b"l".repeat(4097)[..], b".md\0"].concat());
    let why = "the archive is broken before its first crawl file: a name is longer than 4,096 bytes";
    reads(&[long, file("l", 1), file("a.md", 2), END.into()], &["a.md"], &[("", why)]);
    let longest = [vec![b'l'; 4093], b".md\0".into()].concat();
    let long = member_of(b'L', GNU, "././@LongLink", &longest);
    let name = String::from_utf8(longest[..4096].into()).unwrap();
    reads(&[long, file("l", 1), END.into()], &[&name], &[]);
    let large = member_of(b'x', POSIX, "x", record("comment", vec![b'c'; 1 << 20]));
    let why =
        "the archive is broken before its first crawl file: a header about a member is longer than 1 MiB";
    reads(&[large, file("a.md", 2), END.into()], &["a.md"], &[("", why)]);
    let why = "the archive is broken behind `a.md`: a header about the next member is the last one";
    reads(&[file("a.md", 1), pax(&[record("path", "z.md")]), END.into()], &["a.md"], &[("", why)]);
}

#[test]
fn sizes_are_octal_or_binary_numbers_or_empty() {
    for empty in [[b' '; 12], [0; 12]] {
        let odd = header(&[(0, b"x.log"), (124, &empty), (156, b"0"), (257, POSIX)]);
        reads(&[file("a.md", 1), odd, file("b.md", 2), END.into()], &["a.md", "b.md"], &[]);
    }
    let content = article(3);
    let spaced = format!("{:>10o} \0", content.len());
    let binary = [&[0x80, 0, 0, 0][..], &(content.len() as u64).to_be_bytes()].concat();
    for field in [spaced.as_bytes(), &binary] {
        let odd = header(&[(0, b"c.md"), (124, field), (156, b"0"), (257, POSIX)]);
        let archive = [file("a.md", 1), odd, padded(content.as_bytes()), file("b.md", 2), END.into()];
        reads(&archive, &["a.md", "c.md", "b.md"], &[]);
    }
    // Readers differ: a finding.
    for field in [&[0xff; 12][..], b"0000000009 \0", b"+aaaaaaaaaa\0", b"\x0000000001000", b"-1         \0"] {
        let odd = header(&[(0, b"x.log"), (124, field), (156, b"0"), (257, POSIX)]);
        let why = "the archive is broken behind `a.md`: invalid member size";
        reads(&[file("a.md", 1), odd, file("b.md", 2), END.into()], &["a.md"], &[("", why)]);
    }
}

#[test]
fn a_header_may_state_the_sum_of_signed_bytes() {
    let signed = |magic: &[u8], name: &str, folder: &str, content: &str| {
        let fields = [name.as_bytes(), &size(content.len()), b"0", magic, folder.as_bytes()];
        let mut header = header(&[0, 124, 156, 257, 345].into_iter().zip(fields).collect::<Vec<_>>());
        header[148..156].fill(b' ');
        let sum: i64 = header.iter().map(|byte| i64::from(byte.cast_signed())).sum();
        header[148..156].copy_from_slice(format!("{:06o}\0 ", sum & 0o777_777).as_bytes());
        [header, padded(content.as_bytes())].concat()
    };
    let korean = signed(POSIX, "기사.md", "", &article(1));
    reads(&[file("a.md", 2), korean, END.into()], &["a.md", "기사.md"], &[]);
    let old = signed(V7, "기사.md", "", &article(1));
    reads(&[old, member_of(0, V7, "b.md", article(2)), END.into()], &["기사.md", "b.md"], &[]);
    // So many high bytes that the sum is negative.
    let (name, folder) = (format!("{}.md", "가".repeat(32)), "가".repeat(51));
    let negative = signed(POSIX, &name, &folder, &article(1));
    reads(&[file("a.md", 2), negative, END.into()], &["a.md", &format!("{folder}/{name}")], &[]);
}

#[test]
fn members_of_unusual_kinds_are_read_or_named() {
    for kind in [b'7', b'Q', b'A', 0] {
        reads(
            &[member_of(kind, POSIX, "a.md", article(1)), file("b.md", 2), END.into()],
            &["a.md", "b.md"],
            &[],
        );
    }
    let label = stating("backup 2024", 0, b'V', GNU);
    reads(&[label, file("a.md", 1), END.into()], &["a.md"], &[]);
    let blank = header(&[(0, b"backup"), (156, b"V"), (257, GNU)]);
    reads(&[blank, file("a.md", 1), END.into()], &["a.md"], &[]);
    let label = header(&[(0, b"x.md"), (156, b"V"), (257, GNU)]);
    let why = "a volume label is not a file";
    reads(&[label, file("a.md", 1), END.into()], &["a.md"], &[("/x.md", why)]);
    let rest = member_of(b'M', GNU, "c.md", article(3));
    let why = "the rest of a file from another volume is not read";
    reads(&[rest, file("a.md", 1), END.into()], &["a.md"], &[("/c.md", why)]);
    let names = member_of(b'N', GNU, "././@MaNgLeD", b"Rename x to a.md\n\0");
    let why = "the archive is broken before its first crawl file: a list of names of GNU tar before 1990 is not read";
    reads(&[names, file("x", 1), file("b.md", 2), END.into()], &["b.md"], &[("", why)]);
    let nameless = "the archive is broken before its first crawl file: a member has no name";
    reads(&[file("", 1), file("b.md", 2), END.into()], &["b.md"], &[("", nameless)]);
    let version = header(&[(0, b"b.md"), (124, &size(0)), (156, b"2"), (257, b"ustar\0\0\0"), (345, b".d")]);
    reads(&[version, file("a.md", 1), END.into()], &["a.md"], &[]);
    let star = [(345, &b"folder"[..]), (476, b"00000000000 "), (508, b"tar\0")];
    let content = article(1);
    let fields = [(0, &b"a.md"[..]), (124, &size(content.len())), (156, b"0"), (257, POSIX)];
    let star = header(&[&fields[..], &star].concat());
    reads(&[star, padded(content.as_bytes()), END.into()], &["folder/a.md"], &[]);
}

#[test]
fn a_sparse_file_is_named_by_its_own_name() {
    let why = "a sparse file is not read";
    let sparse = pax(&[
        record("GNU.sparse.major", "1"),
        record("GNU.sparse.minor", "0"),
        record("GNU.sparse.name", "d/s.md"),
        record("GNU.sparse.realsize", "10"),
        record("path", "d/GNUSparseFile.1/s"),
    ]);
    let content = [padded(b"1\n0\n10\n"), b"0123456789".into()].concat();
    let archive = [sparse, member_of(b'0', POSIX, "x", content), file("a.md", 1), END.into()];
    reads(&archive, &["a.md"], &[("/d/s.md", why)]);
    let solaris = pax(&[record("SUN.holesdata", " 0 10 20")]);
    reads(&[solaris, file("s.md", 2), file("a.md", 1), END.into()], &["a.md"], &[("/s.md", why)]);
    // Of the old form, with two more blocks for the map.
    let old = header(&[(0, b"s.md"), (124, &size(600)), (156, b"S"), (257, GNU), (482, b"\x01")]);
    let mut map = vec![b'0'; 1024];
    map[504] = 1;
    map[1016] = 0;
    let archive = [old, map, vec![b'x'; 1024], file("a.md", 1), END.into()];
    reads(&archive, &["a.md"], &[("/s.md", why)]);
}

#[test]
fn whatever_follows_the_end_is_a_finding_but_zeros() {
    let archive = [file("a.md", 1), END.into()].concat();
    for zeros in [0, 1, 511, 512, 9000, 17 << 20] {
        reads(&[archive.clone(), vec![0; zeros]], &["a.md"], &[]);
    }
    reads(&[file("a.md", 1), vec![0; 512]], &["a.md"], &[]);
    let why = "the archive is broken behind `a.md`: more stands behind its end";
    for zeros in [0, 512, 700, 17 << 20] {
        for more in [file("b.md", 2), b"x".into()] {
            reads(&[archive.clone(), vec![0; zeros], more], &["a.md"], &[("", why)]);
        }
    }
    let why = "the archive is broken behind `a.md`: it ends too early";
    reads(&[file("a.md", 1)], &["a.md"], &[("", why)]);
    reads(&[file("a.md", 1), vec![0; 511]], &["a.md"], &[("", why)]);
}

#[test]
fn an_index_of_pixz_is_no_damage() {
    let magic = [0xa6, 0x4c, 0x32, 0x2e, 0xd6, 0x14, 0xae, 0xdb];
    let entry = |name: &str, offset: u64| [name.as_bytes(), b"\0", &offset.to_le_bytes()].concat();
    let archive = [file("a.md", 1), vec![0; 10240]].concat();
    let index = [magic.into(), entry("a.md", 0), entry("", 10240)].concat();
    reads(&[archive.clone(), index.clone()], &["a.md"], &[]);
    let folder = Folder::new("tar-pixz");
    folder.put("x.tpxz", [xz(&archive), xz(&index)].concat());
    let output = folder.ingest(&["-q", "--fields", "path", "x.tpxz"]);
    assert_eq!((stdout(&output), stderr(&output)), ("{\"path\":\"x.tpxz/a.md\"}\n", ""));
    let more = "the archive is broken behind `a.md`: more stands behind its end";
    let early = "the archive is broken behind `a.md`: it ends too early";
    for (index, why) in [
        (&index[..index.len() - 1], early),
        (&index[..10], more),
        (&[&index[..], b"x"].concat(), more),
        (&[&magic[..], &file("b.md", 2)].concat(), more),
        (&[&magic[..], &[b'x'; 5000]].concat(), more),
    ] {
        reads(&[archive.clone(), index.into()], &["a.md"], &[("", why)]);
    }
}

#[test]
fn a_damaged_header_loses_its_member_alone() {
    let why = "the archive is broken behind `a.md`: a header has another checksum than it states";
    let mut damaged = file("b.md", 2);
    damaged[0] ^= 1;
    let archive = [file("a.md", 1), damaged.clone(), file("c.md", 3), END.into()];
    reads(&archive, &["a.md", "c.md"], &[("", why)]);
    // A name before it was its own.
    let renamed = [pax(&[record("path", "z.md")]), damaged.clone()].concat();
    reads(&[file("a.md", 1), renamed, file("c.md", 3), END.into()], &["a.md", "c.md"], &[("", why)]);
    reads(&[file("a.md", 1), damaged.clone(), END.into()], &["a.md"], &[("", why)]);
    reads(&[file("a.md", 1), damaged], &["a.md"], &[("", why)]);
}

#[test]
fn a_damaged_header_is_reported_by_one_part_of_the_files() {
    let mut damaged = file("b.md", 2);
    damaged[0] ^= 1;
    let members = (3..20).map(|number| file(&format!("{number}.md"), number));
    let archive: Vec<_> = [file("a.md", 1), damaged].into_iter().chain(members).chain([END.into()]).collect();
    let folder = Folder::new("tar-parts");
    folder.put("x.tar", archive.concat());
    let parts =
        ["1/3", "2/3", "3/3"].map(|part| folder.ingest(&["-q", "--exit-zero", "--shard", part, "x.tar"]));
    assert_eq!(parts.iter().map(|part| stdout(part).lines().count()).sum::<usize>(), 18);
    assert_eq!(parts.iter().map(|part| stderr(part).lines().count()).sum::<usize>(), 1);
}

/// Names of 1 MiB each took a gigabyte.
#[test]
fn long_names_take_no_memory() {
    let long = member_of(b'L', GNU, "././@LongLink", [&vec![b'l'; (1 << 20) - 10][..], b".md\0"].concat());
    let archive = [long, file("l", 1)].concat().repeat(20);
    let folder = Folder::new("tar-long-names");
    folder.put("x.tar", [&archive[..], END].concat());
    let output = folder.ingest(&["-q", "x.tar"]);
    assert_eq!(stderr(&output).matches("a name is longer than 4,096 bytes").count(), 20);
    assert!(stderr(&output).len() < 4096);
}
