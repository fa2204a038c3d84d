//! `cargo +nightly fuzz run --features libfuzzer escape fuzz/corpus/escape fuzz/seeds/escape -- -dict=fuzz/crawl_file.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::escape::run(bytes));
