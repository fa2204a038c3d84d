//! `cargo +nightly fuzz run --features libfuzzer printed`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::printed::run(bytes));
