//! `cargo +nightly fuzz run --features libfuzzer layout fuzz/corpus/layout fuzz/seeds/layout -- -dict=fuzz/crawl_file.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::layout::run(bytes));
