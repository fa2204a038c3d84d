//! The hash algorithms that crawlers state: SHA-256, and those of other writers.

use std::fmt;

use crate::record::content_hash::sha256::{Digest as _, Sha256, Sha512};
use blake2::Blake2bVarCore;
use blake2::digest::Update;
use blake2::digest::block_api::{Buffer, UpdateCore, VariableOutputCore};
use md5::Md5;
use sha1::Sha1;

/// Maximum size of a digest in bytes.
pub const MAX_DIGEST_BYTES: usize = 64;

/// One hash algorithm.
///
/// MD5 and SHA-1 prove that a text was not changed by accident. Whoever wants to can make another text with the same
/// digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// SHA-256.
    Sha256,
    /// SHA-1.
    Sha1,
    /// MD5.
    Md5,
    /// SHA-512.
    Sha512,
    /// BLAKE2b with a digest of this size in bytes, from 1 to 64.
    Blake2b(u8),
}

impl Algorithm {
    /// Returns the size of a digest in bytes.
    pub fn digest_bytes(self) -> usize {
        match self {
            Algorithm::Sha256 => 32,
            Algorithm::Sha1 => 20,
            Algorithm::Md5 => 16,
            Algorithm::Sha512 => 64,
            Algorithm::Blake2b(size) => usize::from(size).clamp(1, MAX_DIGEST_BYTES),
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Algorithm::Sha256 => "SHA-256",
            Algorithm::Sha1 => "SHA-1",
            Algorithm::Md5 => "MD5",
            Algorithm::Sha512 => "SHA-512",
            Algorithm::Blake2b(_) => return write!(f, "BLAKE2b-{}", self.digest_bytes() * 8),
        })
    }
}

/// A digest of up to 64 bytes.
#[derive(Debug, Clone, Copy)]
pub struct Digest {
    bytes: [u8; MAX_DIGEST_BYTES],
    length: usize,
}

impl Digest {
    /// Returns the digest's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl From<&[u8]> for Digest {
    /// Copies the digest; bytes after the 64th are dropped.
    fn from(digest: &[u8]) -> Self {
        let length = digest.len().min(MAX_DIGEST_BYTES);
        let mut bytes = [0; MAX_DIGEST_BYTES];
        bytes[..length].copy_from_slice(&digest[..length]);
        Digest { bytes, length }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Hasher of a growing text. A clone continues from the text so far.
#[derive(Clone)]
pub struct Hasher(HasherState);

#[derive(Clone)]
enum HasherState {
    Sha256(Sha256),
    Sha1(Sha1),
    Md5(Md5),
    Sha512(Sha512),
    Blake2b(Blake2b),
}

impl Hasher {
    /// Creates the hasher of an empty text.
    pub fn new(algorithm: Algorithm) -> Self {
        Hasher(match algorithm {
            Algorithm::Sha256 => HasherState::Sha256(Sha256::default()),
            Algorithm::Sha1 => HasherState::Sha1(Sha1::default()),
            Algorithm::Md5 => HasherState::Md5(Md5::default()),
            Algorithm::Sha512 => HasherState::Sha512(Sha512::default()),
            Algorithm::Blake2b(_) => HasherState::Blake2b(Blake2b::new(algorithm.digest_bytes())),
        })
    }

    /// Appends `more` to the text.
    pub fn update(&mut self, more: &[u8]) {
        match &mut self.0 {
            HasherState::Sha256(state) => Update::update(state, more),
            HasherState::Sha1(state) => Update::update(state, more),
            HasherState::Md5(state) => Update::update(state, more),
            HasherState::Sha512(state) => Update::update(state, more),
            HasherState::Blake2b(state) => state.update(more),
        }
    }

    /// Returns the digest of the text.
    pub fn finalize(self) -> Digest {
        match self.0 {
            HasherState::Sha256(state) => Digest::from(&state.finalize()[..]),
            HasherState::Sha1(state) => Digest::from(&state.finalize()[..]),
            HasherState::Md5(state) => Digest::from(&state.finalize()[..]),
            HasherState::Sha512(state) => Digest::from(&state.finalize()[..]),
            HasherState::Blake2b(state) => state.finalize(),
        }
    }
}

/// BLAKE2b with a size that is known at run time only.
#[derive(Clone)]
struct Blake2b {
    core: Blake2bVarCore,
    buffer: Buffer<Blake2bVarCore>,
    size: usize,
}

impl Blake2b {
    /// Creates the state of an empty text, with digests of `size` bytes, from 1 to 64.
    fn new(size: usize) -> Self {
        let core = Blake2bVarCore::new(size).expect("BLAKE2b gives 1 to 64 bytes");
        Blake2b { core, buffer: Buffer::<Blake2bVarCore>::default(), size }
    }

    fn update(&mut self, more: &[u8]) {
        self.buffer.digest_blocks(more, |blocks| self.core.update_blocks(blocks));
    }

    fn finalize(mut self) -> Digest {
        let mut whole = Default::default();
        self.core.finalize_variable_core(&mut self.buffer, &mut whole);
        Digest::from(&whole[..self.size])
    }
}

#[cfg(test)]
mod tests {
    use crate::record::content_hash::algorithm::{Algorithm, Hasher};

    #[track_caller]
    fn digest(algorithm: Algorithm, expected: &str) {
        let mut hasher = Hasher::new(algorithm);
        hasher.update(b"Once there ");
        let mut clone = hasher.clone();
        hasher.update(b"was nothing.");
        clone.update(b"was a wall.");
        assert_eq!(clone.finalize().to_string(), expected, "{algorithm}");
    }

    /// The digests are `hashlib`'s.
    #[test]
    fn digests_are_those_of_another_implementation() {
        digest(Algorithm::Sha256, "1f369aa37b13c7a47d37c95d6f8b23d506ff46c667cab0c675151c1d9ab451e8");
        digest(Algorithm::Sha1, "990ed9192393c131da7547a83d0edee1bb43022d");
        digest(Algorithm::Md5, "c040a379364e51bed179d8d98f2d651c");
        digest(
            Algorithm::Sha512,
            "98384c1c500790b12298a793fcbcabfe6b85e7e6aaf5c9851256556e937a47e422f2edfd55df15bcbee8609fd416c1ff274268a285d37f4641ecd97afab70781",
        );
        digest(
            Algorithm::Blake2b(64),
            "e6cb745bdbafc282fde05aa65863f1e51c041d312226b28a164a807735bdb87f84c860543187fa1a2b35ad86e2793b69041d2fe44fa6d177bcc00959363fa2ab",
        );
        digest(Algorithm::Blake2b(32), "a446e696d763d1dbfebd681593f1d42ef9e3dab1f84da280cc504e90d934409a");
        digest(Algorithm::Blake2b(8), "9bffece9c6fa6b82");
    }
}
