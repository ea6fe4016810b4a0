//! How much a request may ask for, and what is told where it asks for more.

use std::fmt::{self, Display, Formatter};

use async_graphql::{Pos, ServerError};

pub use crate::config::Limits;
use crate::{error::code, serve::fault::exceeded};

/// One of the [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// [`Limits::max_document_bytes`]
    DocumentBytes,
    /// [`Limits::max_tokens`]
    Tokens,
    /// [`Limits::max_nesting`]
    Nesting,
    /// [`Limits::max_name_length`]
    NameLength,
    /// [`Limits::max_fields`]
    Fields,
    /// [`Limits::max_depth`]
    Depth,
    /// [`Limits::max_aliases`]
    Aliases,
    /// [`Limits::max_root_fields`]
    RootFields,
    /// [`Limits::max_directives`]
    Directives,
    /// [`Limits::max_variables`]
    Variables,
    /// [`Limits::max_introspection_depth`]
    IntrospectionDepth,
    /// [`Limits::max_introspection_cost`]
    IntrospectionCost,
    /// [`Limits::max_cost`]
    Cost,
}

impl Limit {
    /// All of them, in the order in which they are looked at.
    pub const ALL: [Self; 13] = [
        Self::DocumentBytes,
        Self::Tokens,
        Self::Nesting,
        Self::NameLength,
        Self::Fields,
        Self::Depth,
        Self::Aliases,
        Self::RootFields,
        Self::Directives,
        Self::Variables,
        Self::IntrospectionDepth,
        Self::IntrospectionCost,
        Self::Cost,
    ];

    /// Its name for clients. It never changes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DocumentBytes => "documentBytes",
            Self::Tokens => "tokens",
            Self::Nesting => "nesting",
            Self::NameLength => "nameLength",
            Self::Fields => "fields",
            Self::Depth => "depth",
            Self::Aliases => "aliases",
            Self::RootFields => "rootFields",
            Self::Directives => "directives",
            Self::Variables => "variables",
            Self::IntrospectionDepth => "introspectionDepth",
            Self::IntrospectionCost => "introspectionCost",
            Self::Cost => "cost",
        }
    }

    /// How much of it a request may ask for.
    pub const fn allowed(self, limits: &Limits) -> u64 {
        let allowed = match self {
            Self::DocumentBytes => limits.max_document_bytes,
            Self::Tokens => limits.max_tokens,
            Self::Nesting => limits.max_nesting,
            Self::NameLength => limits.max_name_length,
            Self::Fields => limits.max_fields,
            Self::Depth => limits.max_depth,
            Self::Aliases => limits.max_aliases,
            Self::RootFields => limits.max_root_fields,
            Self::Directives => limits.max_directives,
            Self::Variables => limits.max_variables,
            Self::IntrospectionDepth => limits.max_introspection_depth,
            Self::IntrospectionCost => limits.max_introspection_cost,
            Self::Cost => limits.max_cost,
        };
        allowed as u64
    }

    /// A request that asks for more of it than is allowed, at the place where it does.
    pub fn refusal(self, asked: u64, limits: &Limits, at: Option<Pos>) -> Refusal {
        let allowed = self.allowed(limits);
        Refusal {
            limit: self,
            asked,
            allowed,
            at,
            message: self.sentence(asked, allowed),
        }
    }

    fn sentence(self, asked: u64, allowed: u64) -> String {
        match self {
            Self::DocumentBytes => {
                format!("The document has {asked} bytes, but at most {allowed} are allowed.")
            }
            Self::Tokens => {
                format!("The document has more than {allowed} tokens, the most allowed.")
            }
            Self::Nesting => {
                format!("The document nests deeper than {allowed} levels, the most allowed.")
            }
            Self::NameLength => format!(
                "A name or number has {asked} characters, but at most {allowed} are allowed."
            ),
            Self::Fields => format!(
                "The document has {asked} fields once its fragments are written out, but at most {allowed} are allowed."
            ),
            Self::Depth => {
                format!("The fields nest {asked} levels, but at most {allowed} are allowed.")
            }
            Self::Aliases => format!(
                "The document has {asked} aliases once its fragments are written out, but at most {allowed} are allowed."
            ),
            Self::RootFields => {
                format!("The operation has {asked} root fields, but at most {allowed} are allowed.")
            }
            Self::Directives => format!(
                "The document has {asked} directives once its fragments are written out, but at most {allowed} are allowed."
            ),
            Self::Variables => {
                format!("The operation has {asked} variables, but at most {allowed} are allowed.")
            }
            Self::IntrospectionDepth => format!(
                "Introspection nests {asked} lists of types and fields, but at most {allowed} are allowed."
            ),
            Self::IntrospectionCost => {
                format!("Introspection costs {asked}, but at most {allowed} is allowed.")
            }
            Self::Cost => format!("The request costs {asked}, but at most {allowed} is allowed."),
        }
    }
}

impl Display for Limit {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A request asks for too much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Of what.
    pub limit: Limit,
    /// How much it asks for. For `tokens` and `nesting`, which are not counted to the end, this is
    /// the first number that is too large.
    pub asked: u64,
    /// How much it may ask for.
    pub allowed: u64,
    /// Where the limit is passed.
    pub at: Option<Pos>,
    /// All of this in one sentence.
    pub message: String,
}

impl From<Refusal> for ServerError {
    fn from(refusal: Refusal) -> Self {
        let Refusal {
            limit,
            asked,
            allowed,
            at,
            message,
        } = refusal;
        let code = code::LIMIT_EXCEEDED;
        let mut error = exceeded(code, limit.name(), Some(asked), allowed, &message);
        error.locations = at.into_iter().collect();
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::guard::samples::limits;

    #[test]
    fn a_refusal_tells_which_limit_how_much_and_where() {
        let at = Pos { line: 2, column: 7 };
        let refusal = Limit::RootFields.refusal(51, &limits(), Some(at));
        let error = serde_json::to_value(ServerError::from(refusal)).unwrap();
        assert_eq!(
            error,
            serde_json::json!({
                "message": "The operation has 51 root fields, but at most 50 are allowed.",
                "locations": [{ "line": 2, "column": 7 }],
                "extensions": {
                    "code": "LIMIT_EXCEEDED",
                    "limit": "rootFields",
                    "asked": 51,
                    "allowed": 50,
                },
            })
        );
    }

    #[test]
    fn each_limit_has_its_own_name() {
        let mut names = Limit::ALL.map(Limit::name).to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Limit::ALL.len());
    }
}
