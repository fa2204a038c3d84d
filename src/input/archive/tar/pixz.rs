//! Index of names that `pixz` writes after a tar archive, as a block of the same xz stream.

use std::io::{self, BufRead, Read};

use crate::input::archive::tar::MAX_NAME_BYTES;

const MAGIC: [u8; 8] = [0xa6, 0x4c, 0x32, 0x2e, 0xd6, 0x14, 0xae, 0xdb];

/// Skips the index if the rest of `from` is one: entries of a name, NUL and an 8-byte offset, the last with an empty
/// name. Returns `false` if it is not.
///
/// # Errors
/// `from` fails or ends inside the index.
pub fn skip_index(from: &mut impl BufRead) -> io::Result<bool> {
    let mut magic = Vec::new();
    from.take(MAGIC.len() as u64).read_to_end(&mut magic)?;
    if magic != MAGIC {
        return Ok(false);
    }
    let mut name = Vec::new();
    loop {
        name.clear();
        from.take(MAX_NAME_BYTES as u64 + 1).read_until(0, &mut name)?;
        if name.pop() != Some(0) {
            return Ok(false);
        }
        from.read_exact(&mut [0; 8])?;
        if name.is_empty() {
            return Ok(from.fill_buf()?.is_empty());
        }
    }
}
