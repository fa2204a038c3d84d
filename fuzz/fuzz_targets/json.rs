//! `cargo +nightly fuzz run --features libfuzzer json fuzz/corpus/json fuzz/seeds/json -- -dict=fuzz/crawl_file.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::json::run(bytes));
