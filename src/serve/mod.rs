//! HTTP: which paths there are and what they answer.
//!
//! A request for GraphQL passes through [`listen`] (its connection), [`http`] (its form), [`request`] (its
//! parameters), [`documents`] (its document, past the [`guard`]), [`operation`] (running it) and [`answer`]
//! (what is kept). Sockets ([`socket`]) and event streams ([`stream`]) share all but the first two.

mod access;
mod answer;
mod answers;
mod clock;
mod documents;
mod explorer;
mod fault;
mod give;
mod guard;
mod header;
mod health;
mod http;
mod known;
mod listen;
mod metrics;
mod negotiate;
mod operation;
mod origin;
mod persisted;
mod request;
mod room;
mod socket;
mod stream;
mod trace;
mod trusted;

use std::sync::Arc;

use axum::{
    Router,
    http::{Response, StatusCode, header::CONTENT_TYPE},
    routing::{any, get},
};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseConnection;
use tokio::sync::{Semaphore, watch};
use tower::util::option_layer;
use tower_http::catch_panic::CatchPanicLayer;

use self::{
    answers::Answers, documents::Documents, guard::shapes::Shapes, known::Known, room::Room,
};
pub use self::{listen::serve, metrics::Metrics, trusted::ManifestError};
use crate::{
    config::{Config, Http, Limits},
    graphql::{Schema, schema, sdl},
    load::{Feed, Holding},
    store::{Readers, Revision},
};

/// What requests are answered with.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

/// What all requests share.
pub struct Inner {
    schema: Schema,
    shapes: Shapes,
    db: DatabaseConnection,
    readers: Readers,
    documents: Documents,
    known: Known,
    answers: Answers,
    revision: Revision,
    holding: Holding,
    feed: Feed,
    limits: Limits,
    http: Http,
    clock: Clock,
    metrics: Arc<Metrics>,
    /// How many sockets and streams there may be more.
    streams: Arc<Semaphore>,
    room: Room,
    stopping: watch::Sender<bool>,
}

impl std::ops::Deref for Service {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// What time it is.
pub type Clock = fn() -> DateTime<Utc>;

impl Service {
    /// The service over this database and by this clock; or why the trusted documents cannot be used.
    ///
    /// `watch` are connections to the same database that no query takes, two of them: with those the service
    /// sees at once that content changed, however much it has to do.
    pub fn new(
        config: &Config,
        readers: Readers,
        watch: DatabaseConnection,
        clock: Clock,
        metrics: Arc<Metrics>,
    ) -> Result<Self, ManifestError> {
        Ok(Self(Arc::new(Inner {
            schema: schema()
                .disable_suggestions()
                // The guards have refused what nests deeper, with a code.
                .limit_recursive_depth(config.limits.max_nesting)
                .finish(),
            shapes: Shapes::of(&sdl()).expect("the library writes what it reads"),
            documents: Documents::new(&config.http, config.limits, &metrics)?,
            known: Known::new(config.http.parsed_document_bytes / 2),
            answers: Answers::new(config.http.answer_cache_bytes),
            revision: Revision::new(watch.clone()),
            holding: Holding::new(config.http.row_cache_bytes),
            feed: Feed::new(readers.pool().clone(), watch),
            db: readers.pool().clone(),
            readers,
            limits: config.limits,
            http: config.http.clone(),
            clock,
            metrics,
            room: Room::new(),
            streams: Arc::new(Semaphore::new(config.http.max_streams as usize)),
            stopping: watch::Sender::new(false),
        })))
    }

    /// Until the server stops.
    fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stopping = self.stopping.subscribe();
        async move {
            // An error means that the server is gone, which is as good a reason to stop.
            let _ = stopping.wait_for(|stop| *stop).await;
        }
    }

    fn today(&self) -> NaiveDate {
        (self.clock)().date_naive()
    }
}

/// Where operations are sent to.
const PATH: &str = "/graphql";

/// All paths, so that tests can call them without a socket.
pub fn routes(service: Service, config: &Config) -> Router {
    Router::new()
        .route(PATH, any(http::handle))
        .layer(option_layer(origin::cors(&config.http.cors_origins)))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(metrics::answer))
        .with_state(service)
        .merge(explorer::routes())
        .layer(CatchPanicLayer::custom(panicked))
}

/// What a client is told where we made a mistake that nobody foresaw. The panic's hook has logged it.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response<String> {
    let body = r#"{"errors":[{"message":"Something failed on our side. It is in our log; please try again later.","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}"#;
    Response::builder()
        .status(StatusCode::INTERNAL_SERVER_ERROR)
        .header(CONTENT_TYPE, "application/json; charset=utf-8")
        .body(body.to_owned())
        .expect("the headers are well formed")
}
