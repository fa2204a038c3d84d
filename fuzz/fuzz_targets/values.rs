//! `cargo +nightly fuzz run --features libfuzzer values`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::values::run(bytes));
