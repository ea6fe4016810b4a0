//! GraphQL over HTTP: from a request to a response (<https://graphql.github.io/graphql-over-http/draft/>).

use std::{error::Error, sync::Arc, time::Duration};

use async_graphql::{ServerError, parser::types::OperationType};
use axum::{
    body::{Body as HttpBody, Bytes},
    extract::{FromRequestParts, State, WebSocketUpgrade},
    http::{
        HeaderMap, HeaderValue, Method, Request, Response, StatusCode,
        header::{
            ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER, UPGRADE,
        },
        request::Parts,
    },
};
use http_body_util::{BodyExt, Either, Full, LengthLimitError, Limited};
use hyper::body::Body as _;
use tokio::time::timeout;
use tracing::Instrument;

use super::{
    Service,
    access::Access,
    answer::refusal,
    answers::{Answer, Kept},
    clock::{Bounded, Late},
    fault::{exceeded, refused},
    give::{Given, respond, whole},
    header,
    negotiate::{Accepted, Media, accepted},
    operation::Operation,
    origin,
    request::{Asked, Content, Sent},
    socket, stream,
};
use crate::error::code;

/// The body of a request: on its way, or however the router has it.
type Coming = Either<Bounded, HttpBody>;

/// Answers whatever comes to the path of GraphQL, by way of the router.
pub(super) async fn handle(
    State(service): State<Service>,
    request: Request<HttpBody>,
) -> Response<HttpBody> {
    let response = Box::pin(answer(&service, request.map(Either::Right))).await;
    response.map(HttpBody::new)
}

/// Answers whatever comes to the path of GraphQL.
pub(super) fn answer(
    service: &Service,
    request: Request<Coming>,
) -> impl Future<Output = Response<Given>> + Send {
    // Not in the future, which would have room for all of it twice.
    let mut access = Access::begin(request.headers());
    let (mut parts, mut body) = request.into_parts();
    async move {
        let span = access.span();
        let response = answered(service, &mut parts, &mut body, &mut access);
        let response = response.instrument(span).await;
        let mut response = response.unwrap_or_else(|refusal| {
            access.refused();
            service.metrics.error(&refusal.error);
            refusal.response()
        });
        access.end(&service.metrics, &mut response);
        response
    }
}

/// A request that HTTP itself does not let through.
pub(super) struct Refusal {
    status: StatusCode,
    error: Box<ServerError>,
    media: Media,
}

impl Refusal {
    fn new(status: StatusCode, code: &str, message: &str) -> Self {
        let error = refused(code, message).into();
        Self {
            status,
            error,
            media: Media::Json,
        }
    }

    fn bad(error: ServerError, media: Media) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error: error.into(),
            media,
        }
    }

    fn response(self) -> Response<Given> {
        let body = refusal(vec![*self.error]).body;
        let mut response = respond(self.status, self.media, body);
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(ALLOW, HeaderValue::from_static(METHODS));
        }
        if matches!(
            self.status,
            StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE
        ) {
            // The rest of the body is not read.
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

const METHODS: &str = "GET, HEAD, POST, OPTIONS";

async fn answered(
    service: &Service,
    parts: &mut Parts,
    body: &mut Coming,
    access: &mut Access,
) -> Result<Response<Given>, Refusal> {
    if wants_socket(&parts.headers) {
        access.socket();
        let response = Box::pin(upgraded(service, parts)).await;
        return response.map(|response| response.map(Either::Right));
    }
    if parts.method == Method::OPTIONS {
        let mut response = Response::new(Given::Left(Full::default()));
        *response.status_mut() = StatusCode::NO_CONTENT;
        let allow = HeaderValue::from_static(METHODS);
        response.headers_mut().insert(ALLOW, allow);
        return Ok(response);
    }
    if ![Method::GET, Method::HEAD, Method::POST].contains(&parts.method) {
        let message = "Queries come by GET or POST.";
        let status = StatusCode::METHOD_NOT_ALLOWED;
        return Err(Refusal::new(status, code::METHOD_NOT_ALLOWED, message));
    }
    let Some(accepted) = accepted(&parts.headers) else {
        return Err(Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            code::NOT_ACCEPTABLE,
            "Answers are application/graphql-response+json, application/json or text/event-stream: `Accept` takes none of them.",
        ));
    };
    let sent = if parts.method == Method::POST {
        check_content_type(&parts.headers)?;
        Sent::Body(read(service, body).await?)
    } else {
        check_preflight(service, &parts.headers, accepted)?;
        let query = parts.uri.query().unwrap_or_default();
        Sent::Address(Bytes::copy_from_slice(query.as_bytes()))
    };
    if let Some(chosen) = service.known.get(&sent) {
        if accepted.best != Media::EventStream
            && let Some(answer) = service.at_hand(&chosen)
        {
            access.operation(chosen);
            return Ok(given(service, parts, accepted.best, answer, Kept::Hit, access).await);
        }
        if let Some(operation) = Operation::of(chosen) {
            return Box::pin(one(service, parts, accepted, Ok(operation), access)).await;
        }
    }
    Box::pin(unknown(service, parts, accepted, sent, access)).await
}

/// Answers what nobody has sent before, or what is known no more.
async fn unknown(
    service: &Service,
    parts: &Parts,
    accepted: Accepted,
    sent: Sent,
    access: &mut Access,
) -> Result<Response<Given>, Refusal> {
    let longest = Duration::from_millis(service.limits.max_milliseconds);
    let _room = timeout(longest, service.room.request(sent.len()))
        .await
        .map_err(|_| overloaded())?;
    let media = accepted.whole();
    let content = sent.content();
    match content.map_err(|error| Refusal::bad(error, media))? {
        Content::One(asked) => {
            // What brings a document with its hash does so each time: the hash may be known no more.
            let registers =
                !asked.query.is_empty() && asked.extensions.contains_key("persistedQuery");
            let operation = service.operation(asked);
            if let (Ok(operation), false) = (&operation, registers) {
                service.known.keep(&sent, operation.chosen.clone());
            }
            one(service, parts, accepted, operation, access).await
        }
        Content::Batch(batch) => many(service, parts, media, batch, access).await,
    }
}

/// Whether the connection is to become a WebSocket. Other upgrades are not known, and so not heeded
/// (RFC 9110, section 7.8).
fn wants_socket(headers: &HeaderMap) -> bool {
    let mut wanted = header::listed(headers, &UPGRADE);
    wanted.any(|name| name.eq_ignore_ascii_case("websocket"))
}

/// Turns the connection into a WebSocket.
async fn upgraded(service: &Service, parts: &mut Parts) -> Result<Response<HttpBody>, Refusal> {
    let forbidden = |message| Refusal::new(StatusCode::FORBIDDEN, code::CSRF_REFUSED, message);
    if !origin::may_read(&parts.headers, &service.http.cors_origins) {
        return Err(forbidden("Pages of this origin may not open sockets here."));
    }
    let upgrade = WebSocketUpgrade::from_request_parts(parts, service).await;
    let upgrade = upgrade.map_err(|rejection| {
        Refusal::new(
            rejection.status(),
            code::BAD_REQUEST,
            &rejection.body_text(),
        )
    })?;
    socket::open(service.clone(), upgrade).ok_or_else(busy)
}

fn busy() -> Refusal {
    Refusal::new(
        StatusCode::SERVICE_UNAVAILABLE,
        code::SERVICE_UNAVAILABLE,
        "There are too many sockets and streams: please try again later.",
    )
}

fn overloaded() -> Refusal {
    Refusal::new(
        StatusCode::SERVICE_UNAVAILABLE,
        code::SERVICE_UNAVAILABLE,
        "There is too much work just now: please try again.",
    )
}

/// A browser sends other types than JSON to other sites without asking them.
fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let wrong = |message| {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Err(Refusal::new(status, code::UNSUPPORTED_MEDIA_TYPE, message))
    };
    let mut parts = header::text(headers, &CONTENT_TYPE)
        .unwrap_or_default()
        .split(';');
    let kind = parts.next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return wrong("The body is JSON: send `Content-Type: application/json`.");
    }
    let charsets = parts.filter_map(|part| part.trim().split_once('='));
    for (name, charset) in charsets {
        let charset = charset.trim_matches('"');
        if name.eq_ignore_ascii_case("charset") && !charset.eq_ignore_ascii_case("utf-8") {
            return wrong("JSON is in UTF-8: send no other `charset`.");
        }
    }
    match header::text(headers, &CONTENT_ENCODING) {
        None | Some("" | "identity") => Ok(()),
        Some(_) => wrong("Bodies are not decompressed: send them without `Content-Encoding`."),
    }
}

/// A GET that a page of another site could have caused is refused, unless its site may read answers.
fn check_preflight(
    service: &Service,
    headers: &HeaderMap,
    accepted: Accepted,
) -> Result<(), Refusal> {
    let asked_first = origin::needed_preflight(headers);
    let own = accepted.named && origin::may_read(headers, &service.http.cors_origins);
    if asked_first || own {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::BAD_REQUEST,
        code::CSRF_REFUSED,
        "A page of another site could have sent this: send `Accept: application/graphql-response+json`, or from a page of another site `GraphQL-Require-Preflight: true`.",
    ))
}

/// The body, if it is no larger than it may be, and comes in time.
async fn read(service: &Service, body: &mut Coming) -> Result<Bytes, Refusal> {
    let most = service.limits.max_request_bytes;
    let too_large = || {
        let message = format!("The body is larger than {most} bytes, which is the limit.");
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        let code = code::LIMIT_EXCEEDED;
        Refusal {
            status,
            error: exceeded(code, "requestBytes", None, most as u64, &message).into(),
            media: Media::Json,
        }
    };
    // A body that does not say its length may be of any.
    let said = body.size_hint().exact();
    let said = said.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
    if said.is_some_and(|length| length > most) {
        return Err(too_large());
    }
    let room = service.room.body(said.unwrap_or(most));
    let _room = room.map_err(|_| overloaded())?;
    match collected(Limited::new(body, most)).await {
        Ok(body) => Ok(body),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(error) if is_late(&*error) => Err(Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            code::TIMEOUT,
            "The body took too long to come.",
        )),
        Err(_) => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            code::BAD_REQUEST,
            "The body broke off.",
        )),
    }
}

/// All of a body. One that comes in one piece, as most do, is not copied.
async fn collected(mut body: Limited<&mut Coming>) -> Result<Bytes, Box<dyn Error + Send + Sync>> {
    let mut whole = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        if whole.is_empty() && body.is_end_stream() {
            return Ok(data);
        }
        whole.extend_from_slice(&data);
    }
    Ok(whole.into())
}

fn is_late(error: &(dyn Error + 'static)) -> bool {
    error.is::<Late>() || error.source().is_some_and(is_late)
}

/// Answers a single request.
async fn one(
    service: &Service,
    parts: &Parts,
    accepted: Accepted,
    operation: Result<Operation, ServerError>,
    access: &mut Access,
) -> Result<Response<Given>, Refusal> {
    if let Ok(operation) = &operation {
        access.operation(operation.chosen.clone());
        if parts.method != Method::POST && operation.kind == OperationType::Mutation {
            return Err(Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                code::METHOD_NOT_ALLOWED,
                "Mutations are not taken by GET: send it by POST.",
            ));
        }
    }
    let subscription =
        matches!(&operation, Ok(operation) if operation.kind == OperationType::Subscription);
    if accepted.best == Media::EventStream || (subscription && accepted.stream) {
        let stream = stream::open(service, operation, access.id()).ok_or_else(busy)?;
        return Ok(stream.map(Either::Right));
    }
    if subscription {
        return Err(Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            code::NOT_ACCEPTABLE,
            "A subscription is answered over a WebSocket (graphql-transport-ws), or with `Accept: text/event-stream`.",
        ));
    }
    let (answer, kept) = match operation {
        Ok(operation) => service.answer(&operation, access.id()).await,
        Err(error) => {
            service.metrics.error(&error);
            (Arc::new(refusal(vec![error])), Kept::Pass)
        }
    };
    Ok(given(service, parts, accepted.best, answer, kept, access).await)
}

/// Gives the answer to a single request.
async fn given(
    service: &Service,
    parts: &Parts,
    media: Media,
    answer: Arc<Answer>,
    kept: Kept,
    access: &mut Access,
) -> Response<Given> {
    access.answered(&answer, kept);
    service.metrics.kept(kept);
    whole(parts, media, answer).await
}

/// Answers several requests, one after the other.
async fn many(
    service: &Service,
    parts: &Parts,
    media: Media,
    batch: Vec<Asked>,
    access: &mut Access,
) -> Result<Response<Given>, Refusal> {
    let most = service.limits.max_batch;
    if batch.is_empty() || most < 2 {
        let message = if batch.is_empty() {
            "The batch is empty."
        } else {
            "Batches are not answered here: send each request alone."
        };
        return Err(Refusal::bad(refused(code::BAD_REQUEST, message), media));
    }
    if batch.len() > most {
        let asked = batch.len();
        let message = format!("The batch has {asked} requests, but at most {most} are allowed.");
        let (asked, allowed) = (Some(asked as u64), most as u64);
        let error = exceeded(code::LIMIT_EXCEEDED, "batchSize", asked, allowed, &message);
        return Err(Refusal::bad(error, media));
    }
    let mut body = vec![b'['];
    for asked in batch {
        if body.len() > 1 {
            body.push(b',');
        }
        let operation = service.operation(asked).and_then(|operation| {
            if operation.kind == OperationType::Subscription {
                let message = "A batch has no subscriptions.";
                return Err(refused(code::BAD_REQUEST, message));
            }
            Ok(operation)
        });
        let answer = match operation {
            Ok(operation) => service.answer(&operation, access.id()).await.0,
            Err(error) => {
                service.metrics.error(&error);
                Arc::new(refusal(vec![error]))
            }
        };
        body.extend_from_slice(&answer.body);
    }
    body.push(b']');
    access.batch(body.len());
    // Nobody keeps it: its parts may be kept.
    let answer = Answer::new(body);
    Ok(whole(parts, media, Arc::new(answer)).await)
}
