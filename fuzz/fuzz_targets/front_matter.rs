//! `cargo +nightly fuzz run --features libfuzzer front_matter -- -dict=fuzz/front_matter.dict fuzz/corpus/front_matter -- -dict=fuzz/front_matter.dict fuzz/seeds/front_matter -- -dict=fuzz/front_matter.dict -- -dict=fuzz/crawl_file.dict`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| news_ingest_fuzz::front_matter::run(bytes));
