//! Who sent a request: this site's own pages, a page of another site, or no page at all.

use std::time::Duration;

use axum::http::{
    HeaderMap, HeaderName, HeaderValue, Method,
    header::{CONTENT_TYPE, ETAG, HOST, ORIGIN, RETRY_AFTER},
};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::header;

/// Headers that a page can send to another site only if that site allows it beforehand. The first is ours,
/// the others are what Apollo's clients send.
const PREFLIGHT: [&str; 3] = [
    "graphql-require-preflight",
    "apollo-require-preflight",
    "x-apollo-operation-name",
];

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a browser must have asked before it sent this.
pub(super) fn needed_preflight(headers: &HeaderMap) -> bool {
    let json = header::text(headers, &CONTENT_TYPE)
        .is_some_and(|kind| kind.starts_with("application/json"));
    json || PREFLIGHT.iter().any(|name| headers.contains_key(*name))
}

/// Whether whoever sent this may read what is answered: no page of another site, or one of an origin that is
/// allowed.
pub(super) fn may_read(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = header::text(headers, &ORIGIN) else {
        // Browsers say so; no script can say otherwise (W3C, Fetch Metadata).
        let site = header::text(headers, &SEC_FETCH_SITE);
        return !matches!(site, Some("cross-site" | "same-site"));
    };
    let own = header::text(headers, &HOST);
    let host = origin.split_once("://").map(|(_, host)| host);
    (host.is_some() && host == own) || allowed.iter().any(|known| known == "*" || known == origin)
}

/// What browsers are told of who may read answers; nothing if only this site's own pages may.
pub(super) fn cors(allowed: &[String]) -> Option<CorsLayer> {
    if allowed.is_empty() {
        return None;
    }
    let origins = if allowed.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        let origins = allowed.iter().filter_map(|origin| origin.parse().ok());
        AllowOrigin::list(origins.collect::<Vec<HeaderValue>>())
    };
    let preflight = PREFLIGHT.map(HeaderName::from_static);
    let own = [CONTENT_TYPE, HeaderName::from_static("x-request-id")];
    let shown = [
        ETAG,
        RETRY_AFTER,
        HeaderName::from_static("x-request-id"),
        HeaderName::from_static("surrogate-key"),
    ];
    let layer = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(preflight.into_iter().chain(own).collect::<Vec<_>>())
        .expose_headers(shown)
        .max_age(Duration::from_hours(1));
    Some(layer)
}
