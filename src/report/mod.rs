//! Findings on their way to people and programs: one format, one file.
