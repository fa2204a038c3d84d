//! How many rows a table gathers before it passes them on, and which of them go into which part.

#![cfg(feature = "columnar")]

use std::fs::{self, File};
use std::io::Read;
use std::iter;

use arrow_ipc::reader::StreamReader;
use news_ingest::output::columnar::rows::{RowBuilder, Rows};
use news_ingest::output::columnar::writer::{ColumnarFormat, ColumnarWriter};
use news_ingest::output::encoding::RecordSink;
use news_ingest::output::format::RecordFormat;
use news_ingest::output::projection::Projection;
use news_ingest::output::sink::Complete;
use news_ingest::output::split::{SplitLimit, SplitWriter};
use news_ingest::record::article::{Article, Author};
use news_ingest::sys::tasks::TaskQueue;
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::support::folder::Folder;

const MIB: usize = 1 << 20;

fn only(key: &str) -> Projection {
    Projection::parse([key]).unwrap()
}

/// An article whose id and text are `value`.
fn article(value: &str) -> Article<'_> {
    Article {
        id: value.into(),
        oid: "901".into(),
        aid: value.into(),
        title: "제목".into(),
        text: value.into(),
        publisher: "가나일보".into(),
        category: "".into(),
        byline: "홍길동 기자".into(),
        authors: vec![Author { name: "홍길동", role: "기자", email: "" }; value.len() % 3],
        published_on: None,
        published_at: None,
        crawled_at: None,
        url: "https://example.com/".into(),
        content_hash: "0".repeat(64).into(),
        verified: value.len().is_multiple_of(2),
        comment_count: value.len() as u64,
        extra: vec![("key".into(), value.into())],
        path: value.into(),
    }
}

fn rows_of<'a>(projection: Projection, values: impl IntoIterator<Item = &'a str>) -> Rows {
    let mut rows = RowBuilder::new(projection);
    values.into_iter().for_each(|value| rows.append(&article(value)));
    let all = 0..rows.len();
    rows.take(iter::once(all)).unwrap()
}

/// Rows of so many bytes each: those of the only text, and four of its offset.
fn rows(key: &str, sizes: &[usize]) -> Rows {
    let longest = "x".repeat(sizes.iter().max().unwrap_or(&4) - 4);
    rows_of(only(key), sizes.iter().map(|size| &longest[..size - 4]))
}

fn table<W: std::io::Write + Send>(sink: W, format: ColumnarFormat, key: &str) -> ColumnarWriter<W> {
    ColumnarWriter::new(sink, format, only(key), TaskQueue::default()).unwrap()
}

/// How many rows each batch of an Arrow stream has.
fn counts(stream: impl Read) -> Vec<usize> {
    StreamReader::try_new(stream, None).unwrap().map(|batch| batch.unwrap().num_rows()).collect()
}

/// How many of these rows a table passes on at a time.
fn batches(sizes: &[usize]) -> Vec<usize> {
    let mut table = table(Vec::new(), ColumnarFormat::Arrow, "id");
    table.write(rows("id", sizes)).unwrap();
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
fn a_batch_has_1_mib_unless_a_row_has_more() {
    for (rows, expected) in [
        (vec![MIB / 4; 17], &[4, 4, 4, 4, 1][..]),
        (vec![MIB / 2, MIB / 2 + 1, MIB / 2 - 1, 9], &[1, 2, 1]),
        (vec![MIB + 1, 9, 9], &[1, 2]),
        (vec![9, MIB + 1, 9], &[1, 1, 1]),
        (vec![9, MIB], &[1, 1]),
    ] {
        assert_eq!(batches(&rows), expected);
    }
}

/// Of values that are all the same, as a group has so many bytes before it is compressed.
#[test]
fn a_group_of_rows_has_128_mib() {
    let folder = Folder::new("batches-groups");
    for (sizes, expected) in
        [(vec![9; 4097], &[4097][..]), (vec![8 * MIB; 17], &[16, 1]), (vec![129 * MIB, 9], &[1, 1])]
    {
        let path = folder.0.join("a.parquet");
        let mut table = table(File::create(&path).unwrap(), ColumnarFormat::Parquet, "text");
        sizes.into_iter().for_each(|size| table.write(rows("text", &[size])).unwrap());
        table.finish().unwrap();
        let file = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
        let found: Vec<_> = file.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
        assert_eq!(found, expected);
    }
}

/// Letters without a pattern, by Marsaglia's xorshift; zstd makes six of eight bits of each.
fn letters(count: usize, state: &mut u64) -> String {
    let next = || {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        char::from(b'0' + (*state >> 32) as u8 % 64)
    };
    iter::repeat_with(next).take(count).collect()
}

/// Of values that hardly become smaller, it has what its memory holds, and the batches that are encoded meanwhile: 2 MiB.
#[test]
fn a_group_of_rows_has_8_mib_of_memory() {
    let folder = Folder::new("batches-memory");
    // A column that is compressed at once, and one that is kept until its group ends.
    for (key, most) in [("text", 12), ("id", 9)] {
        let path = folder.0.join(key);
        let mut table = table(File::create(&path).unwrap(), ColumnarFormat::Parquet, key);
        let mut state = 1_u64;
        for _ in 0..40 {
            table.write(rows_of(only(key), [letters(MIB, &mut state).as_str()])).unwrap();
        }
        table.finish().unwrap();
        let file = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
        let groups = file.metadata().row_groups();
        assert!(groups.len() >= 2);
        for group in groups {
            assert!(group.compressed_size() < most << 20, "{key}: {} bytes", group.compressed_size());
        }
        let counts: Vec<_> = groups.iter().map(|group| group.num_rows()).collect();
        assert!(counts.iter().sum::<i64>() == 40 && counts[0] >= 8, "{key}: {counts:?}");
    }
}

/// Readers hand over rows as their threads happen to come along.
#[test]
fn the_bytes_are_the_same_however_the_rows_come_along() {
    let mut state = 7_u64;
    let values: Vec<String> = (0..3000).map(|number| letters(1 + number * 7 % 1500, &mut state)).collect();
    for format in [ColumnarFormat::Parquet, ColumnarFormat::Arrow] {
        let write = |sizes: &[usize], workers: usize| {
            let tasks = TaskQueue::new(workers);
            tasks.with_workers(|| {
                let mut table =
                    ColumnarWriter::new(Vec::new(), format, Projection::default(), tasks.clone()).unwrap();
                let (mut rest, mut sizes) = (&values[..], sizes.iter().cycle());
                while !rest.is_empty() {
                    let (some, later) = rest.split_at(rest.len().min(*sizes.next().unwrap()));
                    table.write(rows_of(Projection::default(), some.iter().map(String::as_str))).unwrap();
                    rest = later;
                }
                table.finish().unwrap()
            })
        };
        let expected = write(&[3000], 0);
        for (sizes, workers) in [(&[1][..], 0), (&[256], 1), (&[1, 999, 30], 3)] {
            assert!(write(sizes, workers) == expected, "{format:?}: {sizes:?}");
        }
    }
}

#[test]
fn rows_between_others_are_left_out() {
    let mut builder = RowBuilder::new(Projection::default());
    let values: Vec<String> = (0..9).map(|number| number.to_string().repeat(number)).collect();
    for (kept, expected) in [
        (vec![0..4, 4..9], vec![0, 1, 2, 3, 4, 5, 6, 7, 8]),
        (vec![0..2, 3..3, 4..5, 8..9], vec![0, 1, 4, 8]),
        (vec![1..4, 4..8], vec![1, 2, 3, 4, 5, 6, 7]),
        (vec![0..0, 0..0], vec![]),
        (vec![], vec![]),
    ] {
        values.iter().for_each(|value| builder.append(&article(value)));
        let rows = builder.take(kept.into_iter()).unwrap();
        assert!(builder.is_empty() && builder.memory() == 0);
        let of_expected = rows_of(Projection::default(), expected.iter().map(|number| &*values[*number]));
        assert_eq!(rows.sizes(), of_expected.sizes());
        assert_eq!(rows.into_columns(), of_expected.into_columns(), "{expected:?}");
    }
}

#[test]
fn a_part_takes_the_rows_that_fill_it() {
    let folder = Folder::new("batches-parts");
    for (limit, sizes, expected) in [
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
            only("id"),
            Some(limit),
            TaskQueue::default(),
        )
        .unwrap();
        parts.write_rows(rows("id", &sizes)).unwrap();
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
