//! HMAC-SHA-256 (RFC 2104): a hash that only the holder of a key can compute.

use hmac::{Hmac, KeyInit, Mac};

use crate::record::content_hash::sha256::Sha256;

/// Returns the HMAC-SHA-256 of the joined `parts`.
pub fn keyed_digest(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key).expect("a key may have any length");
    parts.iter().for_each(|part| hmac.update(part));
    hmac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::keyed_digest;

    /// The cases of RFC 4231 whose key is not longer than 32 bytes: HMAC fills a short key up with zeros.
    #[test]
    fn the_vectors_of_rfc_4231_are_met() {
        let cases: [(&[u8], &[u8], &str); 4] = [
            (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (&[0xaa; 20], &[0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
            (
                &std::array::from_fn::<u8, 25, _>(|index| index as u8 + 1),
                &[0xcd; 50],
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            ),
        ];
        for (short, text, expected) in cases {
            let mut key = [0; 32];
            key[..short.len()].copy_from_slice(short);
            let (first, second) = text.split_at(text.len() / 3);
            let digest = keyed_digest(&key, &[first, second]);
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hex, expected);
        }
    }
}
