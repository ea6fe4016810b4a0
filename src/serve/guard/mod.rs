//! What is looked at before a document is parsed and before it is run, in time linear in its length.
//!
//! The library's own limits come too late: its parser overflows the stack on nested brackets, it
//! expands fragments as often as they are spread, and parts of its validation are quadratic.

pub mod cost;
mod expansion;
mod given;
pub mod kinds;
pub mod limits;
pub mod shapes;
mod text;

#[cfg(test)]
mod samples;

use async_graphql::{
    ServerError,
    parser::{parse_query, types::ExecutableDocument},
};

use self::limits::{Limits, with_code};
use crate::error::code;

/// As much of the parser's message as clients are told: it quotes the line at which it stopped,
/// however long that is.
const MOST_CHARACTERS: usize = 300;

/// The parsed document, if validating and running any of its operations is safe.
pub fn checked(text: &str, limits: &Limits) -> Result<ExecutableDocument, ServerError> {
    text::check(text, limits)?;
    let document = parse_query(text).map_err(|error| {
        let mut error = ServerError::from(error);
        error.message = error.message.chars().take(MOST_CHARACTERS).collect();
        with_code(error, code::GRAPHQL_PARSE_FAILED)
    })?;
    expansion::check(&document, limits)?;
    Ok(document)
}

#[cfg(test)]
#[path = "mod_tests.rs"]
mod tests;
