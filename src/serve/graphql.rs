//! GraphQL requests over HTTP.

use async_graphql::{ParseRequestError, Response, ServerError, Value};
use async_graphql_axum::{GraphQLRequest, GraphQLResponse};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{self, IntoResponse},
};
use sea_orm::DbErr;
use serde_json::json;
use tracing::error;

use super::Service;
use crate::{error::code, load::Rows};

/// Executes one request.
pub(super) async fn execute(
    State(service): State<Service>,
    request: GraphQLRequest<Rejection>,
) -> GraphQLResponse {
    let rows = Rows::new(service.db, service.max_rows);
    let request = request.into_inner().data(rows);
    told(service.schema.execute(request).await).into()
}

/// Gives every error a code, and logs those that are our fault: the caller learns no more of them.
fn told(mut response: Response) -> Response {
    for error in &mut response.errors {
        if let Some(cause) = error.source::<DbErr>() {
            error!(%cause, "A field has no value");
        }
        with_code(error);
    }
    response
}

/// The library's own errors, of documents that do not fit, have none.
fn with_code(error: &mut ServerError) {
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_none() {
        extensions.set("code", Value::from(code::GRAPHQL_VALIDATION_FAILED));
    }
}

/// A request that is no GraphQL request.
pub(super) struct Rejection(ParseRequestError);

impl From<ParseRequestError> for Rejection {
    fn from(error: ParseRequestError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> response::Response {
        // The limit of the body's layer arrives as an error of reading.
        let too_large = self.0.to_string().contains("length limit exceeded");
        let (status, code, message) = if too_large {
            (
                StatusCode::PAYLOAD_TOO_LARGE,
                code::LIMIT_EXCEEDED,
                "The request is larger than the limit of the server allows.",
            )
        } else {
            (
                StatusCode::BAD_REQUEST,
                code::BAD_REQUEST,
                "This is no GraphQL request: send JSON such as {\"query\": \"{ goals { nodes { title } } }\"}.",
            )
        };
        let error = json!({ "message": message, "extensions": { "code": code } });
        (status, Json(json!({ "errors": [error] }))).into_response()
    }
}
