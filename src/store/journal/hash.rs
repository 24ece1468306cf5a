//! SHA-256 as the journal writes it: sixty-four lower-case hexadecimal digits.

use std::fmt;

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

/// How many characters a hash is written with.
pub(in crate::store) const HEX: usize = 64;

impl Hash {
    /// What the first line of a journal names as the one before it.
    pub const NONE: Hash = Hash([0; 32]);

    /// Returns the hash of `parts`, one after the other.
    pub(in crate::store) fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Hash(hasher.finalize().into())
    }

    /// Returns the hash that `hex` writes. Upper case is damage, not spelling: one flipped bit makes an `A` of an `a`.
    pub(in crate::store) fn parse(hex: &[u8]) -> Option<Self> {
        let hex: &[u8; HEX] = hex.try_into().ok()?;
        let mut bytes = [0; 32];
        let mut all = 0;
        for (byte, [high, low]) in bytes.iter_mut().zip(hex.as_chunks().0) {
            let (high, low) = (DIGITS[usize::from(*high)], DIGITS[usize::from(*low)]);
            all |= high | low;
            *byte = high << 4 | low;
        }
        // A digit has four bits; what is none has them all.
        (all < 16).then_some(Hash(bytes))
    }
}

/// `bytes` in lower-case hexadecimal.
pub(in crate::store) fn hex(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [LETTERS[usize::from(b >> 4)], LETTERS[usize::from(b & 15)]]).map(char::from).collect()
}

/// What each byte is worth as a digit; [`NO_DIGIT`] for those that are none.
const DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value] as usize] = value as u8;
        value += 1;
    }
    digits
};
const NO_DIGIT: u8 = u8::MAX;

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
