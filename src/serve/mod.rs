//! HTTP: which paths there are and what they answer.

mod explorer;
mod graphql;
mod guard;
mod persisted;

use std::{io, sync::Arc, time::Duration};

use axum::{Router, middleware::map_response, routing::get};
use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use tokio::{net::TcpListener, signal, sync::watch, time::sleep};
use tower_http::limit::RequestBodyLimitLayer;
use tracing::{info, warn};

use self::persisted::Documents;
use crate::{
    config::Config,
    graphql::{Schema, schema},
};

/// What requests are answered with.
#[derive(Clone)]
pub struct Service {
    schema: Schema,
    db: DatabaseConnection,
    documents: Arc<Documents>,
    max_depth: usize,
    max_fields: usize,
    max_rows: usize,
    clock: Clock,
}

/// What time it is.
pub type Clock = fn() -> DateTime<Utc>;

impl Service {
    /// The service over this database and by this clock.
    pub fn new(config: &Config, db: DatabaseConnection, clock: Clock) -> Self {
        Self {
            schema: schema().limit_depth(config.max_depth).finish(),
            db,
            documents: Arc::new(Documents::new(config.persisted_query_bytes)),
            max_depth: config.max_depth,
            max_fields: config.max_fields,
            max_rows: config.max_rows,
            clock,
        }
    }
}

/// All paths, so that tests can call them without a socket.
pub fn routes(service: Service, config: &Config) -> Router {
    Router::new()
        .route("/graphql", get(graphql::execute).post(graphql::execute))
        .layer(RequestBodyLimitLayer::new(config.max_request_bytes))
        .layer(map_response(graphql::refuse_in_json))
        .with_state(service)
        .merge(explorer::routes())
}

/// Answers requests until SIGINT or SIGTERM, and then those in flight.
pub async fn serve(listener: TcpListener, service: Service, config: &Config) -> io::Result<()> {
    let (stop, mut stopped) = watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop().await;
        info!("Stopping: requests in flight are finished");
        stop.send_replace(true);
    });
    let mut stopping = stopped.clone();
    let server = axum::serve(listener, routes(service, config))
        .with_graceful_shutdown(async move {
            // An error means that the sender is gone, which is as good a reason to stop.
            let _ = stopping.wait_for(|stop| *stop).await;
        })
        .into_future();
    let patience = Duration::from_secs(config.shutdown_seconds);
    tokio::select! {
        result = server => result,
        () = async {
            let _ = stopped.wait_for(|stop| *stop).await;
            sleep(patience).await;
        } => {
            warn!("Stopped with requests unfinished after {} s", patience.as_secs());
            Ok(())
        }
    }
}

async fn asked_to_stop() {
    let interrupt = async {
        signal::ctrl_c().await.expect("the runtime handles signals");
    };
    #[cfg(unix)]
    let terminate = async {
        signal::unix::signal(signal::unix::SignalKind::terminate())
            .expect("the runtime handles signals")
            .recv()
            .await;
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
