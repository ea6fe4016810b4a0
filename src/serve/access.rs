//! Each request in the log and in the metrics: who it is, what it asked for, how long it took.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use async_graphql::parser::types::OperationType;
use axum::{
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Response,
};
use tracing::{info, warn};
use uuid::Uuid;

use super::{
    answers::{Answer, Kept},
    header,
    metrics::Metrics,
    operation::Operation,
};

/// The header that carries a request's identifier.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// From when on a request is slow enough to say so.
const SLOW: Duration = Duration::from_secs(1);

/// What is known of a request so far.
pub(super) struct Access {
    id: String,
    begin: Instant,
    operation: Option<String>,
    kind: &'static str,
    outcome: &'static str,
    kept: Kept,
    bytes: usize,
}

impl Access {
    /// A request that has come. It keeps the identifier that a proxy gave it.
    pub(super) fn begin(headers: &HeaderMap) -> Self {
        let given = header::text(headers, &REQUEST_ID);
        let id = given.filter(|id| is_identifier(id)).map(ToOwned::to_owned);
        Self {
            id: id.unwrap_or_else(new_identifier),
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
        &self.id
    }

    /// It asks for this.
    pub(super) fn operation(&mut self, operation: &Operation) {
        self.operation.clone_from(&operation.name);
        self.kind = match operation.kind {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        };
        self.outcome = "ok";
        let span = tracing::Span::current();
        span.record("graphql.operation.kind", self.kind);
        if let Some(name) = &self.operation {
            span.record("graphql.operation.name", name);
        }
    }

    /// It asks for a socket.
    pub(super) fn socket(&mut self) {
        self.kind = "socket";
        self.outcome = "ok";
    }

    /// It is not let through.
    pub(super) fn refused(&mut self) {
        self.outcome = "refused";
    }

    /// It is answered with a list of answers.
    pub(super) fn batch(&mut self, bytes: usize) {
        self.kind = "batch";
        self.outcome = "ok";
        self.bytes = bytes;
    }

    /// This is the answer.
    pub(super) fn answered(&mut self, answer: &Answer, kept: Kept) {
        self.kept = kept;
        self.bytes = answer.body.len();
        self.outcome = match answer {
            answer if answer.refused => "refused",
            answer if answer.errors => "errors",
            _ => "ok",
        };
    }

    /// The response is on its way.
    pub(super) fn end(self, metrics: &Metrics, response: &mut Response) {
        let took = self.begin.elapsed();
        if let Ok(id) = HeaderValue::from_str(&self.id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        let name = self.operation.as_deref();
        metrics.request(name, self.kind, self.outcome, took);
        let status = response.status().as_u16();
        let milliseconds = took.as_secs_f64() * 1_000.0;
        let kept = self.kept.name();
        info!(
            request.id = %self.id, operation.name = name, operation.kind = self.kind,
            outcome = self.outcome, status, milliseconds, bytes = self.bytes, cache = kept,
            "Answered"
        );
        if took > SLOW && self.kind != "subscription" && self.kind != "socket" {
            warn!(request.id = %self.id, operation.name = name, milliseconds, "Slow");
        }
    }
}

/// An identifier that no other request has: of this process, and of the request in it.
fn new_identifier() -> String {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| Uuid::new_v4().as_u64_pair().0);
    static REQUESTS: AtomicU64 = AtomicU64::new(1);
    let request = REQUESTS.fetch_add(1, Ordering::Relaxed);
    format!("{:016x}{request:016x}", *PROCESS)
}

/// Whether this can go into a log line as it is.
fn is_identifier(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    (1..=100).contains(&id.len()) && id.bytes().all(plain)
}
