//! `cargo +nightly fuzz run --features libfuzzer one_file`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::one_file::run(bytes));
