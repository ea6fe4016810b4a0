//! What a client asks for: the parameters of a GraphQL request (GraphQL over HTTP, section 5).

use async_graphql::ServerError;
use axum::body::Bytes;
use serde_json::{Map, Value};

use super::fault::refused;
use crate::error::code;

/// One GraphQL request.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// The document; empty if it is meant by its hash or identifier.
    pub(super) query: String,
    /// Which of its operations.
    pub(super) operation_name: Option<String>,
    /// The values of its variables.
    pub(super) variables: Map<String, Value>,
    /// What protocols beside GraphQL say.
    pub(super) extensions: Map<String, Value>,
    /// Which trusted document.
    pub(super) document_id: Option<String>,
}

/// What came, as it came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sent {
    /// The body of a POST.
    Body(Bytes),
    /// The query of a GET's address.
    Address(Bytes),
}

/// What it holds.
pub(super) enum Content {
    /// One request.
    One(Asked),
    /// A list of requests.
    Batch(Vec<Asked>),
}

impl Sent {
    /// How long it is, in bytes.
    pub(super) fn len(&self) -> usize {
        let (Self::Body(text) | Self::Address(text)) = self;
        text.len()
    }

    /// A copy that shares its memory with nothing else that came.
    pub(super) fn copied(&self) -> Self {
        let copied = |text: &Bytes| Bytes::copy_from_slice(text);
        match self {
            Self::Body(text) => Self::Body(copied(text)),
            Self::Address(text) => Self::Address(copied(text)),
        }
    }

    /// What it asks for.
    pub(super) fn content(&self) -> Result<Content, ServerError> {
        match self {
            Self::Body(body) => of_body(body),
            Self::Address(query) => of_address(query).map(Content::One),
        }
    }
}

/// What a body asks for.
fn of_body(body: &[u8]) -> Result<Content, ServerError> {
    let value = serde_json::from_slice(body).map_err(|_| {
        bad("The body is not JSON: send an object such as {\"query\": \"{ goals { nodes { title } } }\"}.")
    })?;
    match value {
        Value::Array(requests) => {
            let requests: Result<_, _> = requests.into_iter().map(of_json).collect();
            Ok(Content::Batch(requests?))
        }
        value => Ok(Content::One(of_json(value)?)),
    }
}

/// What the query of an address asks for.
fn of_address(query: &[u8]) -> Result<Asked, ServerError> {
    let mut parameters = Map::new();
    for (name, value) in url::form_urlencoded::parse(query) {
        let value = match name.as_ref() {
            "variables" | "extensions" if value.is_empty() => Value::Null,
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|_| bad(&format!("`{name}` is not JSON: it is an object.")))?,
            _ => Value::String(value.into_owned()),
        };
        parameters.insert(name.into_owned(), value);
    }
    of_json(Value::Object(parameters))
}

/// What a JSON object asks for.
pub(super) fn of_json(value: Value) -> Result<Asked, ServerError> {
    let Value::Object(mut parameters) = value else {
        return Err(bad(
            "A request is a JSON object such as {\"query\": \"{ goals { nodes { title } } }\"}.",
        ));
    };
    let asked = Asked {
        query: text(&mut parameters, "query")?.unwrap_or_default(),
        operation_name: text(&mut parameters, "operationName")?.filter(|name| !name.is_empty()),
        variables: object(&mut parameters, "variables")?,
        extensions: object(&mut parameters, "extensions")?,
        document_id: None,
    };
    let asked = if asked.query.is_empty() {
        let document_id = document_id(&mut parameters)?;
        Asked {
            document_id,
            ..asked
        }
    } else {
        asked
    };
    let meant = asked.document_id.is_some() || asked.extensions.contains_key("persistedQuery");
    if asked.query.is_empty() && !meant {
        return Err(bad("There is no document: `query` has it."));
    }
    Ok(asked)
}

/// Relay's clients are written by their users, who call it one of these.
fn document_id(parameters: &mut Map<String, Value>) -> Result<Option<String>, ServerError> {
    for name in ["documentId", "doc_id", "id"] {
        if let Some(id) = text(parameters, name)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn text(parameters: &mut Map<String, Value>, name: &str) -> Result<Option<String>, ServerError> {
    match parameters.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(bad(&format!("`{name}` is not a text."))),
    }
}

fn object(
    parameters: &mut Map<String, Value>,
    name: &str,
) -> Result<Map<String, Value>, ServerError> {
    match parameters.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(bad(&format!("`{name}` is not an object."))),
    }
}

fn bad(message: &str) -> ServerError {
    refused(code::BAD_REQUEST, message)
}
