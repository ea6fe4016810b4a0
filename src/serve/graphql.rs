//! GraphQL requests over HTTP.

use async_graphql::{
    ParseRequestError, Request, Response, ServerError, Value,
    parser::types::{ExecutableDocument, OperationType},
};
use async_graphql_axum::{GraphQLRequest, GraphQLResponse};
use axum::{
    Json,
    extract::State,
    http::{
        Method, StatusCode,
        header::{ALLOW, CONTENT_TYPE},
    },
    response::{self, IntoResponse},
};
use sea_orm::DbErr;
use serde_json::json;
use tracing::error;

use super::{Service, guard};
use crate::{error::code, load::Rows};

/// Executes one request.
pub(super) async fn execute(
    State(service): State<Service>,
    method: Method,
    request: GraphQLRequest<Rejection>,
) -> response::Response {
    let request = request.into_inner();
    match executed(service, &method, request).await {
        Ok(response) => GraphQLResponse::from(response).into_response(),
        Err(NotByGet) => NotByGet.into_response(),
    }
}

async fn executed(
    service: Service,
    method: &Method,
    mut request: Request,
) -> Result<Response, NotByGet> {
    let failed = |error| Ok(Response::from_errors(vec![error]));
    let fresh = match service.documents.complete(&mut request) {
        Ok(fresh) => fresh,
        Err(error) => return failed(error),
    };
    let document = match guard::parsed(&request.query, service.max_fields) {
        Ok(document) => document,
        Err(error) => return failed(error),
    };
    if let Some(fresh) = fresh {
        service.documents.keep(fresh);
    }
    if method != Method::POST && changes(&document, request.operation_name.as_deref()) {
        return Err(NotByGet);
    }
    request.set_parsed_query(document);
    let today = (service.clock)().date_naive();
    let request = request.data(Rows::new(service.db, today, service.max_rows));
    Ok(told(
        service.schema.execute(request).await,
        service.max_depth,
    ))
}

/// Whether what is asked for is no query.
fn changes(document: &ExecutableDocument, name: Option<&str>) -> bool {
    let mut operations = document.operations.iter();
    operations.any(|(known, operation)| {
        let asked = name.is_none_or(|name| known.is_some_and(|known| known == name));
        asked && operation.node.ty != OperationType::Query
    })
}

/// A request that would change something came by a method that must not.
struct NotByGet;

impl IntoResponse for NotByGet {
    fn into_response(self) -> response::Response {
        let message = "Only queries are answered by GET: send it by POST.";
        let error = json!({ "message": message, "extensions": { "code": code::BAD_REQUEST } });
        let body = Json(json!({ "errors": [error] }));
        (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "POST")], body).into_response()
    }
}

/// Gives every error a code, and logs those that are our fault: the caller learns no more of them.
fn told(mut response: Response, max_depth: usize) -> Response {
    for error in &mut response.errors {
        if let Some(cause) = error.source::<DbErr>() {
            error!(%cause, "A field has no value");
        }
        with_code(error, max_depth);
    }
    response
}

/// The library's own errors have no code.
fn with_code(error: &mut ServerError, max_depth: usize) {
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_some() {
        return;
    }
    let code = if error.message == "Query is nested too deep." {
        error.message =
            format!("The query nests deeper than {max_depth} levels, which is the limit.");
        code::LIMIT_EXCEEDED
    } else {
        code::GRAPHQL_VALIDATION_FAILED
    };
    extensions.set("code", Value::from(code));
}

/// The layer that limits bodies answers in plain text: clients of GraphQL expect JSON.
pub(super) async fn refuse_in_json(response: response::Response) -> response::Response {
    let json = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind == "application/json");
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE && !json {
        Rejection(ParseRequestError::PayloadTooLarge).into_response()
    } else {
        response
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
        let too_large = matches!(self.0, ParseRequestError::PayloadTooLarge)
            || self.0.to_string().contains("length limit exceeded");
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
