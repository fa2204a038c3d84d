//! PAX records: `LENGTH KEY=VALUE` and a line feed each. A value may contain any byte.

/// Key and value of each record in the content of an extended header.
pub struct Records<'b>(&'b [u8]);

/// A record is not as long as it states, or has no key.
#[derive(Debug)]
pub struct Malformed;

impl<'b> Records<'b> {
    /// Creates an iterator over the records in `content`.
    pub fn new(content: &'b [u8]) -> Self {
        Records(content)
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Result<(&'b [u8], &'b [u8]), Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        // Some writers pad with NUL.
        if self.0.iter().all(|byte| *byte == 0) {
            return None;
        }
        let record = record(self.0);
        self.0 = record.map_or(&[], |(_, _, rest)| rest);
        Some(record.map(|(key, value, _)| (key, value)).ok_or(Malformed))
    }
}

/// Key and value of the first record, and the bytes after it.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = bytes.iter().position(|byte| *byte == b' ')?;
    let (record, rest) = bytes.split_at_checked(decimal(&bytes[..space])?.try_into().ok()?)?;
    let record = record.get(space + 1..)?.strip_suffix(b"\n")?;
    let equals = record.iter().position(|byte| *byte == b'=').filter(|length| *length > 0)?;
    Some((&record[..equals], &record[equals + 1..], rest))
}

/// Parses an unsigned decimal number.
pub fn decimal(digits: &[u8]) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    is_number.then(|| str::from_utf8(digits).ok()?.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use crate::input::archive::tar::pax::Records;

    fn records(content: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
        Records::new(content).collect::<Result<_, _>>().ok()
    }

    #[test]
    fn a_record_is_as_long_as_it_states() {
        assert_eq!(records(b"11 path=ab\n"), Some(vec![(&b"path"[..], &b"ab"[..])]));
        assert_eq!(records(b"12 path=a\nb\n7 k=v=\n").unwrap()[1], (&b"k"[..], &b"v="[..]));
        assert_eq!(records(b"11 path=ab\n\0\0\0").unwrap().len(), 1);
        assert_eq!(records(b"9 path=\n\0"), None, "its last byte is no line feed");
        for malformed in [
            &b"path=ab\n"[..],
            b"10 path=ab\n",
            b"12 path=ab\n",
            b"99 path=ab\n",
            b"+11 path=a\n",
            b"8 =path\n",
            b"7 path\n",
            b"3 \n",
            b"1 \n",
            b"0 path=ab\n",
            b"99999999999999999999 path=ab\n",
            b" path=ab\n",
            b"11 path=ab\n\0k",
        ] {
            assert_eq!(records(malformed), None, "{malformed:?}");
        }
    }
}
