//! How many rows a table gathers before it passes them on, and which of them go into which part.

#![cfg(feature = "columnar")]

use std::fs::{self, File};
use std::io::{Read, Write};

use arrow_ipc::reader::StreamReader;
use news_ingest::output::columnar::writer::{ColumnarFormat, ColumnarWriter};
use news_ingest::output::format::RecordFormat;
use news_ingest::output::projection::Projection;
use news_ingest::output::sink::Complete;
use news_ingest::output::split::{SplitLimit, SplitWriter};
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::support::folder::Folder;

const MIB: usize = 1 << 20;

fn only_id() -> Projection {
    Projection::parse(["id"]).unwrap()
}

/// A row of so many bytes behind its length: the length of its only text, and the text.
fn row(bytes: usize) -> Vec<u8> {
    let text = bytes - 8;
    let lengths = [bytes, text].map(|length| (length as u64).to_le_bytes());
    [lengths.concat(), vec![b'x'; text]].concat()
}

/// How many rows each batch of an Arrow stream has.
fn counts(stream: impl Read) -> Vec<usize> {
    StreamReader::try_new(stream, None).unwrap().map(|batch| batch.unwrap().num_rows()).collect()
}

/// How many of these rows a table passes on at a time.
fn batches(rows: &[usize]) -> Vec<usize> {
    let mut table = ColumnarWriter::new(Vec::new(), ColumnarFormat::Arrow, only_id()).unwrap();
    table.write(&rows.iter().copied().flat_map(row).collect::<Vec<u8>>()).unwrap();
    counts(table.finish().unwrap().as_slice())
}

#[test]
fn a_batch_has_4096_rows() {
    for (rows, expected) in [
        (0, &[][..]),
        (1, &[1]),
        (4095, &[4095]),
        (4096, &[4096]),
        (4097, &[4096, 1]),
        (8193, &[4096, 4096, 1]),
    ] {
        assert_eq!(batches(&vec![9; rows]), expected, "{rows}");
    }
}

#[test]
fn a_batch_has_4_mib_unless_a_row_has_more() {
    for (rows, expected) in [
        (vec![MIB; 17], &[4, 4, 4, 4, 1][..]),
        (vec![2 * MIB, 2 * MIB + 1, 2 * MIB - 1, 9], &[1, 2, 1]),
        (vec![4 * MIB + 1, 9, 9], &[1, 2]),
        (vec![9, 4 * MIB + 1, 9], &[1, 1, 1]),
        (vec![9, 4 * MIB], &[1, 1]),
    ] {
        assert_eq!(batches(&rows), expected);
    }
}

/// Of values that are all the same, as a group has so many bytes before it is compressed.
#[test]
fn a_group_of_rows_has_128_mib() {
    let folder = Folder::new("batches-groups");
    for (rows, expected) in
        [(vec![9; 4097], &[4097][..]), (vec![8 * MIB; 17], &[16, 1]), (vec![129 * MIB, 9], &[1, 1])]
    {
        let path = folder.0.join("a.parquet");
        let mut table =
            ColumnarWriter::new(File::create(&path).unwrap(), ColumnarFormat::Parquet, only_id()).unwrap();
        rows.into_iter().for_each(|bytes| table.write(&row(bytes)).unwrap());
        table.finish().unwrap();
        let file = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
        let found: Vec<_> = file.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
        assert_eq!(found, expected);
    }
}

/// Of values that hardly become smaller, it has what its memory holds.
#[test]
fn a_group_of_rows_has_16_mib_of_memory() {
    let folder = Folder::new("batches-memory");
    let path = folder.0.join("a.parquet");
    let mut table =
        ColumnarWriter::new(File::create(&path).unwrap(), ColumnarFormat::Parquet, only_id()).unwrap();
    let mut state = 1_u64;
    for _ in 0..40 {
        let mut row = row(MIB);
        // Letters without a pattern, by Marsaglia's xorshift; zstd makes six of eight bits of each.
        for letter in &mut row[16..] {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            *letter = b'0' + (state >> 32) as u8 % 64;
        }
        table.write(&row).unwrap();
    }
    table.finish().unwrap();
    let file = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
    for group in file.metadata().row_groups() {
        assert!(group.compressed_size() < 21 << 20, "{} bytes", group.compressed_size());
    }
    assert!(file.metadata().num_row_groups() >= 2);
}

#[test]
fn a_part_takes_the_rows_that_fill_it() {
    let folder = Folder::new("batches-parts");
    for (limit, rows, expected) in [
        (SplitLimit::Bytes(48), vec![24; 5], &[2, 2, 1][..]),
        (SplitLimit::Bytes(47), vec![24; 3], &[1, 1, 1]),
        (SplitLimit::Bytes(48), vec![49, 24, 24, 49], &[1, 2, 1]),
        (SplitLimit::Bytes(0), vec![9, 9], &[1, 1]),
        (SplitLimit::Records(2), vec![24; 5], &[2, 2, 1]),
        (SplitLimit::Records(1), vec![24; 2], &[1, 1]),
    ] {
        fs::create_dir_all(folder.0.join("out")).unwrap();
        let path = folder.0.join("out/a.arrow");
        let mut parts = SplitWriter::create(
            Some(&path),
            RecordFormat::Columnar(ColumnarFormat::Arrow),
            only_id(),
            Some(limit),
        )
        .unwrap();
        parts.write_all(&rows.into_iter().flat_map(row).collect::<Vec<u8>>()).unwrap();
        let (complete, removed) = parts.complete().unwrap();
        Complete::place_all(complete, &removed).unwrap();
        let found: Vec<_> = (0..)
            .map_while(|part| File::open(folder.0.join(format!("out/a-{part:05}.arrow"))).ok())
            .flat_map(counts)
            .collect();
        assert_eq!(found, expected, "{limit:?}");
        fs::remove_dir_all(folder.0.join("out")).unwrap();
    }
}
