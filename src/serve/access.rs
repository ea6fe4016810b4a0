//! Each request in the log and in the metrics: who it is, what it asked for, how long it took.

use std::{
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use async_graphql::parser::types::OperationType;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response};
use tracing::{Span, info, warn};
use uuid::Uuid;

use super::{
    answers::{Answer, Kept},
    metrics::Metrics,
    operation::Chosen,
    trace,
};

/// The header that carries a request's identifier.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// From when on a request is slow enough to say so.
const SLOW: Duration = Duration::from_secs(1);

/// What came of a request that has nothing wrong with it.
const OK: &str = "ok";

/// What is known of a request so far.
pub(super) struct Access {
    id: HeaderValue,
    span: Span,
    begin: Instant,
    operation: Option<Arc<Chosen>>,
    kind: &'static str,
    outcome: &'static str,
    kept: Kept,
    bytes: usize,
}

impl Access {
    /// A request that has come. It keeps the identifier that a proxy gave it.
    pub(super) fn begin(headers: &HeaderMap) -> Self {
        let is_good = |id: &&HeaderValue| id.to_str().is_ok_and(is_identifier);
        let given = headers.get(REQUEST_ID).filter(is_good);
        let id = given.cloned().unwrap_or_else(new_identifier);
        Self {
            span: trace::request(headers, text(&id)),
            id,
            begin: Instant::now(),
            operation: None,
            kind: "none",
            outcome: "refused",
            kept: Kept::Pass,
            bytes: 0,
        }
    }

    /// Its identifier.
    pub(super) fn id(&self) -> &str {
        text(&self.id)
    }

    /// What traces it.
    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    /// It asks for this.
    pub(super) fn operation(&mut self, operation: Arc<Chosen>) {
        self.kind = match operation.kind {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        };
        self.outcome = OK;
        self.span.record("graphql.operation.kind", self.kind);
        if let Some(name) = &operation.name {
            self.span.record("graphql.operation.name", name);
        }
        self.operation = Some(operation);
    }

    /// It asks for a socket.
    pub(super) fn socket(&mut self) {
        self.kind = "socket";
        self.outcome = OK;
    }

    /// It is not let through.
    pub(super) fn refused(&mut self) {
        self.outcome = "refused";
    }

    /// It is answered with a list of answers.
    pub(super) fn batch(&mut self, bytes: usize) {
        self.kind = "batch";
        self.outcome = OK;
        self.bytes = bytes;
    }

    /// This is the answer.
    pub(super) fn answered(&mut self, answer: &Answer, kept: Kept) {
        self.kept = kept;
        self.bytes = answer.body.len();
        self.outcome = match answer {
            answer if answer.refused => "refused",
            answer if answer.errors => "errors",
            _ => OK,
        };
    }

    /// The response is on its way.
    pub(super) fn end<B>(self, metrics: &Metrics, response: &mut Response<B>) {
        let took = self.begin.elapsed();
        let operation = self.operation.as_deref();
        let name = operation.and_then(|operation| operation.name.as_deref());
        let meters = || metrics.meters(name, self.kind, self.outcome);
        match operation {
            Some(operation) if self.outcome == OK => {
                operation.meters.get_or_init(meters).request(took);
            }
            _ => meters().request(took),
        }
        let status = response.status().as_u16();
        let milliseconds = took.as_secs_f64() * 1_000.0;
        let kept = self.kept.name();
        info!(
            request.id = %self.id(), operation.name = name, operation.kind = self.kind,
            outcome = self.outcome, status, milliseconds, bytes = self.bytes, cache = kept,
            "Answered"
        );
        if took > SLOW && self.kind != "subscription" && self.kind != "socket" {
            warn!(request.id = %self.id(), operation.name = name, milliseconds, "Slow");
        }
        response.headers_mut().insert(REQUEST_ID, self.id);
    }
}

fn text(id: &HeaderValue) -> &str {
    id.to_str().expect("it is of letters and digits")
}

/// An identifier that no other request has: of this process, and of the request in it.
fn new_identifier() -> HeaderValue {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| Uuid::new_v4().as_u64_pair().0);
    static REQUESTS: AtomicU64 = AtomicU64::new(1);
    let request = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let id = Uuid::from_u64_pair(*PROCESS, request).simple();
    let id = HeaderValue::from_str(id.encode_lower(&mut Uuid::encode_buffer()));
    id.expect("it is of letters and digits")
}

/// Whether this can go into a log line as it is.
fn is_identifier(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    (1..=100).contains(&id.len()) && id.bytes().all(plain)
}
