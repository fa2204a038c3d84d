//! The same files in every form in which they are handed over.

use std::io::{Cursor, Write};

use bzip2::write::BzEncoder;
use flate2::write::GzEncoder;
use lzma_rust2::{XzOptions, XzWriter};
use tar::{Builder, EntryType, Header};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::crawl_file::article;

/// Names, in the order of a walk, with their content.
pub type Files = Vec<(String, String)>;

/// A long name is of 130 characters and 390 bytes, which needs an extension in a tar archive.
pub fn files() -> Files {
    let long = "가".repeat(80);
    let names = ["2018/05/a.md".into(), "2018/05/b.txt".into(), format!("2018/{long}/기사.md")];
    let mut files: Files =
        names.into_iter().enumerate().map(|(number, name)| (name, article(number))).collect();
    files.extend((100..300).map(|number| (format!("한글/{number}.md"), article(number))));
    files.push(("한글.md".into(), article(3)));
    // What no walk reads.
    files.push((".hidden/x.md".into(), "x".into()));
    files.push(("한글/.x.md".into(), "x".into()));
    files.push(("한글/x.html".into(), "x".into()));
    files
}

pub fn header(size: usize, kind: EntryType) -> Header {
    let mut header = Header::new_gnu();
    header.set_size(size as u64);
    header.set_mode(0o644);
    header.set_entry_type(kind);
    header
}

pub fn tar(files: &Files) -> Vec<u8> {
    let mut tar = Builder::new(Vec::new());
    tar.append_data(&mut header(0, EntryType::Directory), "./", &[][..]).unwrap();
    for (name, content) in files {
        tar.append_data(
            &mut header(content.len(), EntryType::Regular),
            format!("./{name}"),
            content.as_bytes(),
        )
        .unwrap();
    }
    tar.into_inner().unwrap()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// Compressed with a window of 2 to the power of `window_log` bytes, whatever the length of `bytes`.
pub fn zstd_with_window(bytes: &[u8], window_log: u32) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(window_log).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Compressed with a window (xz calls it dictionary) of 2 to the power of `window_log` bytes.
pub fn xz_with_window(bytes: &[u8], window_log: u32) -> Vec<u8> {
    let mut options = XzOptions::with_preset(0);
    options.lzma_options.dict_size = 1 << window_log;
    let mut encoder = XzWriter::new(Vec::new(), options).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = XzWriter::new(Vec::new(), XzOptions::with_preset(0)).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zip(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_directory("2018/", SimpleFileOptions::default()).unwrap();
    for (name, content) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
