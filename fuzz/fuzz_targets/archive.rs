//! `cargo +nightly fuzz run --features libfuzzer archive`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::archive::run(bytes));
