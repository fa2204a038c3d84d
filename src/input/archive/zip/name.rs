//! Names of members and their encodings.

use std::borrow::Cow;

use encoding_rs::EUC_KR;

use crate::input::source::display_bytes;
use crate::sys::compression::Crc32;

const FLAG_UTF8: u16 = 1 << 11;
/// Info-ZIP's Unicode path.
pub const EXTRA_UNICODE_PATH: u16 = 0x7075;
/// Maximum length of a name in findings and records.
pub const MAX_NAME_BYTES: usize = 4096;

/// Decodes a name: the Unicode path of its extra field `unicode`, UTF-8, or CP949, the encoding of Korean Windows, which no flag
/// announces. The name ends at a NUL, as for other readers.
pub fn decode(raw: &[u8], flags: u16, unicode: Option<&[u8]>) -> String {
    let unicode = unicode.filter(|_| flags & FLAG_UTF8 == 0).and_then(|field| unicode_path(raw, field));
    let name = unicode.map_or_else(|| guess(raw), Cow::Borrowed);
    name.split('\0').next().unwrap_or_default().to_owned()
}

/// Decodes UTF-8 or CP949; bytes that are neither are escaped.
fn guess(raw: &[u8]) -> Cow<'_, str> {
    if let Ok(name) = str::from_utf8(raw) {
        return Cow::Borrowed(name);
    }
    let korean = EUC_KR.decode_without_bom_handling_and_without_replacement(raw);
    korean.unwrap_or_else(|| display_bytes(raw))
}

/// Returns the path of the extra field, unless its checksum shows that the name was changed later.
fn unicode_path<'f>(raw: &[u8], field: &'f [u8]) -> Option<&'f str> {
    let (version, rest) = field.split_first()?;
    let (crc, path) = rest.split_first_chunk()?;
    let mut of_name = Crc32::new();
    of_name.update(raw);
    let is_current = *version == 1 && of_name.sum() == u32::from_le_bytes(*crc);
    str::from_utf8(path).ok().filter(|_| is_current)
}

/// Returns `true` for hosts that separate folders by `\`: FAT, HPFS, NTFS (two numbers) and VFAT.
pub fn has_backslashes_for_folders(host: u8) -> bool {
    matches!(host, 0 | 6 | 10 | 11 | 14)
}

/// Replaces `\` by `/` in a name that contains no `/`.
pub fn with_folders(name: &str) -> Cow<'_, str> {
    match name.contains('\\') && !name.contains('/') {
        true => Cow::Owned(name.replace('\\', "/")),
        false => Cow::Borrowed(name),
    }
}

/// Shortens a name to [`MAX_NAME_BYTES`].
pub fn truncate(mut name: String) -> String {
    name.truncate(name.floor_char_boundary(MAX_NAME_BYTES));
    name
}
