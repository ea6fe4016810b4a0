//! Whether the server lives, and whether it is ready to answer.

use std::time::Duration;

use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::Service;
use crate::store;

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(3);

/// `/health/live`: the process answers.
pub(super) async fn live() -> Json<Value> {
    Json(json!({ "status": "live" }))
}

/// `/health/ready`: the database answers and has all its tables, and the server is not stopping.
pub(super) async fn ready(State(service): State<Service>) -> (StatusCode, Json<Value>) {
    let migrated = timeout(PATIENCE, store::is_migrated(&service.db)).await;
    let (database, migrations) = match migrated {
        Ok(Ok(true)) => ("ready", "applied"),
        Ok(Ok(false)) => ("ready", "pending"),
        _ => ("away", "unknown"),
    };
    let stopping = *service.stopping.borrow();
    let ready = migrations == "applied" && !stopping;
    let (status, word) = if ready {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready")
    };
    let body = json!({
        "status": word,
        "database": database,
        "migrations": migrations,
        "stopping": stopping,
    });
    (status, Json(body))
}
