//! `cargo +nightly fuzz run --features libfuzzer text fuzz/corpus/text fuzz/seeds/text -- -dict=fuzz/crawl_file.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::text::run(bytes));
