//! `cargo +nightly fuzz run --features libfuzzer printed fuzz/corpus/printed fuzz/seeds/printed -- -dict=fuzz/crawl_file.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::printed::run(bytes));
