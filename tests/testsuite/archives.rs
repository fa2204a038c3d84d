//! Archives and compressed files: the same records as from a folder, and what is wrong with them.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::process::Output;
use std::thread;

use tar::{Builder, EntryType, Header};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, fed, stderr, stdout};
use crate::support::pack::{Files, bzip2, files, gzip, header, tar, xz, zip, zstd};

/// The records with the paths that they name cut off.
#[track_caller]
fn without_paths(output: &Output, before: &str) -> Vec<String> {
    let pathless = |record: &str| {
        let (record, path) = record.rsplit_once(",\"path\":\"").expect("the path comes last");
        let name = path.strip_prefix(before).unwrap_or_else(|| panic!("{path}"));
        format!("{record} {name}")
    };
    stdout(output).lines().map(pathless).collect()
}

#[test]
fn an_archive_gives_the_records_of_its_folder_in_every_form() {
    let folder = Folder::new("archives-same");
    let files = files();
    for (name, content) in &files {
        folder.put(&format!("in/{name}"), content);
    }
    let expected = folder.ingest(&["-q", "in"]);
    assert_eq!(stderr(&expected), "");
    let expected = without_paths(&expected, "in/");
    assert_eq!(expected.len(), 204);
    let listed = |end: &str| -> String {
        let read = files.iter().filter(|(name, _)| !name.contains("/.") && !name.starts_with('.'));
        read.filter(|(name, _)| !name.ends_with("html")).map(|(name, _)| format!("in/{name}{end}")).collect()
    };
    let lines = fed(&folder, &["-q", "--files-from", "-"], listed("\n").as_bytes());
    assert!(without_paths(&lines, "in/") == expected, "a list of files");
    let ended = fed(&folder, &["-q", "--files-from", "-", "-0"], listed("\0").as_bytes());
    assert!(without_paths(&ended, "in/") == expected, "a list of files ended by NUL");
    let tar = tar(&files);
    let pieces = |packed: fn(&[u8]) -> Vec<u8>| [packed(&tar[..5000]), packed(&tar[5000..])].concat();
    let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 0][..], &zstd(&tar)].concat();
    let forms = [
        ("dump.tar", tar.clone()),
        ("dump.tar.gz", gzip(&tar)),
        ("dump.tar.xz", xz(&tar)),
        ("dump.tar.bz2", bzip2(&tar)),
        ("pieces.tgz", pieces(gzip)),
        ("pieces.txz", pieces(xz)),
        ("pieces.tbz2", pieces(bzip2)),
        ("dump.tar.zst", zstd(&tar)),
        ("skippable.tar.zst", skippable),
        ("dump.zip", zip(&files)),
        // The name does not matter.
        ("dump.md", zstd(&tar)),
        ("dump", zip(&files)),
    ];
    for (name, bytes) in &forms {
        folder.put(name, bytes);
        for threads in ["1", "3"] {
            let output = folder.ingest(&["-q", "-j", threads, name]);
            assert_eq!(stderr(&output), "", "{name}");
            assert!(without_paths(&output, &format!("{name}/")) == expected, "{name}");
            assert_eq!(output.status.code(), Some(0));
        }
        let output = fed(&folder, &["-q", "-"], bytes);
        assert_eq!(stderr(&output), "", "{name} on stdin");
        assert!(without_paths(&output, "-/") == expected, "{name} on stdin");
        folder.put("list", name);
        let output = folder.ingest(&["-q", "--files-from", "list"]);
        assert!(without_paths(&output, &format!("{name}/")) == expected, "{name} in a list");
    }
    fs::create_dir(folder.0.join("folder")).unwrap();
    for (name, bytes) in forms.iter().filter(|(name, _)| *name != "dump.md") {
        folder.put(&format!("folder/{name}"), bytes);
        let output = folder.ingest(&["-q", "folder"]);
        assert!(without_paths(&output, &format!("folder/{name}/")) == expected, "{name} in a folder");
        fs::remove_file(folder.0.join("folder").join(name)).unwrap();
    }
}

/// The paths of the records, in order; all files were accepted.
#[track_caller]
fn read(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let output = folder.ingest(&[&["-q", "-A", "duplicate"], arguments].concat());
    assert_eq!(stderr(&output), "", "{arguments:?}");
    let path = |record: &str| {
        let record: serde_json::Value = serde_json::from_str(record).expect("a record is JSON");
        record["path"].as_str().unwrap().to_owned()
    };
    stdout(&output).lines().map(path).collect()
}

fn small() -> Files {
    ["a.md", "2018/b.md", "2018/c.news", "x.md/d.md"]
        .iter()
        .enumerate()
        .map(|(number, name)| (name.to_string(), article(number)))
        .collect()
}

#[test]
fn globs_hold_for_members_as_they_do_for_files() {
    let folder = Folder::new("archives-globs");
    folder.put("dump.tar", tar(&small())).put("in/sub/dump.zip", zip(&small()));
    for (arguments, expected) in [
        (&["dump.tar"][..], &["dump.tar/a.md", "dump.tar/2018/b.md", "dump.tar/x.md/d.md"][..]),
        (&["--exclude", "2018", "dump.tar"], &["dump.tar/a.md", "dump.tar/x.md/d.md"]),
        (&["--exclude", "x.md", "dump.tar"], &["dump.tar/a.md", "dump.tar/2018/b.md"]),
        (&["--include", "2018/*", "dump.tar"], &["dump.tar/2018/b.md", "dump.tar/2018/c.news"]),
        (&["--include", "*.news", "in"], &["in/sub/dump.zip/2018/c.news"]),
        (&["--include", "sub/dump.zip/*.md", "in"], &["in/sub/dump.zip/a.md"]),
        (
            &["--exclude", "dump.zip", "in", "dump.tar", "--exclude", "?018", "--exclude", "x.*"],
            &["dump.tar/a.md"],
        ),
        (&["--no-archives", "in", "dump.tar", "--include", "a.md"], &["dump.tar/a.md"]),
        (&["--no-archives", "--archives", "in", "--include", "a.md"], &["in/sub/dump.zip/a.md"]),
    ] {
        assert_eq!(read(&folder, arguments), expected, "{arguments:?}");
    }
}

#[test]
fn the_parts_of_an_archive_are_those_of_its_folder() {
    let folder = Folder::new("archive-shards");
    let files = files();
    for (name, content) in &files {
        folder.put(&format!("dump/{name}"), content);
    }
    folder.put("dump.tar", tar(&files)).put("dump.zip", zip(&files));
    let below = |arguments: &[&str], before: &str| -> BTreeSet<String> {
        read(&folder, arguments).iter().map(|path| path.strip_prefix(before).unwrap().to_owned()).collect()
    };
    let mut all = BTreeSet::new();
    for part in ["1/3", "2/3", "3/3"] {
        let expected = below(&["--shard", part, "dump"], "dump/");
        assert!(expected.len() > 2 && expected.is_disjoint(&all), "{part}");
        assert_eq!(below(&["--shard", part, "dump.tar"], "dump.tar/"), expected);
        assert_eq!(below(&["--shard", part, "dump.zip"], "dump.zip/"), expected);
        all.extend(expected);
    }
    assert_eq!(all, below(&["dump"], "dump/"));
}

#[test]
fn one_compressed_file_is_a_crawl_file() {
    let folder = Folder::new("archives-single");
    folder.put("in/a.md.gz", gzip(article(1).as_bytes())).put("in/b.txt.zst", zstd(article(2).as_bytes()));
    folder.put("in/c.log.gz", gzip(article(3).as_bytes())).put("in/.d.md.gz", gzip(article(4).as_bytes()));
    folder.put("in/d.md.xz", xz(article(5).as_bytes())).put("in/e.md.bz2", bzip2(article(6).as_bytes()));
    assert_eq!(read(&folder, &["in"]), ["in/a.md.gz", "in/b.txt.zst", "in/d.md.xz", "in/e.md.bz2"]);
    assert_eq!(read(&folder, &["in/c.log.gz", "in/.d.md.gz"]), ["in/c.log.gz", "in/.d.md.gz"]);
    assert_eq!(read(&folder, &["--include", "*.log", "in"]), ["in/c.log.gz"]);
    assert_eq!(read(&folder, &["--exclude", "*.md", "in"]), ["in/b.txt.zst"]);
    // Neither the name's own ending nor one that is missing matters.
    folder.put("named/a.md", gzip(article(1).as_bytes())).put("named/b.md", article(2));
    folder.put("named/c.md.Z", xz(article(3).as_bytes())).put("named/d", gzip(article(4).as_bytes()));
    folder.put("named/e.md.gz", article(5)).put("named/f.md.bak", article(6)).put("named/g.gz", "no");
    assert_eq!(read(&folder, &["named"]), ["named/a.md", "named/b.md", "named/c.md.Z", "named/e.md.gz"]);
    let plain = folder.ingest(&["--no-archives", "in"]);
    assert_eq!(plain.status.code(), Some(1));
    assert_eq!(read(&folder, &["--no-archives", "--exclude", "a.md", "named"]), ["named/b.md"]);
    let output = fed(&folder, &["-"], &gzip(article(1).as_bytes()));
    assert!(stdout(&output).ends_with("\"path\":\"-\"}\n"), "{}", stdout(&output));
}

#[test]
fn an_archive_in_a_folder_is_known_by_its_first_bytes() {
    let folder = Folder::new("archives-magic");
    folder.put("in/a.md", article(1)).put("in/dump", tar(&small())).put("in/dump.2024", zip(&small()));
    folder.put("in/photo.jpg", [0xff, 0xd8, 0xff, 0xe0]).put("in/empty", "").put("in/.hidden", tar(&small()));
    let members = |name: &str| ["a.md", "2018/b.md", "x.md/d.md"].map(|member| format!("in/{name}/{member}"));
    let expected = [vec!["in/a.md".to_owned()], members("dump").into(), members("dump.2024").into()].concat();
    assert_eq!(read(&folder, &["-A", "id-conflict", "in"]), expected);
    assert_eq!(read(&folder, &["--no-archives", "in"]), ["in/a.md"]);
    assert_eq!(read(&folder, &["--exclude", "dump*", "in"]), ["in/a.md"]);
    folder
        .put("odd/dump.md", tar(&small()))
        .put("odd/broken.bin", b"PK\x03\x04...")
        .put("odd/b.md", article(2));
    folder.put("odd/inner.tar", tar(&vec![("x.md".into(), "x".into())]));
    let output = folder.ingest(&["-q", "odd"]);
    let told = stderr(&output);
    assert!(
        told.starts_with("odd/broken.bin:1:1: error[unreadable]: the archive is broken before its first")
    );
    let named = "odd/dump.md:1:1: error[unreadable]: this is an archive, not a crawl file\n";
    assert!(told.contains(named), "{told}");
    assert_eq!((told.lines().count(), stdout(&output).lines().count()), (3, 1), "{told}");
}

/// A pipe can be read only once, and what looks at its first bytes must not lose them.
#[test]
fn a_pipe_as_argument_is_read_once() {
    let folder = Folder::new("archives-pipe");
    for (name, bytes) in [("plain", article(1).into_bytes()), ("tar", tar(&small()))] {
        let pipe = folder.0.join(name);
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        thread::scope(|scope| {
            scope.spawn(|| File::options().write(true).open(&pipe).unwrap().write_all(&bytes));
            assert_eq!(read(&folder, &[name]).len(), if name == "tar" { 3 } else { 1 });
        });
    }
}

#[test]
fn links_devices_and_nested_archives_are_findings_where_their_names_are_looked_for() {
    let folder = Folder::new("archives-kinds");
    let mut tar = Builder::new(Vec::new());
    let kinds = [
        ("link.md", EntryType::Symlink),
        ("hard.md", EntryType::Link),
        ("pipe.md", EntryType::Fifo),
        ("device.md", EntryType::Char),
        ("sparse.md", EntryType::GNUSparse),
        ("link.html", EntryType::Symlink),
        ("folder.md", EntryType::Directory),
    ];
    for (name, kind) in kinds {
        tar.append_data(&mut header(0, kind), name, &[][..]).unwrap();
    }
    for name in ["inner.tar", "inner.md.gz", "inner.log.gz", "a.md", "gzip.md", "inner.tar.xz"] {
        let content = match name {
            "gzip.md" => gzip(article(8).as_bytes()),
            _ => article(7).into_bytes(),
        };
        tar.append_data(&mut header(content.len(), EntryType::Regular), name, &content[..]).unwrap();
    }
    folder.put("x.tar", tar.into_inner().unwrap()).put("x.tgz.gz", gzip(&gzip(b"x")));
    let output = folder.ingest(&["-q", "x.tar", "x.tgz.gz"]);
    let told = "\
x.tar/link.md:1:1: error[unreadable]: a link inside an archive is not followed
x.tar/hard.md:1:1: error[unreadable]: a link inside an archive is not followed
x.tar/pipe.md:1:1: error[unreadable]: a device or pipe is not read
x.tar/device.md:1:1: error[unreadable]: a device or pipe is not read
x.tar/sparse.md:1:1: error[unreadable]: a sparse file is not read
x.tar/inner.tar:1:1: error[unreadable]: an archive inside an archive is not opened
x.tar/inner.md.gz:1:1: error[unreadable]: an archive inside an archive is not opened
x.tar/gzip.md:1:1: error[unreadable]: an archive inside an archive is not opened
x.tar/inner.tar.xz:1:1: error[unreadable]: an archive inside an archive is not opened
x.tgz.gz:1:1: error[unreadable]: an archive inside an archive is not opened
";
    assert_eq!(stderr(&output), told);
    assert!(stdout(&output).ends_with("\"path\":\"x.tar/a.md\"}\n"));
    assert_eq!(stdout(&output).lines().count(), 1);
    let excluded = ["-q", "--no-archives", "--exclude", "[b-z]*.md", "x.tar"];
    assert_eq!(stderr(&folder.ingest(&excluded)), "");
}

/// What is told of a broken archive, and how many records came before.
#[track_caller]
fn broken(folder: &Folder, name: &str, bytes: &[u8]) -> (String, usize) {
    folder.put(name, bytes);
    let output = folder.ingest(&["-q", name]);
    assert_eq!(output.status.code(), Some(1), "{name}");
    (stderr(&output).to_owned(), stdout(&output).lines().count())
}

#[test]
fn a_truncated_or_corrupt_archive_is_an_error_that_names_the_last_good_member() {
    let folder = Folder::new("archives-broken");
    let files: Files = (0..4).map(|number| (format!("{number}.md"), article(number))).collect();
    let tar = tar(&files);
    // The folder's header, then a header and two blocks for each: an article has 600 to 1,024 bytes.
    assert!(files.iter().all(|(_, content)| (513..=1024).contains(&content.len())));
    let member = |number: usize| 512 + number * 1536;
    let said = |place: &str, why: &str| {
        format!("x.tar:1:1: error[unreadable]: the archive is broken {place}: {why}\n")
    };
    let early = "it ends too early";
    let behind = |number: usize| format!("behind `{number}.md`");
    assert_eq!(broken(&folder, "x.tar", &tar[..member(2)]), (said(&behind(1), early), 2));
    assert_eq!(broken(&folder, "x.tar", &tar[..member(2) + 100]), (said(&behind(1), early), 2));
    assert_eq!(broken(&folder, "x.tar", &tar[..member(2) + 600]), (said(&behind(1), early), 2));
    assert_eq!(broken(&folder, "x.tar", &tar[..member(4)]), (said(&behind(3), early), 4));
    assert_eq!(broken(&folder, "x.tar", &tar[..512]), (said("before its first crawl file", early), 0));
    let mut corrupt = tar.clone();
    corrupt[member(1) + 3] ^= 1;
    let why = "a header has another checksum than it states";
    assert_eq!(broken(&folder, "x.tar", &corrupt), (said(&behind(0), why), 3));
    let twice = [&tar[..], &tar[..]].concat();
    assert_eq!(broken(&folder, "x.tar", &twice), (said(&behind(3), "more stands behind its end"), 4));

    for (name, whole) in [
        ("x.tar.gz", gzip(&tar)),
        ("x.tar.zst", zstd(&tar)),
        ("x.tar.xz", xz(&tar)),
        ("x.tar.bz2", bzip2(&tar)),
    ] {
        let (told, _) = broken(&folder, name, &whole[..whole.len() - 5]);
        assert!(told.starts_with(&format!("{name}:1:1: error[unreadable]: ")), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
    // The checksum of gzip comes last, behind all members.
    let mut corrupt = gzip(&tar);
    let at = corrupt.len() - 8;
    corrupt[at] ^= 1;
    let (told, records) = broken(&folder, "x.tar.gz", &corrupt);
    assert!(told.contains("the archive is broken behind `3.md`: "), "{told}");
    assert_eq!(records, 4);
}

#[test]
fn a_zip_archive_without_its_directory_is_an_error() {
    let folder = Folder::new("archives-zip");
    let files: Files = (0..4).map(|number| (format!("{number}.md"), article(number))).collect();
    let zip = zip(&files);
    let (told, records) = broken(&folder, "x.zip", &zip[..zip.len() - 30]);
    let said = |last: &str| format!("x.zip:1:1: error[unreadable]: the archive is broken behind `{last}`: ");
    assert!(told.starts_with(&said("3.md")), "{told}");
    assert_eq!((told.lines().count(), records), (1, 4));
    // In the middle of the last member.
    let directory = zip.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let (told, records) = broken(&folder, "x.zip", &zip[..directory - 100]);
    let (member, archive) = told.split_once('\n').unwrap();
    assert!(
        member.starts_with("x.zip/3.md:1:1: error[unreadable]: ") && archive.starts_with(&said("2.md")),
        "{told}"
    );
    assert_eq!(records, 3);
}

#[test]
fn a_bad_member_of_a_zip_archive_spoils_no_other() {
    let folder = Folder::new("archives-zip-member");
    let files: Files = (0..4).map(|number| (format!("{number}.md"), article(number))).collect();
    let mut corrupt = zip(&files);
    // In the middle of the second member's compressed bytes.
    let second =
        corrupt.windows(4).enumerate().filter(|(_, bytes)| *bytes == b"PK\x03\x04").nth(2).unwrap().0;
    corrupt[second + 200] ^= 0xff;
    let (told, records) = broken(&folder, "x.zip", &corrupt);
    assert!(told.starts_with("x.zip/1.md:1:1: error["), "{told}");
    assert_eq!((told.lines().count(), records), (1, 3));
}

#[test]
fn no_member_is_larger_than_it_may_be_whatever_its_header_says() {
    let folder = Folder::new("archives-large");
    let large = vec![0; 3 << 20];
    let mut archive = Builder::new(Vec::new());
    archive.append_data(&mut header(large.len(), EntryType::Regular), "large.md", &large[..]).unwrap();
    let content = article(1);
    archive.append_data(&mut header(content.len(), EntryType::Regular), "a.md", content.as_bytes()).unwrap();
    let tar = archive.into_inner().unwrap();
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [("large.md", &large[..]), ("a.md", content.as_bytes())] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    // The directory of the second says that the large member has 100 bytes.
    let mut lying = zip.clone();
    let directory = lying.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    lying[directory + 24..directory + 28].copy_from_slice(&100_u32.to_le_bytes());
    for (name, bytes) in [("x.tar", tar.clone()), ("x.tar.gz", gzip(&tar)), ("x.zip", zip), ("y.zip", lying)]
    {
        folder.put(name, bytes);
        let output = folder.ingest(&["-q", "--max-file-size", "1M", name]);
        let told = stderr(&output);
        assert!(told.starts_with(&format!("{name}/large.md:1:1: error[")), "{told}");
        assert_eq!((told.lines().count(), stdout(&output).lines().count()), (1, 1), "{name}");
    }
    folder.put("large.md.gz", gzip(&large)).put("large.md.zst", zstd(&large));
    folder.put("large.md.xz", xz(&large)).put("large.md.bz2", bzip2(&large));
    for name in ["large.md.gz", "large.md.zst", "large.md.xz", "large.md.bz2"] {
        let output = folder.ingest(&["-q", "--max-file-size", "1M", name]);
        let told = format!("{name}:1:1: error[too-large]: the file has more than 1048576 bytes\n");
        assert_eq!(stderr(&output), told);
    }
}

/// A member that says it has a terabyte, and an archive that grows beyond all measure.
#[test]
fn a_bomb_ends() {
    let folder = Folder::new("archives-bomb");
    let mut huge = Header::new_gnu();
    huge.set_path("large.md").unwrap();
    huge.set_size(1 << 40);
    huge.set_cksum();
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.write_all(huge.as_bytes()).unwrap();
    for _ in 0..400 {
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
    }
    folder.put("x.tar.zst", encoder.finish().unwrap()).put("x.tar", huge.as_bytes());
    let output = folder.ingest(&["-q", "x.tar.zst", "x.tar"]);
    let told: Vec<&str> = stderr(&output).lines().collect();
    let too_large = "large.md:1:1: error[too-large]: the file has more than 16777216 bytes";
    assert_eq!(told[0], format!("x.tar.zst/{too_large}"));
    assert!(told[1].ends_with("compression ratio over 200"), "{}", told[1]);
    assert_eq!(told[2], format!("x.tar/{too_large}"));
    assert!(told[3].ends_with("it ends too early"), "{}", told[3]);
    assert_eq!(told.len(), 4);
}

/// The directory of a zip archive may name the same bytes again and again.
#[test]
fn a_bomb_of_overlapping_members_ends() {
    let folder = Folder::new("archives-overlapping");
    let large = vec![b' '; 60 << 20];
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("000.md", SimpleFileOptions::default()).unwrap();
    zip.write_all(&large).unwrap();
    let zip = zip.finish().unwrap().into_inner();
    let at = zip.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let (member, end) = (&zip[at..zip.len() - 22], &zip[zip.len() - 22..]);
    const NAME_AT: usize = 46;
    let named = |number: usize| {
        [&member[..NAME_AT], format!("{number:03}").as_bytes(), &member[NAME_AT + 3..]].concat()
    };
    let mut bomb = [&zip[..at], &(0..1000).flat_map(named).collect::<Vec<u8>>(), end].concat();
    let count = bomb.len() - 22 + 8;
    bomb[count..count + 2].copy_from_slice(&1000_u16.to_le_bytes());
    bomb[count + 2..count + 4].copy_from_slice(&1000_u16.to_le_bytes());
    bomb[count + 4..count + 8].copy_from_slice(&(member.len() as u32 * 1000).to_le_bytes());
    folder.put("x.zip", bomb);
    let output = folder.ingest(&["-q", "-j1", "--max-file-size", "64M", "x.zip"]);
    let told: Vec<&str> = stderr(&output).lines().collect();
    assert!(told[0].starts_with("x.zip/000.md:1:1: error[empty-file]"), "{}", told[0]);
    assert!(told[1..].iter().all(|line| line.ends_with("it shares bytes with another member")), "{told:?}");
    assert_eq!(told.len(), 1000);
}

/// What a run writes is not read, not even where an archive stood before.
#[test]
fn an_archive_that_is_replaced_is_not_read() {
    let folder = Folder::new("archives-replaced");
    folder.put("in/a.md", article(9)).put("in/old.tar", tar(&small())).put("in/old", tar(&small()));
    for target in ["in/old.tar", "in/old"] {
        let output = folder.ingest(&["-q", "--to", "jsonl", "-o", target, "--exclude", "old.*", "in"]);
        assert_eq!((stderr(&output), output.status.code()), ("", Some(0)), "{target}");
        assert!(!folder.read(target).contains(target), "{target}");
        folder.put("in/old.tar", "x");
    }
}

#[test]
fn what_only_begins_like_an_archive_is_told() {
    let folder = Folder::new("archives-begins");
    for (name, bytes) in [
        ("x.gz", &b"\x1f\x8b\x08"[..]),
        ("x.zst", b"\x28\xb5\x2f\xfd"),
        ("x.zip", b"PK\x03\x04"),
        ("x.xz", b"\xfd7zXZ\0"),
        ("x.bz2", b"BZh91AY&SY"),
        ("x.tar", &[&[b'a'; 256][..], b"\0ustar"].concat()),
    ] {
        let (told, records) = broken(&folder, name, bytes);
        assert!(told.starts_with(&format!("{name}:1:1: error[unreadable]: ")), "{told}");
        assert_eq!((told.lines().count(), records), (1, 0), "{name}");
        let output = fed(&folder, &["-q", "-"], bytes);
        assert!(stderr(&output).starts_with("-:1:1: error[unreadable]: "), "{name}: {}", stderr(&output));
    }
}

/// Long and Korean names, links, and all the forms of tar that Python's own library writes.
#[test]
#[ignore = "needs Python 3"]
fn archives_that_others_wrote_give_the_same_records() {
    const WRITE: &str = r#"
import io, os, tarfile, zipfile
names = sorted(os.path.join(folder, name) for folder, _, names in os.walk("in") for name in names)
for form, number in [("ustar", tarfile.USTAR_FORMAT), ("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT)]:
    with tarfile.open(f"{form}.tar", "w", format=number) as archive:
        for name in names:
            # The oldest format that has the mark takes no name part of more than 100 bytes.
            if form != "ustar" or len(os.path.basename(name).encode()) <= 100 and len(os.path.dirname(name).encode()) <= 155:
                archive.add(name, "./" + name)
for coding in ["gz", "bz2", "xz"]:
    with tarfile.open(f"stream.tar.{coding}", f"w|{coding}") as archive:
        archive.add("in", ".")
with zipfile.ZipFile("utf8.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name in names:
        archive.write(name)
with zipfile.ZipFile("stored.zip", "w") as archive:
    for name in names:
        archive.write(name)
# Korean Windows writes names in CP949, and no flag.
short = "한글/기사.md"
with zipfile.ZipFile("cp949.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("x" * len(short.encode("cp949")), open("in/2018/05/a.md").read())
data = open("cp949.zip", "rb").read()
open("cp949.zip", "wb").write(data.replace(b"x" * len(short.encode("cp949")), short.encode("cp949")))
"#;
    let folder = Folder::new("archives-python");
    for (name, content) in files() {
        folder.put(&format!("in/{name}"), content);
    }
    let status = std::process::Command::new("python3").args(["-c", WRITE]).current_dir(&folder.0).status();
    assert!(status.unwrap().success());
    let sorted = |output: &Output, before: &str| {
        assert_eq!(stderr(output), "", "{before}");
        let mut records = without_paths(output, before);
        records.sort();
        records
    };
    let expected = sorted(&folder.ingest(&["-q", "in"]), "in/");
    assert_eq!(expected.len(), 204);
    for (name, before) in [
        ("gnu.tar", "gnu.tar/in/"),
        ("pax.tar", "pax.tar/in/"),
        ("stream.tar.gz", "stream.tar.gz/"),
        ("stream.tar.bz2", "stream.tar.bz2/"),
        ("stream.tar.xz", "stream.tar.xz/"),
        ("utf8.zip", "utf8.zip/in/"),
        ("stored.zip", "stored.zip/in/"),
    ] {
        assert!(sorted(&folder.ingest(&["-q", name]), before) == expected, "{name}");
    }
    assert_eq!(sorted(&folder.ingest(&["-q", "ustar.tar"]), "ustar.tar/in/").len(), 203);
    assert_eq!(read(&folder, &["cp949.zip"]), ["cp949.zip/한글/기사.md"]);
}

#[test]
fn the_largest_size_is_no_size_too_many() {
    let folder = Folder::new("largest-size");
    folder
        .put("a.tar", tar(&small()))
        .put("a.zip", zip(&small()))
        .put("a.md.gz", gzip(article(0).as_bytes()));
    for (packed, articles) in [("a.tar", 3), ("a.zip", 3), ("a.md.gz", 1)] {
        let output = folder.ingest(&["-q", "--max-file-size", "18446744073709551615", packed]);
        assert_eq!(stdout(&output).lines().count(), articles, "{packed}: {}", stderr(&output));
    }
}
