//! `cargo +nightly fuzz run --features libfuzzer text`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::text::run(bytes));
