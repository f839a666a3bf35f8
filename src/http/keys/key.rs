//! A key: made, written and compared.

use sha2::{Digest as _, Sha256};
use std::fmt;
use subtle::ConstantTimeEq as _;

/// What a key begins with, so that it is known for what it is wherever it turns up.
const PREFIX: &str = "rolecall_";
/// Bytes of a key.
const BYTES: usize = 32;

/// A key as its owner has it. It is shown once, when it is made.
pub struct Key(String);

impl Key {
    /// A new one.
    ///
    /// # Errors
    /// Where the system has no random bytes to give.
    pub fn random() -> std::io::Result<Self> {
        let mut bytes = [0_u8; BYTES];
        getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
        Ok(Self(format!("{PREFIX}{}", hex(&bytes))))
    }

    /// As it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// What is kept of a key: its SHA-256 in hexadecimal digits.
pub(super) fn digest(key: &str) -> String {
    hex(&Sha256::digest(key.as_bytes()))
}

/// Whether a digest is this one, in a time that does not tell how much of it is.
pub(super) fn is_same(digest: &str, known: &str) -> bool {
    digest.as_bytes().ct_eq(known.as_bytes()).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_256_random_bits_and_its_digest_is_that_of_the_standard() {
        let (one, other) = (Key::random().unwrap(), Key::random().unwrap());
        assert_ne!(one.as_str(), other.as_str());
        assert_eq!(one.as_str().len(), PREFIX.len() + 2 * BYTES);
        // FIPS 180-2, appendix B.1
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(is_same(&digest("abc"), &digest("abc")) && !is_same(&digest("abc"), &digest("abd")));
        assert!(!is_same("", &digest("abc")));
        assert_eq!(format!("{one:?}"), "Key(…)");
    }
}
