//! `cargo +nightly fuzz run --features libfuzzer archive fuzz/corpus/archive fuzz/seeds/archive -- -dict=fuzz/crawl_file.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::archive::run(bytes));
