//! Compressed files and containers inside folders: nothing that is to be read is passed over, whatever its name.

use std::fs;

use crate::support::crawl_file::article;
use crate::support::folder::{Folder, fed, stderr, stdout};
use crate::support::pack::{Files, bzip2, gzip, tar, xz, xz_with_window, zip, zstd, zstd_with_window};

fn small() -> Files {
    (0..3).map(|number| (format!("{number}.md"), article(number))).collect()
}

type Pack = fn(&[u8]) -> Vec<u8>;

/// What `ingest` prints of one file with these bytes: the number of its records, and its findings; as a file and on a pipe.
#[track_caller]
fn read(name: &str, bytes: &[u8]) -> (usize, String) {
    let folder = Folder::new(&format!("compressed-{}", std::panic::Location::caller().line()));
    folder.put(name, bytes);
    let output = folder.ingest(&["-q", name]);
    let piped = fed(&folder, &["-q", "-"], bytes);
    let records = stdout(&output).lines().count();
    assert_eq!(records, stdout(&piped).lines().count());
    assert_eq!(stderr(&output), stderr(&piped).replace("-:1:1", &format!("{name}:1:1")));
    (records, stderr(&output).to_owned())
}

#[test]
fn zeros_after_a_compressed_file_are_padding() {
    for (pack, ending) in [(gzip as Pack, "gz"), (bzip2, "bz2"), (xz, "xz")] {
        for (name, bytes, records) in [("a.md", article(1).into_bytes(), 1), ("x.tar", tar(&small()), 3)] {
            let name = format!("{name}.{ending}");
            let packed = pack(&bytes);
            let zeros = [packed.clone(), vec![0; 300_000]].concat();
            assert_eq!(read(&name, &zeros), (records, String::new()), "{name}");
            // As Python reads it, and xz.
            let half = bytes.len() / 2;
            let pieces = [pack(&bytes[..half]), vec![0; 512], pack(&bytes[half..]), pack(b"")].concat();
            assert_eq!(read(&name, &pieces), (records, String::new()), "{name}");
            for garbage in [&b"garbage"[..], b"\x1f\x8b", b"\0\0\0\0garbage", b"BZh"] {
                let (_, findings) = read(&name, &[&packed, garbage].concat());
                assert!(findings.starts_with(&format!("{name}:1:1: error[unreadable]: ")), "{findings}");
            }
        }
    }
    // `zstd` knows no padding.
    let (_, findings) = read("a.md.zst", &[zstd(article(1).as_bytes()), vec![0; 512]].concat());
    assert!(findings.starts_with("a.md.zst:1:1: error[unreadable]: "), "{findings}");
}

#[test]
fn the_window_of_a_decoder_is_bounded_as_the_memory_of_a_run_is() {
    let folder = Folder::new("compressed-windows");
    for window_log in [23, 24, 27, 28] {
        let tar = tar(&small());
        folder.put(&format!("{window_log}.tar.zst"), zstd_with_window(&tar, window_log));
        folder.put(&format!("{window_log}.tar.xz"), xz_with_window(&tar, window_log));
    }
    let more = "raise `--max-file-size`, or compress it with a smaller one";
    for (window_log, max_file_size, refused) in [
        (23, "1K", None),
        (24, "1M", Some((8, more))),
        (24, "2M", None),
        (27, "15M", Some((64, more))),
        (27, "16M", None),
        (28, "1G", Some((128, "compress it with a smaller one"))),
    ] {
        for ending in ["zst", "xz"] {
            let name = format!("{window_log}.tar.{ending}");
            let output = folder.ingest(&["-q", "--max-file-size", max_file_size, &name]);
            let expected = refused.map(|(mebibytes, hint)| {
                format!(
                    "{name}:1:1: error[unreadable]: it is compressed with a window of more than {mebibytes} MiB: {hint}\n"
                )
            });
            let is_refused = expected.is_some();
            assert_eq!(stderr(&output), expected.unwrap_or_default(), "{name}, {max_file_size}");
            assert_eq!(stdout(&output).lines().count(), if is_refused { 0 } else { 3 }, "{name}");
        }
    }
}

#[test]
fn a_container_that_breaks_is_reported_whatever_its_name() {
    let packed = gzip(&tar(&small()));
    let nested = "an archive inside an archive is not opened";
    let mut damaged = xz(&tar(&small()));
    damaged[30] ^= 0xff;
    for (name, bytes, why) in [
        ("dump.tgz.1", &packed[..100], "it ends too early"),
        ("dump.tgz.2", &packed[..20], ""),
        ("dump.txz.bak", &damaged, ""),
        ("dump", &packed[..packed.len() - 3], ""),
        ("dump.tar.gz.gz", &gzip(&packed), nested),
        ("dump.zip.xz", &xz(&zip(&small())), nested),
        ("a.md.gz.gz", &gzip(&gzip(article(1).as_bytes())), nested),
        ("photo.gz", b"\x1f\x8b\x08\0", ""),
    ] {
        let folder = Folder::new("compressed-folder");
        folder.put("in/0.md", article(9)).put(&format!("in/{name}"), bytes);
        let output = folder.ingest(&["-q", "in"]);
        let findings = stderr(&output);
        assert!(findings.starts_with(&format!("in/{name}:1:1: error[unreadable]: ")), "{name}: {findings}");
        assert!(findings.contains(why), "{name}: {findings}");
        assert_eq!(output.status.code(), Some(1));
        for option in [&["--no-archives"][..], &["--exclude", name]] {
            let output = folder.ingest(&[&["-q", "in"], option].concat());
            assert_eq!((stderr(&output), output.status.code()), ("", Some(0)), "{name}");
        }
        let parts = ["1/2", "2/2"].map(|part| folder.ingest(&["-q", "--exit-zero", "--shard", part, "in"]));
        assert_eq!(
            parts.iter().map(|part| stderr(part).matches("error[").count()).sum::<usize>(),
            1,
            "{name}"
        );
    }
}

#[test]
fn what_is_not_looked_for_stays_closed() {
    let folder = Folder::new("compressed-not-looked-for");
    folder
        .put("in/0.md", article(9))
        .put("in/photo.gz", gzip(b"pixels"))
        .put("in/app.log.xz", xz(b"lines"))
        .put("in/gone", "")
        .put("in/picture.png", b"\x89PNG\r\n\x1a\n");
    let output = folder.ingest(&["-q", "in"]);
    assert_eq!((stderr(&output), output.status.code()), ("", Some(0)));
}

/// Files of other programs, by their first bytes: those of their formats' descriptions.
#[test]
fn containers_that_are_not_read_are_named() {
    let cpio = format!("070701{}", "0".repeat(104));
    for (name, bytes, what) in [
        ("1.md.Z", &b"\x1f\x9d\x90\x2d\x5a"[..], "a file compressed by `compress` (.Z)"),
        ("d.tar.Z", b"\x1f\x9d\x90\x2d\x5a", "a file compressed by `compress` (.Z)"),
        ("a.md", b"\x1f\x9d\x90\x2d\x5a", "a file compressed by `compress` (.Z)"),
        ("1.md.lz", b"LZIP\x01\x0c", "a file compressed by `lzip` (.lz)"),
        ("1.md.lzma", b"\x5d\0\0\x80\0\xff", "a file compressed as LZMA (.lzma)"),
        ("1.md.lz4", b"\x04\x22\x4d\x18\x64", "a file compressed by `lz4` (.lz4)"),
        ("old.lz4", b"\x02\x21\x4c\x18\0", "a file compressed by `lz4` (.lz4)"),
        ("1.md.lzo", b"\x89LZO\0\r\n\x1a\n", "a file compressed by `lzop` (.lzo)"),
        ("dump.7z", b"7z\xbc\xaf\x27\x1c\0\x04", "a 7z archive"),
        ("dump.rar", b"Rar!\x1a\x07\x01\0", "a RAR archive"),
        ("dump", b"Rar!\x1a\x07\0", "a RAR archive"),
        ("dump.cpio", cpio.as_bytes(), "a cpio archive"),
    ] {
        let finding =
            |path: &str| format!("{path}:1:1: error[unreadable]: {what} is not read: unpack it first\n");
        assert_eq!(read(name, bytes), (0, finding(name)));
        let folder = Folder::new("compressed-unread");
        folder.put(&format!("in/{name}"), bytes);
        let output = folder.ingest(&["-q", "in"]);
        assert_eq!(stderr(&output), finding(&format!("in/{name}")));
    }
    let folder = Folder::new("compressed-by-name");
    // Brotli has no mark to be known by.
    folder
        .put("in/a.md.br", b"\x0b\x02\x80\xff")
        .put("in/b.tar.br", b"\x0b\x02\x80\xff")
        .put("in/c.br", b"\x0b");
    let output = folder.ingest(&["-q", "in"]);
    let paths: Vec<_> = stderr(&output).lines().map(|line| line.split_once(':').unwrap().0).collect();
    assert_eq!(paths, ["in/a.md.br", "in/b.tar.br"]);
    // A word is no mark.
    folder.put("c/070701.txt", "070701 기사").put("c/rar.txt", "Rar! is a word").put("c/z.txt", "7z");
    let output = folder.ingest(&["-q", "c"]);
    assert_eq!(stderr(&output).matches("error[no-front-matter]").count(), 3, "{}", stderr(&output));
}

/// As another user, since root may read everything.
#[test]
#[ignore = "changes the user, which only root may"]
fn a_file_that_may_not_be_opened_could_hold_anything() {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;
    let place = std::env::temp_dir().join("ingest-compressed-permission");
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(place.join("in")).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_ingest"), place.join("ingest")).unwrap();
    fs::write(place.join("in/0.md"), article(1)).unwrap();
    fs::write(place.join("in/dump"), tar(&small())).unwrap();
    fs::set_permissions(place.join("in/dump"), fs::Permissions::from_mode(0o000)).unwrap();
    let user = ["--reuid=65534", "--regid=65534", "--clear-groups", "./ingest", "-q", "in"];
    let output = Command::new("setpriv").args(user).current_dir(&place).output().unwrap();
    assert_eq!(stderr(&output), "in/dump:1:1: error[unreadable]: Permission denied (os error 13)\n");
    assert_eq!((stdout(&output).lines().count(), output.status.code()), (1, Some(1)));
    fs::remove_dir_all(&place).unwrap();
}
