//! Front matter: in a file that is otherwise good, and as each reading sees it.

use news_ingest::crawl::front_matter::{template, yaml};

use super::one_file;

/// Reads `bytes` as the front matter of a file.
pub fn run(bytes: &[u8]) {
    if let Ok(block) = str::from_utf8(bytes) {
        let value_offsets = template::value_offsets(block);
        assert!(value_offsets.values().all(|at| *at <= block.len()));
        if let Ok(entries) = yaml::read(block) {
            assert!(bytes.len() <= 1 << 20 || entries.len() <= bytes.len());
        }
    }
    let body =
        "\n# t\n\n**p** | 2025-03-14 00:00 | \n\n---\n\na\n\n---\n\n*Crawled at: 2025-03-14 21:05:09*\n";
    one_file::run(&[b"---\n", bytes, b"\n---\n", body.as_bytes()].concat());
}
