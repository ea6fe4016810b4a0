//! GraphiQL, from files in the binary: nothing is loaded from elsewhere.

use std::{borrow::Cow, io::Read};

use axum::{
    Router,
    extract::Path,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
            REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::{IntoResponse, Response},
    routing::get,
};
use flate2::read::GzDecoder;
use rust_embed::Embed;

use super::negotiate::Coding;

/// The page and its parts, built from `web/`. Large ones are compressed, with `.gz` behind the name.
#[derive(Embed)]
#[folder = "web/dist/"]
struct Bundle;

/// Only what came with the page, and only to and from this server. Monaco, the editor, writes style
/// elements.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; \
    style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page's paths.
pub(super) fn routes() -> Router {
    let page = |headers| async { file("index.html", headers) };
    let part = |Path(path): Path<String>, headers| async move { file(&path, headers) };
    Router::new()
        .route("/", get(page))
        .route("/{*path}", get(part))
}

#[expect(clippy::needless_pass_by_value, reason = "it comes from an extractor")]
fn file(path: &str, headers: HeaderMap) -> Response {
    let Some((content, compressed)) = content(path) else {
        return (
            StatusCode::NOT_FOUND,
            "There is nothing here. GraphiQL is at /, GraphQL at /graphql.\n",
        )
            .into_response();
    };
    let mut response = Response::builder()
        .header(CONTENT_TYPE, media_type(path))
        .header(CONTENT_SECURITY_POLICY, POLICY)
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(REFERRER_POLICY, "no-referrer")
        .header(CACHE_CONTROL, cache_control(path));
    let content = if compressed {
        response = response.header(VARY, "accept-encoding");
        if Coding::Gzip.is_taken(&headers) {
            response = response.header(CONTENT_ENCODING, "gzip");
            content
        } else {
            decompressed(&content).into()
        }
    } else {
        content
    };
    response
        .body(content.into_owned().into())
        .expect("the headers are well formed")
}

/// A file, and whether it is compressed.
fn content(path: &str) -> Option<(Cow<'static, [u8]>, bool)> {
    let plain = Bundle::get(path).map(|file| (file.data, false));
    plain.or_else(|| Bundle::get(&format!("{path}.gz")).map(|file| (file.data, true)))
}

fn decompressed(content: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(content)
        .read_to_end(&mut plain)
        .expect("the build compressed it");
    plain
}

/// Names below `assets/` tell the content apart, so those files never change.
fn cache_control(path: &str) -> HeaderValue {
    HeaderValue::from_static(if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        _ => "text/plain; charset=utf-8",
    }
}
