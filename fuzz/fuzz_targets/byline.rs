//! `cargo +nightly fuzz run --features libfuzzer byline fuzz/corpus/byline fuzz/seeds/byline -- -dict=fuzz/crawl_file.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::byline::run(bytes));
