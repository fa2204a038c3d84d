//! Crates, files and programs that the tests share.

#![allow(dead_code, reason = "each test takes what it needs")]

pub mod blocks;
pub mod crawl_file;
pub mod document;
pub mod fate;
pub mod folder;
pub mod oddities;
pub mod pack;
pub mod parse;
pub mod server;
pub mod slow;
pub mod strace;
pub mod terminal;
pub mod venv;
