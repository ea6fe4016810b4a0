//! What tells whether a text is the same as another: its SHA-256.

use sha2::{Digest, Sha256};

/// The SHA-256 of a text, in small hexadecimal letters.
pub fn sha256(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
            hex
        })
}
