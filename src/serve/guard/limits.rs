//! How much a request may ask for, and what is told where it asks for more.

use std::fmt::{self, Display, Formatter};

use async_graphql::{Pos, ServerError, Value};

use crate::{config::Limits as Settings, error::code};

/// How much a request may ask for.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The bytes of the document.
    pub document_bytes: usize,
    /// Its tokens: names, numbers, texts and punctuation.
    pub tokens: usize,
    /// How deep its brackets nest, and its selections once fragments are written out: parser,
    /// validation and execution need stack for each level.
    pub nesting: usize,
    /// The characters of a name or a number.
    pub name_length: usize,
    /// The fields of all its operations once fragments are written out.
    pub fields: usize,
    /// How deep fields nest, those of introspection apart.
    pub depth: usize,
    /// The aliases of all its operations once fragments are written out.
    pub aliases: usize,
    /// The fields of an operation that are in none other.
    pub root_fields: usize,
    /// The directives of all its operations once fragments are written out.
    pub directives: usize,
    /// The variables of an operation.
    pub variables: usize,
    /// How many lists nest in introspection: `types`, `fields`, `interfaces`, `possibleTypes` and
    /// `inputFields`.
    pub introspection_depth: usize,
    /// The fields that the answers to introspection have as roughly reckoned: see `expansion`.
    pub introspection_cost: usize,
    /// The fields that an answer can have at most, as [`super::cost`] reckons.
    pub cost: usize,
}

impl From<&Settings> for Limits {
    fn from(settings: &Settings) -> Self {
        Self {
            document_bytes: settings.max_document_bytes,
            tokens: settings.max_tokens,
            nesting: settings.max_nesting,
            name_length: settings.max_name_length,
            fields: settings.max_fields,
            depth: settings.max_depth,
            aliases: settings.max_aliases,
            root_fields: settings.max_root_fields,
            directives: settings.max_directives,
            variables: settings.max_variables,
            introspection_depth: settings.max_introspection_depth,
            introspection_cost: settings.max_introspection_cost,
            cost: settings.max_cost,
        }
    }
}

/// One of the [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// [`Limits::document_bytes`]
    DocumentBytes,
    /// [`Limits::tokens`]
    Tokens,
    /// [`Limits::nesting`]
    Nesting,
    /// [`Limits::name_length`]
    NameLength,
    /// [`Limits::fields`]
    Fields,
    /// [`Limits::depth`]
    Depth,
    /// [`Limits::aliases`]
    Aliases,
    /// [`Limits::root_fields`]
    RootFields,
    /// [`Limits::directives`]
    Directives,
    /// [`Limits::variables`]
    Variables,
    /// [`Limits::introspection_depth`]
    IntrospectionDepth,
    /// [`Limits::introspection_cost`]
    IntrospectionCost,
    /// [`Limits::cost`]
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
            Self::DocumentBytes => limits.document_bytes,
            Self::Tokens => limits.tokens,
            Self::Nesting => limits.nesting,
            Self::NameLength => limits.name_length,
            Self::Fields => limits.fields,
            Self::Depth => limits.depth,
            Self::Aliases => limits.aliases,
            Self::RootFields => limits.root_fields,
            Self::Directives => limits.directives,
            Self::Variables => limits.variables,
            Self::IntrospectionDepth => limits.introspection_depth,
            Self::IntrospectionCost => limits.introspection_cost,
            Self::Cost => limits.cost,
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
        let mut error = coded(refusal.message, refusal.at, code::LIMIT_EXCEEDED);
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("limit", Value::from(refusal.limit.name()));
        extensions.set("asked", Value::from(refusal.asked));
        extensions.set("allowed", Value::from(refusal.allowed));
        error
    }
}

/// An error with a code.
pub(super) fn coded(message: String, at: Option<Pos>, code: &str) -> ServerError {
    with_code(ServerError::new(message, at), code)
}

/// The error with a code.
pub(crate) fn with_code(mut error: ServerError, code: &str) -> ServerError {
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", Value::from(code));
    error
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
