//! `cargo +nightly fuzz run --features libfuzzer byline`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::byline::run(bytes));
