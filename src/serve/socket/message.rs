//! The messages of `graphql-transport-ws`, and why a socket is closed.

use std::error::Error as _;

use async_graphql::ServerError;
use axum::body::Bytes;
use serde::Deserialize;
use serde_json::Value;

use crate::serve::request::{self, Asked};

/// How long an operation's identifier may be, in bytes.
const LONGEST_ID: usize = 200;

/// What a client says.
pub(super) enum Said {
    Init,
    Ping,
    Pong,
    Subscribe { id: String, asked: Asked },
    Complete { id: String },
}

#[derive(Deserialize)]
struct Parts {
    r#type: String,
    id: Option<String>,
    payload: Option<Value>,
}

impl Said {
    /// Reads a message; anything that is none closes the socket.
    pub(super) fn read(text: &str) -> Result<Self, Closing> {
        let parts: Parts = serde_json::from_str(text)
            .map_err(|_| Closing::invalid("A message is a JSON object with a `type`"))?;
        let id = || {
            let id = parts.id.clone().filter(|id| !id.is_empty());
            let id = id.ok_or_else(|| Closing::invalid("The message has no `id`"))?;
            if id.len() > LONGEST_ID {
                return Err(Closing::invalid("The `id` is too long"));
            }
            Ok(id)
        };
        let payload = parts.payload.clone();
        let bare = matches!(payload, None | Some(Value::Null | Value::Object(_)));
        match parts.r#type.as_str() {
            "connection_init" | "ping" | "pong" if !bare => {
                Err(Closing::invalid("The `payload` is no object"))
            }
            "connection_init" => Ok(Self::Init),
            "ping" => Ok(Self::Ping),
            "pong" => Ok(Self::Pong),
            "complete" => Ok(Self::Complete { id: id()? }),
            "subscribe" => {
                let id = id()?;
                let asked = request::of_json(payload.unwrap_or_default())
                    .map_err(|error| Closing::invalid(&error.message))?;
                Ok(Self::Subscribe { id, asked })
            }
            _ => Err(Closing::invalid("There is no message of this `type`")),
        }
    }
}

/// What the server says.
pub(super) enum Told {
    Acknowledged,
    Pong,
    /// A result of an operation, as JSON.
    Next(String, Bytes),
    /// The answer to a request that is at fault, as JSON.
    Refused(String, Bytes),
    /// What is wrong with a request.
    Errors(String, Vec<ServerError>),
    Complete(String),
}

impl Told {
    /// The message. Results are put in as they are: they are long, and JSON already.
    pub(super) fn to_text(&self) -> String {
        let text = |bytes: &Bytes| String::from_utf8(bytes.to_vec()).expect("it is JSON");
        let quoted = |id: &String| Value::from(id.as_str()).to_string();
        let errors =
            |errors: &[ServerError]| serde_json::to_string(errors).expect("errors are JSON");
        match self {
            Self::Acknowledged => r#"{"type":"connection_ack"}"#.to_owned(),
            Self::Pong => r#"{"type":"pong"}"#.to_owned(),
            Self::Next(id, body) => format!(
                r#"{{"id":{},"type":"next","payload":{}}}"#,
                quoted(id),
                text(body)
            ),
            Self::Refused(id, body) => {
                let answer: Value = serde_json::from_slice(body).expect("it is JSON");
                let errors = &answer["errors"];
                format!(
                    r#"{{"id":{},"type":"error","payload":{errors}}}"#,
                    quoted(id)
                )
            }
            Self::Errors(id, told) => format!(
                r#"{{"id":{},"type":"error","payload":{}}}"#,
                quoted(id),
                errors(told)
            ),
            Self::Complete(id) => format!(r#"{{"id":{},"type":"complete"}}"#, quoted(id)),
        }
    }
}

/// Why a socket ends.
pub(super) enum Closing {
    /// The client is not there any more, or said goodbye.
    Gone,
    /// The client is told.
    With {
        /// The close code.
        code: u16,
        /// Why, in at most 123 bytes (RFC 6455, section 5.5).
        reason: String,
    },
}

impl Closing {
    pub(super) fn new(code: u16, reason: &str) -> Self {
        const LONGEST: usize = 123;
        let mut end = reason.len().min(LONGEST);
        while !reason.is_char_boundary(end) {
            end -= 1;
        }
        Self::With {
            code,
            reason: reason[..end].to_owned(),
        }
    }

    /// A message that is none.
    pub(super) fn invalid(reason: &str) -> Self {
        Self::new(4400, reason)
    }

    /// What could not be read.
    pub(super) fn of(error: &axum::Error) -> Self {
        let told = error.source().map(ToString::to_string).unwrap_or_default();
        if told.contains("too long") || told.contains("too big") {
            Self::new(1009, "The message is larger than messages may be")
        } else if told.contains("UTF-8") {
            Self::new(1007, "Texts are in UTF-8")
        } else {
            Self::Gone
        }
    }
}
