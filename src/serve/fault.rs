//! What is wrong with a request, as an error of GraphQL: its code, its place, and the limit that it exceeds.

use async_graphql::{Pos, ServerError, Value};

/// As much of a message as clients are told: parser and validation quote what they stopped at, however long
/// that is.
const MOST_CHARACTERS: usize = 300;

/// An error with a code, at no place of the document.
pub(super) fn refused(code: &str, message: &str) -> ServerError {
    coded(message.to_owned(), None, code)
}

/// An error with a code.
pub(super) fn coded(message: String, at: Option<Pos>, code: &str) -> ServerError {
    with_code(ServerError::new(message, at), code)
}

/// An error that names the limit that a request exceeds: how much it asks for, where that is known, and how
/// much it may.
pub(super) fn exceeded(
    code: &str,
    limit: &str,
    asked: Option<u64>,
    allowed: u64,
    message: &str,
) -> ServerError {
    let mut error = refused(code, message);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("limit", limit);
    if let Some(asked) = asked {
        extensions.set("asked", asked);
    }
    extensions.set("allowed", allowed);
    error
}

/// The error with a code.
pub(super) fn with_code(mut error: ServerError, code: &str) -> ServerError {
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", Value::from(code));
    error
}

/// Cuts a message that repeats what the client sent.
pub(super) fn shorten(error: &mut ServerError) {
    if error.message.len() > MOST_CHARACTERS {
        error.message = error.message.chars().take(MOST_CHARACTERS).collect();
    }
}
