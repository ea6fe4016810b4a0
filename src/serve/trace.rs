//! Spans of requests, for those who trace them: in the log they show only if its filter names [`TRACE`].

use axum::http::HeaderMap;
use tracing::{Span, debug_span};

use crate::load::TRACE;

/// The span of a request, in the trace that its sender began (W3C Trace Context).
pub(super) fn request(headers: &HeaderMap, id: &str) -> Span {
    let span = debug_span!(
        target: TRACE,
        "request",
        otel.name = "graphql",
        otel.kind = "server",
        request.id = id,
        graphql.operation.name = tracing::field::Empty,
        graphql.operation.kind = tracing::field::Empty,
    );
    continue_trace(&span, headers);
    span
}

#[cfg(not(feature = "otel"))]
fn continue_trace(_: &Span, _: &HeaderMap) {}

#[cfg(feature = "otel")]
fn continue_trace(span: &Span, headers: &HeaderMap) {
    use opentelemetry::{global, propagation::Extractor};
    use tracing_opentelemetry::OpenTelemetrySpanExt;

    struct Headers<'h>(&'h HeaderMap);

    impl Extractor for Headers<'_> {
        fn get(&self, key: &str) -> Option<&str> {
            self.0.get(key)?.to_str().ok()
        }

        fn keys(&self) -> Vec<&str> {
            self.0.keys().map(axum::http::HeaderName::as_str).collect()
        }
    }

    if !span.is_disabled() {
        let sent = global::get_text_map_propagator(|known| known.extract(&Headers(headers)));
        // It fails only for a span that nobody traces.
        let _ = span.set_parent(sent);
    }
}
