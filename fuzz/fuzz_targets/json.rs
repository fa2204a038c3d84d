//! `cargo +nightly fuzz run --features libfuzzer json`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::json::run(bytes));
