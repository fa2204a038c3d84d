//! `cargo +nightly fuzz run --features libfuzzer escape`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::escape::run(bytes));
