//! `cargo +nightly fuzz run --features libfuzzer values fuzz/corpus/values fuzz/seeds/values -- -dict=fuzz/crawl_file.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::values::run(bytes));
