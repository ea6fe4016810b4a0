//! Every way a resolver can fail, and what the caller is told of it.

use std::sync::Arc;

use async_graphql::ErrorExtensionValues;
use sea_orm::DbErr;

use crate::store::Trouble;

/// What resolvers return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a field returns that can be null and can fail: a failure nulls the field alone.
///
/// async-graphql would null the whole parent for a `Result<Option<T>>`.
pub type Nullable<T> = Option<Result<T>>;

/// Why a field has no value.
// No `Display`: async-graphql makes its own error of everything that has one, past the conversion
// below.
#[derive(Clone, Debug)]
pub enum Error {
    /// The caller asked for something that cannot be; the message says what to change.
    BadInput(String),
    /// The caller gave a cursor that does not belong to this list; the message says why.
    BadCursor(String),
    /// The request asks for too much; the message says of what, and how much is allowed.
    TooMuch(String),
    /// The lists of the request have more rows in all than are allowed, which are so many.
    TooManyRows(usize),
    /// We failed. The cause goes to the log, never to the caller.
    Internal(Arc<DbErr>),
}

/// What `extensions.code` of an error can be.
pub mod code {
    /// An argument has a value that the field cannot take.
    pub const BAD_USER_INPUT: &str = "BAD_USER_INPUT";
    /// A cursor is broken, or belongs to another list or order.
    pub const BAD_CURSOR: &str = "BAD_CURSOR";
    /// The document is no GraphQL.
    pub const GRAPHQL_PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
    /// The document has no such operation, or several of which none is chosen.
    pub const OPERATION_RESOLUTION_FAILURE: &str = "OPERATION_RESOLUTION_FAILURE";
    /// The document does not fit the schema.
    pub const GRAPHQL_VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";
    /// The request asks for more than a limit allows; the message says which.
    pub const LIMIT_EXCEEDED: &str = "LIMIT_EXCEEDED";
    /// The server has no document with this hash (any more): send it with the document.
    pub const PERSISTED_QUERY_NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";
    /// The server knows no persisted queries of this version.
    pub const PERSISTED_QUERY_NOT_SUPPORTED: &str = "PERSISTED_QUERY_NOT_SUPPORTED";
    /// What came is no GraphQL request.
    pub const BAD_REQUEST: &str = "BAD_REQUEST";
    /// A page of another site sent it, or could have: send it with a header that says otherwise.
    pub const CSRF_REFUSED: &str = "CSRF_REFUSED";
    /// The server answers no other documents than its trusted ones.
    pub const DOCUMENT_NOT_TRUSTED: &str = "DOCUMENT_NOT_TRUSTED";
    /// The server has no trusted document with this identifier.
    pub const DOCUMENT_NOT_FOUND: &str = "DOCUMENT_NOT_FOUND";
    /// None of the media types that the client takes can be given.
    pub const NOT_ACCEPTABLE: &str = "NOT_ACCEPTABLE";
    /// The method is not allowed for this.
    pub const METHOD_NOT_ALLOWED: &str = "METHOD_NOT_ALLOWED";
    /// The body is of a media type, character set or coding that is not read.
    pub const UNSUPPORTED_MEDIA_TYPE: &str = "UNSUPPORTED_MEDIA_TYPE";
    /// The request, or the work for it, took longer than it may.
    pub const TIMEOUT: &str = "TIMEOUT";
    /// The database does not answer: try again.
    pub const SERVICE_UNAVAILABLE: &str = "SERVICE_UNAVAILABLE";
    /// We failed; the log has the cause, with the `requestId` that the error has.
    pub const INTERNAL_SERVER_ERROR: &str = "INTERNAL_SERVER_ERROR";
}

impl Error {
    /// The database's failure, if that is the cause.
    pub fn database(&self) -> Option<&DbErr> {
        match self {
            Self::Internal(cause) => Some(cause),
            _ => None,
        }
    }
}

/// What a caller is told of a failure of the database: a code and a message.
pub fn told(cause: &DbErr) -> (&'static str, &'static str) {
    match Trouble::of(cause) {
        Trouble::Broken | Trouble::Away => (
            code::SERVICE_UNAVAILABLE,
            "The content is out of reach for a moment: please try again.",
        ),
        Trouble::Stopped => (
            code::TIMEOUT,
            "The request took longer than requests may: ask for less at once.",
        ),
        Trouble::Other => (
            code::INTERNAL_SERVER_ERROR,
            "Something failed on our side. It is in our log; please try again later.",
        ),
    }
}

impl From<DbErr> for Error {
    fn from(cause: DbErr) -> Self {
        Self::Internal(Arc::new(cause))
    }
}

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        let most = match error {
            Error::TooManyRows(most) => Some(most),
            _ => None,
        };
        let (code, message, source) = match error {
            Error::BadInput(message) => (code::BAD_USER_INPUT, message, None),
            Error::BadCursor(message) => (code::BAD_CURSOR, message, None),
            Error::TooMuch(message) => (code::LIMIT_EXCEEDED, message, None),
            Error::TooManyRows(most) => (
                code::LIMIT_EXCEEDED,
                format!(
                    "the lists of this request have more than {most} rows in all, which is the limit: ask for smaller pages"
                ),
                None,
            ),
            Error::Internal(cause) => {
                let (code, message) = told(&cause);
                (code, message.to_owned(), Some(cause as _))
            }
        };
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", code);
        if let Some(most) = most {
            extensions.set("limit", "rows");
            extensions.set("allowed", most);
        }
        Self {
            message,
            source,
            extensions: Some(extensions),
        }
    }
}
