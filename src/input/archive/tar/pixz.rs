//! Index of names that `pixz` writes after a tar archive, as a block of the same xz stream.

use std::io::{self, BufRead, Read};

use super::MAX_NAME_BYTES;

const MAGIC: [u8; 8] = [0xa6, 0x4c, 0x32, 0x2e, 0xd6, 0x14, 0xae, 0xdb];

/// Reads the index, if one is all that is left of `from`: a name, NUL and an offset each, the last name empty.
///
/// # Errors
/// Those of `from`, which may end too early.
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
