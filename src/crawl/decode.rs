//! Decodes a file's bytes: UTF-8, byte order mark, empty files.

/// A decoded crawl file.
pub struct Decoded<'a> {
    /// The file's text, without its byte order mark.
    pub text: &'a str,
    /// True if the file begins with a byte order mark.
    pub byte_order_mark: bool,
}

/// Error: the file cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecodeError {
    /// The file is empty, or has only white space and NUL.
    Empty,
    /// The file is UTF-16, by its byte order mark or by the NUL in every other byte of its opening `---`.
    Utf16,
    /// The byte at this offset is not valid UTF-8.
    NotUtf8 {
        /// Offset of the first invalid byte.
        at: usize,
    },
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes `source` as UTF-8.
///
/// # Errors
/// See [`DecodeError`].
pub fn decode(source: &[u8]) -> Result<Decoded<'_>, DecodeError> {
    let (byte_order_mark, bytes) = match source.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (true, rest),
        None => (false, source),
    };
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || matches!(byte, 0 | 0x0b)) {
        return Err(DecodeError::Empty);
    }
    if is_utf16(source) {
        return Err(DecodeError::Utf16);
    }
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => Err(DecodeError::Empty),
        Ok(text) => Ok(Decoded { text, byte_order_mark }),
        Err(_) => Err(DecodeError::NotUtf8 { at: source.len() - bytes.len() + valid_length(bytes) }),
    }
}

fn valid_length(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len)
}

/// Returns whether `source` begins with a UTF-16 byte order mark, or with the opening `---` in UTF-16.
fn is_utf16(source: &[u8]) -> bool {
    [&b"\xff\xfe"[..], b"\xfe\xff", b"-\0-\0", b"\0-\0-"].iter().any(|start| source.starts_with(start))
}
