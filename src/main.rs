//! From the arguments to the exit code.

fn main() {}
