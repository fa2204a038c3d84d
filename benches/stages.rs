//! What each stage of reading a crawl file costs, one file whole, and the pipeline over a folder.

use std::hint::black_box;
use std::path::PathBuf;
use std::{fs, io, thread};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use news_ingest::crawl;
use news_ingest::crawl::body::layout::BodyLayout;
use news_ingest::crawl::front_matter::template;
use news_ingest::crawl::{Scratch, byline, decode, split, text};
use news_ingest::findings::rule::Levels;
use news_ingest::input::selection::{DEFAULT_INCLUDE, Selection};
use news_ingest::input::{Inputs, Sources};
use news_ingest::output::format::RecordFormat;
use news_ingest::output::json::record;
use news_ingest::output::projection::Projection;
use news_ingest::pipeline;
use news_ingest::pipeline::PipelineOptions;
use news_ingest::record::content_hash::ContentHash;
use news_ingest::text::clean::is_clean;

#[path = "../tests/testsuite/support/crawl_file.rs"]
mod crawl_file;

use crawl_file::{CrawlFile, escaped, sha256};

/// An escaped file of 4.3 KB, as long as the mean of a large archive.
fn source() -> String {
    let paragraph = "가람시는 3일 \"봄비가 그친 뒤 '황사'가 온다\"며 바깥일을 줄여 달라고 당부했다. ";
    let text = [paragraph.repeat(17), paragraph.repeat(18)].join("\n\n").replace(". \n", ".\n");
    let text = text.trim();
    CrawlFile { hash: sha256(text), ..CrawlFile::with_text(&escaped(text)) }.to_string()
}

fn stages(criterion: &mut Criterion) {
    let source = source();
    let fences = split::split(&source).expect("the page has fences");
    let cut = BodyLayout::parse(fences.body).expect("the page has rules");
    let hash: ContentHash = {
        let hash = fences.front_matter.split("content_hash: ").nth(1).expect("the page has a hash");
        hash[..64].parse().expect("the hash has 64 digits")
    };
    let levels = Levels::default();
    let (mut scratch, mut buffer, mut record) = (Scratch::default(), String::new(), Vec::new());
    let bytes = |stage: &str| Throughput::Bytes(stage.len() as u64);

    let mut group = criterion.benchmark_group("stage");
    group.throughput(bytes(&source));
    group.bench_function("encoding", |b| b.iter(|| decode::decode(black_box(source.as_bytes())).is_ok()));
    group.bench_function("plain", |b| b.iter(|| is_clean(black_box(&source))));
    group.bench_function("fences", |b| b.iter(|| split::split(black_box(&source)).is_ok()));
    group.throughput(bytes(fences.front_matter));
    group.bench_function("front matter", |b| {
        b.iter(|| template::read(black_box(fences.front_matter)).is_ok())
    });
    group.throughput(bytes(fences.body));
    group.bench_function("rules", |b| b.iter(|| BodyLayout::parse(black_box(fences.body)).is_ok()));
    group.bench_function("text and hash", |b| {
        b.iter(|| text::read(fences.body, &cut, false, Some(hash), black_box(&mut buffer)).verified);
    });
    group.bench_function("SHA-256 alone", |b| {
        b.iter(|| ContentHash::digest(black_box(fences.body.as_bytes())))
    });
    group.throughput(Throughput::Bytes((crawl::BATCH_FILES * fences.body.len()) as u64));
    group.bench_function("SHA-256 of texts that are read together", |b| {
        b.iter(|| ContentHash::digest_each([black_box(fences.body.as_bytes()); crawl::BATCH_FILES]));
    });
    let author = "홍길동 기자 (hong@example.com)";
    group.throughput(bytes(author));
    group.bench_function("byline", |b| b.iter(|| byline::authors(black_box(author), black_box("예시일보"))));
    group.throughput(bytes(&source));
    let mut written = Scratch::default();
    let article = crawl::read(source.as_bytes(), &levels, &mut written).article.expect("the page is good");
    group.bench_function("JSON", |b| {
        b.iter(|| {
            record.clear();
            record::write(black_box(&article), Projection::default(), true, &mut record);
        });
    });
    group.bench_function("file", |b| {
        b.iter(|| crawl::read(black_box(source.as_bytes()), &levels, &mut scratch).article.is_some());
    });
    group.bench_function("file, in full", |b| {
        b.iter(|| {
            crawl::read_reference(black_box(source.as_bytes()), &levels, &mut scratch).article.is_some()
        });
    });
    group.finish();
}

fn pipeline(criterion: &mut Criterion) {
    const FILES: u64 = 2000;
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench");
    fs::create_dir_all(&folder).expect("the target folder takes files");
    let source = source();
    for number in 0..FILES {
        let id = format!("{number:010}");
        fs::write(folder.join(format!("{id}.md")), source.replace("0000000001", &id))
            .expect("a file is written");
    }
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get());
    let encode = Some(RecordFormat::default().encoding(Projection::default()));
    let options = PipelineOptions { threads: cores..=cores, encode, ..PipelineOptions::default() };
    let selection =
        Selection::new(DEFAULT_INCLUDE.map(str::to_owned).into(), Vec::new()).expect("the globs make sense");
    let inputs = Inputs { paths: vec![folder], list: None, selection };
    let mut group = criterion.benchmark_group("pipeline");
    group.sample_size(20).throughput(Throughput::Elements(FILES));
    group.bench_function("files", |b| {
        b.iter(|| {
            let sources = Sources::new(inputs.clone(), options.max_file_size).expect("the folder is there");
            let run = pipeline::run(&options, sources, |batch| batch.write_records(&mut io::sink()));
            run.expect("threads start").expect("nothing fails");
        });
    });
    group.finish();
}

criterion_group!(benches, stages, pipeline);
criterion_main!(benches);
