//! `cargo +nightly fuzz run --features libfuzzer front_matter -- -dict=fuzz/front_matter.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::front_matter::run(bytes));
