//! What is looked at before a document is parsed and before it is run, in time linear in its length.
//!
//! The library's own limits come too late: its parser overflows the stack on nested brackets, it
//! expands fragments as often as they are spread, and parts of its validation are quadratic.

pub mod columns;
pub mod cost;
mod expansion;
mod given;
pub mod kinds;
pub mod limits;
pub mod repeats;
pub mod shapes;
mod text;

#[cfg(test)]
mod samples;

use async_graphql::{
    Name, Positioned, ServerError,
    parser::{
        parse_query,
        types::{ExecutableDocument, OperationDefinition},
    },
};

use self::limits::Limits;
use super::fault::{shorten, with_code};
use crate::error::code;

/// The parsed document, if validating and running any of its operations is safe.
pub fn checked(text: &str, limits: &Limits) -> Result<ExecutableDocument, ServerError> {
    text::check(text, limits)?;
    let document = parse_query(text).map_err(|error| {
        let mut error = ServerError::from(error);
        shorten(&mut error);
        with_code(error, code::GRAPHQL_PARSE_FAILED)
    })?;
    expansion::check(&document, limits)?;
    Ok(document)
}

/// The operation of this name, or the only one if none is named, and its name.
pub fn chosen<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Option<(Option<&'d Name>, &'d Positioned<OperationDefinition>)> {
    let mut operations = document.operations.iter();
    match name {
        Some(name) => operations.find(|(known, _)| known.is_some_and(|known| known == name)),
        None => operations.next().filter(|_| operations.next().is_none()),
    }
}

#[cfg(test)]
#[path = "mod_tests.rs"]
mod tests;
