//! What a document's text is allowed to be: one pass over it, before the parser sees it.
//!
//! The parser takes stack for each bracket that is open, and overflows it: what we believe to be
//! inside a text in quotes must be inside one for the parser too. It reads `"""` that nothing ends
//! as an empty text and the begin of another (a list `["""a" [[[[` has brackets), and looks for
//! the end anew at each of them, in quadratic time. By the specification both are no GraphQL: a
//! text that does not end is refused here.

use async_graphql::{Pos, ServerError};

use super::limits::{Limit, Limits};
use crate::{error::code, serve::fault::coded};

/// Whether the parser may see this text. It stops at the first excess.
pub(super) fn check(text: &str, limits: &Limits) -> Result<(), ServerError> {
    if text.len() > limits.max_document_bytes {
        let asked = text.len() as u64;
        return Err(Limit::DocumentBytes.refusal(asked, limits, None).into());
    }
    let scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
    };
    scanner.scan(limits).map_err(|fault| match fault {
        Fault::TooMuch(limit, asked, at) => {
            limit.refusal(asked, limits, Some(place(text, at))).into()
        }
        Fault::Endless(at) => coded(
            "A text in quotes has no end.".to_owned(),
            Some(place(text, at)),
            code::GRAPHQL_PARSE_FAILED,
        ),
    })
}

/// Why the parser may not see a text, and at which byte.
enum Fault {
    TooMuch(Limit, u64, usize),
    Endless(usize),
}

/// Reads tokens (GraphQL, section 2.1.6) without keeping them.
struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Scanner<'_> {
    fn scan(mut self, limits: &Limits) -> Result<(), Fault> {
        let (mut tokens, mut open) = (0, 0usize);
        while let Some(&byte) = self.bytes.get(self.at) {
            let start = self.at;
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                    self.at += 1;
                    continue;
                }
                b'#' => {
                    self.skip(|byte| !matches!(byte, b'\n' | b'\r'));
                    continue;
                }
                _ if self.starts_with("\u{feff}") => {
                    self.at += 3;
                    continue;
                }
                b'"' => self.quoted()?,
                b'A'..=b'Z' | b'a'..=b'z' | b'_' => self.skip(is_name),
                b'0'..=b'9' | b'-' => self.number(),
                b'.' if self.starts_with("...") => self.at += 3,
                0x80.. => self.skip(|byte| byte >= 0x80),
                _ => self.at += 1,
            }
            tokens += 1;
            if tokens > limits.max_tokens {
                return Err(Fault::TooMuch(Limit::Tokens, tokens as u64, start));
            }
            match byte {
                b'{' | b'[' | b'(' => open += 1,
                b'}' | b']' | b')' => open = open.saturating_sub(1),
                b'"' => continue,
                _ => {}
            }
            if open > limits.max_nesting {
                return Err(Fault::TooMuch(Limit::Nesting, open as u64, start));
            }
            let length = self.at - start;
            if length > limits.max_name_length {
                return Err(Fault::TooMuch(Limit::NameLength, length as u64, start));
            }
        }
        Ok(())
    }

    fn starts_with(&self, text: &str) -> bool {
        self.bytes[self.at..].starts_with(text.as_bytes())
    }

    fn skip(&mut self, is: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|byte| is(*byte)) {
            self.at += 1;
        }
    }

    /// A number, or what begins like one: the parser says what is wrong with it.
    fn number(&mut self) {
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            let signed =
                matches!(byte, b'+' | b'-') && matches!(self.bytes[self.at - 1], b'e' | b'E');
            if !signed && byte != b'.' && !is_name(byte) {
                return;
            }
            self.at += 1;
        }
    }

    /// A text in quotes (GraphQL, section 2.9.4), to its end.
    fn quoted(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let block = self.starts_with(r#"""""#);
        self.at += if block { 3 } else { 1 };
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' if block && self.starts_with(r#"\""""#) => self.at += 4,
                b'"' if block && self.starts_with(r#"""""#) => {
                    self.at += 3;
                    return Ok(());
                }
                b'"' if !block => {
                    self.at += 1;
                    return Ok(());
                }
                b'\n' | b'\r' if !block => return Err(Fault::Endless(start)),
                // What is escaped is never a line's end: the text ends there, wrongly.
                b'\\' if !block && !matches!(self.bytes.get(self.at + 1), Some(b'\n' | b'\r')) => {
                    self.at += 2;
                }
                _ => self.at += 1,
            }
        }
        Err(Fault::Endless(start))
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Line and column, both from 1, as the parser reckons them.
fn place(text: &str, at: usize) -> Pos {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before
        .rfind(['\n', '\r'])
        .map_or(before, |end| &before[end + 1..]);
    Pos {
        line,
        column: column.chars().count() + 1,
    }
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
