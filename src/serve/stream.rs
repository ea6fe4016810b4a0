//! GraphQL over server-sent events: one connection for each operation ("distinct connections").
//!
//! The protocol: <https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md>. What is wrong with a
//! request is told in the stream, too.

use std::{convert::Infallible, time::Duration};

use async_graphql::{
    ServerError,
    futures_util::{StreamExt, future::Either, stream},
    parser::types::OperationType,
};
use axum::{
    body::{Body, Bytes},
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::Response,
};
use tokio::time::timeout;

use super::{
    Service,
    answer::{body, refusal},
    negotiate::Media,
    operation::Operation,
};

/// How often a stream says that it still lives where there is nothing else to say.
const ALIVE: Duration = Duration::from_secs(12);

/// Answers with a stream, if there may be one more.
pub(super) fn open(
    service: &Service,
    operation: Result<Operation, ServerError>,
    id: &str,
) -> Option<Response> {
    let place = service.streams.clone().try_acquire_owned().ok()?;
    let open = service.metrics.open("stream");
    let id = id.to_owned();
    let results = match operation {
        Ok(operation) if operation.kind == OperationType::Subscription => {
            match service.subscribe(&operation, id) {
                Ok(events) => Either::Left(events.map(|ran| Bytes::from(body(&ran)))),
                Err(error) => Either::Right(Either::Left(refused(service, error))),
            }
        }
        Ok(operation) => {
            let service = service.clone();
            let answer = async move { service.answer(&operation, &id).await.0.body.clone() };
            Either::Right(Either::Right(stream::once(Box::pin(answer))))
        }
        Err(error) => Either::Right(Either::Left(refused(service, error))),
    };
    // JSON has no line breaks: it is one line of data.
    let next = |body: Bytes| [b"event: next\ndata: ", &body[..], b"\n\n"].concat();
    let complete = stream::once(async { b"event: complete\ndata:\n\n".to_vec() });
    let results = results.map(next).take_until(Box::pin(service.stopped()));
    let events = Box::pin(results.chain(complete));
    let alive = stream::unfold(events, async |mut events| {
        match timeout(ALIVE, events.next()).await {
            Ok(event) => event.map(|event| (event, events)),
            Err(_) => Some((b":\n\n".to_vec(), events)),
        }
    });
    let held = alive.map(move |event| {
        let _held = (&place, &open);
        Ok::<_, Infallible>(event)
    });
    let mut response = Response::new(Body::from_stream(held));
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static(Media::EventStream.content_type());
    headers.insert(CONTENT_TYPE, kind);
    // Proxies that gather answers before they pass them on would keep events back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Some(response)
}

fn refused(service: &Service, error: ServerError) -> stream::Once<std::future::Ready<Bytes>> {
    service.metrics.error(&error);
    stream::once(std::future::ready(refusal(vec![error]).body))
}
