//! What Prometheus sees of the server.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use async_graphql::{ServerError, Value};
use axum::{
    extract::State,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

use super::{Service, answers::Kept};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    operation: String,
    kind: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Operation {
    operation: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Code {
    code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Limit {
    limit: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Result {
    result: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Cache {
    cache: &'static str,
}

/// The counters of the server.
pub struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    durations: Family<Operation, Histogram>,
    errors: Family<Code, Counter>,
    refused: Family<Limit, Counter>,
    answers: Family<Result, Counter>,
    /// Those of `answers`, each in the place that [`Kept::place`] says.
    kept: [Counter; 3],
    connections: Family<Kind, Gauge>,
    caches: Family<Cache, Gauge>,
    statements: Counter,
    names: Mutex<HashSet<String>>,
    /// Those of the trusted documents: then there are no others.
    trusted: OnceLock<HashSet<String>>,
}

/// How many operations are told apart: names come from clients, and each takes memory for ever.
const MOST_NAMES: usize = 200;
const OTHERS: &str = "other";
const UNNAMED: &str = "unnamed";

impl Default for Metrics {
    fn default() -> Self {
        // From half a millisecond to 16 seconds.
        let histogram = || Histogram::new(exponential_buckets(0.0005, 2.0, 16));
        let answers = Family::<Result, Counter>::default();
        let kept = Kept::ALL.map(|kept| {
            let result = kept.name();
            answers.get_or_create_owned(&Result { result })
        });
        let mut metrics = Self {
            registry: Registry::with_prefix("civigraph"),
            requests: Family::default(),
            durations: Family::new_with_constructor(histogram),
            errors: Family::default(),
            refused: Family::default(),
            answers,
            kept,
            connections: Family::default(),
            caches: Family::default(),
            statements: Counter::default(),
            names: Mutex::default(),
            trusted: OnceLock::new(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("requests", "Requests by operation", self.requests.clone());
        registry.register_with_unit(
            "request_duration",
            "How long requests take",
            Unit::Seconds,
            self.durations.clone(),
        );
        registry.register(
            "errors",
            "Errors that clients got, by code",
            self.errors.clone(),
        );
        registry.register(
            "refused",
            "Requests that exceeded a limit, by the limit",
            self.refused.clone(),
        );
        registry.register(
            "answers",
            "Answers that were kept (hit), made and kept (miss), or made for one request (pass)",
            self.answers.clone(),
        );
        registry.register_with_unit(
            "cache",
            "How much is kept",
            Unit::Bytes,
            self.caches.clone(),
        );
        registry.register(
            "connections",
            "Open connections, sockets, streams and subscriptions",
            self.connections.clone(),
        );
        registry.register(
            "sql_statements",
            "SQL statements that were run",
            self.statements.clone(),
        );
    }

    /// The number of SQL statements, to be raised by each.
    pub fn statements(&self) -> Counter {
        self.statements.clone()
    }

    /// Tells apart the operations of these names, and no others.
    pub(super) fn trust(&self, names: HashSet<String>) {
        if !names.is_empty() {
            // Whoever comes second has the same documents.
            let _ = self.trusted.set(names);
        }
    }

    /// Where requests of this kind with this outcome are counted.
    pub(super) fn meters(
        &self,
        operation: Option<&str>,
        kind: &'static str,
        outcome: &'static str,
    ) -> Meters {
        let operation = self.label(operation, outcome);
        let request = Request {
            operation: operation.clone(),
            kind,
            outcome,
        };
        // A subscription is as long as its client wants.
        let timed = kind != "subscription";
        let durations = &self.durations;
        let duration = || durations.get_or_create_owned(&Operation { operation });
        Meters {
            requests: self.requests.get_or_create_owned(&request),
            duration: timed.then(duration),
        }
    }

    /// An operation's name, if it is trusted, or one of the first that there were.
    fn label(&self, name: Option<&str>, outcome: &str) -> String {
        let Some(name) = name else {
            return UNNAMED.to_owned();
        };
        if let Some(trusted) = self.trusted.get() {
            let known = trusted.get(name).map(String::as_str);
            return known.unwrap_or(OTHERS).to_owned();
        }
        let mut names = self.names.lock().expect("nobody panics while holding it");
        // What never ran is no operation of this schema.
        let room = names.len() < MOST_NAMES && outcome != "refused";
        if names.contains(name) || (room && names.insert(name.to_owned())) {
            return name.to_owned();
        }
        OTHERS.to_owned()
    }

    /// Counts an error that a client got, and which limit it names.
    pub(super) fn error(&self, error: &ServerError) {
        let said = |name| match error.extensions.as_ref()?.get(name)? {
            Value::String(text) => Some(text.clone()),
            _ => None,
        };
        if let Some(code) = said("code") {
            self.errors.get_or_create(&Code { code }).inc();
        }
        if let Some(limit) = said("limit") {
            self.refused.get_or_create(&Limit { limit }).inc();
        }
    }

    /// Counts an answer.
    pub(super) fn kept(&self, kept: Kept) {
        self.kept[kept.place()].inc();
    }

    /// Says how much a cache has.
    fn cache(&self, cache: &'static str, bytes: u64) {
        let gauge = self.caches.get_or_create(&Cache { cache });
        gauge.set(i64::try_from(bytes).unwrap_or(i64::MAX));
    }

    /// Counts something that is open, until what this gives is dropped.
    pub(super) fn open(&self, kind: &'static str) -> Open {
        let gauge = self.connections.get_or_create(&Kind { kind }).clone();
        gauge.inc();
        Open(gauge)
    }
}

/// Where the requests for an operation are counted.
#[derive(Debug)]
pub(super) struct Meters {
    requests: Counter,
    duration: Option<Histogram>,
}

impl Meters {
    /// Counts a request.
    pub(super) fn request(&self, took: Duration) {
        self.requests.inc();
        if let Some(duration) = &self.duration {
            duration.observe(took.as_secs_f64());
        }
    }
}

/// Something that is open.
pub(super) struct Open(Gauge);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// `/metrics`
pub(super) async fn answer(State(service): State<Service>) -> Response {
    let mut text = String::new();
    let metrics: &Arc<Metrics> = &service.metrics;
    metrics.cache("answers", service.answers.bytes());
    metrics.cache("documents", service.documents.bytes());
    metrics.cache("requests", service.known.bytes());
    metrics.cache("rows", service.holding.bytes());
    encode(&mut text, &metrics.registry).expect("writing to memory cannot fail");
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, kind)], text).into_response()
}
