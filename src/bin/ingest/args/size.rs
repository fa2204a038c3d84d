//! Parses sizes.

/// Parses bytes, or KiB, MiB or GiB after `K`, `M` or `G`: `16M`.
///
/// # Errors
/// A message for the user if `text` is not a size.
pub fn parse(text: &str) -> Result<usize, String> {
    let (digits, shift) = match text.as_bytes().last().map(u8::to_ascii_uppercase) {
        Some(b'K') => (&text[..text.len() - 1], 10),
        Some(b'M') => (&text[..text.len() - 1], 20),
        Some(b'G') => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let bytes = digits.parse::<usize>().ok().and_then(|number| number.checked_mul(1 << shift));
    bytes.ok_or_else(|| "not a number of bytes, such as 500000, 64K or 16M".to_owned())
}
