//! `cargo +nightly fuzz run --features libfuzzer one_file fuzz/corpus/one_file fuzz/seeds/one_file -- -dict=fuzz/crawl_file.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::one_file::run(bytes));
