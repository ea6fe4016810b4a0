//! What texts and addresses must be like.

use super::Fault;

/// A text must say something, and not too much.
pub fn text(path: &str, text: &str, most: usize) -> Option<Fault> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        let message = "there is no text: write some, or leave the field out if it may be left out";
        Some(Fault::new(path, message))
    } else if length > most {
        let message = format!("there are {length} characters, but at most {most} are allowed");
        Some(Fault::new(path, message))
    } else {
        None
    }
}

/// An index of PostgreSQL takes up to 2,704 bytes.
const MAX_ADDRESS: usize = 2_000;

/// An address must be one on the web.
pub(super) fn address(path: &str, address: &str) -> Option<Fault> {
    let fault = |what| {
        let message = format!("`{address}` {what}: an address is written https://www.tech.gov.sg/");
        Some(Fault::new(path, message))
    };
    if address.len() > MAX_ADDRESS {
        let message = format!(
            "it has {} bytes, but an address has at most {MAX_ADDRESS}",
            address.len()
        );
        return Some(Fault::new(path, message));
    }
    match url::Url::parse(address) {
        Err(error) => fault(format!("is no address ({error})")),
        Ok(url) if !matches!(url.scheme(), "http" | "https") => {
            fault("is not on the web".to_owned())
        }
        Ok(url) if url.as_str() != address => {
            let message = format!("`{address}` is not in normal form: write `{url}`");
            Some(Fault::new(path, message))
        }
        Ok(_) => None,
    }
}
