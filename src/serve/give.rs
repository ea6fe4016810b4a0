//! From a finished answer to the response that gives it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    body::{Body as HttpBody, Bytes},
    http::{
        HeaderMap, HeaderValue, Method, Response, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
            RETRY_AFTER, VARY, X_CONTENT_TYPE_OPTIONS,
        },
        request::Parts,
    },
};
use http_body_util::{Either, Full};
use tokio::task::spawn_blocking;

use super::{
    access::REQUEST_ID,
    answers::Answer,
    header,
    negotiate::{Coding, Media},
};

/// The body of a response: there already, or made while it is sent.
pub(super) type Given = Either<Full<Bytes>, HttpBody>;

/// The response that gives an answer.
pub(super) async fn whole(parts: &Parts, media: Media, answer: Arc<Answer>) -> Response<Given> {
    let status = if answer.unavailable {
        StatusCode::SERVICE_UNAVAILABLE
    } else if answer.refused && media == Media::GraphqlResponse {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    let wanted = Coding::of(&parts.headers);
    if answer.is_work(wanted) {
        let answer = answer.clone();
        // If it fails, the line below does it.
        let _ = spawn_blocking(move || answer.coded(wanted)).await;
    }
    let (body, coding) = answer.coded(wanted);
    let headers = answer.headers(media, coding, || headers(&answer, media, coding));
    let mut response = Response::new(Either::Left(Full::new(body)));
    *response.status_mut() = status;
    *response.headers_mut() = headers.clone();
    let tag = headers.get(ETAG).and_then(|tag| tag.to_str().ok());
    if parts.method != Method::POST && tag.is_some_and(|tag| is_known(&parts.headers, tag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Either::Left(Full::default());
        for name in [CONTENT_LENGTH, CONTENT_TYPE, CONTENT_ENCODING] {
            response.headers_mut().remove(name);
        }
    }
    response
}

/// What HTTP says of an answer in this form.
fn headers(answer: &Answer, media: Media, coding: Coding) -> HeaderMap {
    let mut headers = of_media(media);
    // Its place: each response has its own.
    headers.insert(REQUEST_ID, HeaderValue::from_static(""));
    headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding"));
    if let Some(name) = coding.name() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    if answer.unavailable {
        headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    let Some(max_age) = answer.max_age.filter(|_| !answer.errors) else {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        return headers;
    };
    // Each representation has its own tag (RFC 9110, section 8.8.3.3).
    let json = if media == Media::Json { "-json" } else { "" };
    let coded = coding
        .name()
        .map_or(String::new(), |name| format!("-{name}"));
    let tag = format!("\"{}{json}{coded}\"", answer.tag());
    let tag = HeaderValue::try_from(tag).expect("it is of visible letters");
    headers.insert(CACHE_CONTROL, cache_control(max_age));
    headers.insert(ETAG, tag);
    if let Some(keys) = &answer.surrogate_keys {
        headers.insert("surrogate-key", keys.clone());
    }
    headers
}

/// How long others may use an answer, in seconds. There are as many of these as the schema names, and each is there for
/// good: responses share it without counting who does.
fn cache_control(max_age: u32) -> HeaderValue {
    static KNOWN: Mutex<BTreeMap<u32, &str>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().expect("nobody panics while holding it");
    let control = known.entry(max_age).or_insert_with(|| match max_age {
        0 => "public, no-cache",
        seconds => format!("public, max-age={seconds}").leak(),
    });
    HeaderValue::from_static(control)
}

/// Whether the client has this representation (RFC 9110, section 13.1.2).
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let mut tags = header::listed(headers, &IF_NONE_MATCH);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// A response with this body.
pub(super) fn respond(status: StatusCode, media: Media, body: Bytes) -> Response<Given> {
    let mut response = Response::new(Either::Left(Full::new(body)));
    *response.status_mut() = status;
    *response.headers_mut() = of_media(media);
    response
}

fn of_media(media: Media) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(12);
    let kind = HeaderValue::from_static(media.content_type());
    headers.insert(CONTENT_TYPE, kind);
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(X_CONTENT_TYPE_OPTIONS, nosniff);
    headers
}
