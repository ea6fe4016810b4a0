//! Noticing that content changed, whoever changed it.

use std::time::Duration;

use sea_orm::{DatabaseConnection, DbBackend, sqlx::postgres::PgListener};
use tokio::{sync::watch, time::sleep};
use tracing::warn;

use super::revision::{CHANNEL, Revision};

/// How often the revision is looked at where nothing tells of a change: on SQLite, and on PostgreSQL in
/// case a notification was lost.
const LOOK: Duration = Duration::from_millis(500);
const LOOK_AT_POSTGRES: Duration = Duration::from_secs(15);

/// Keeps `revision` at the content revision, until nobody looks at it any more.
pub async fn listen(db: DatabaseConnection, revision: watch::Sender<i64>) {
    let revision_of = Revision::new(db.clone());
    let mut listener = None;
    while !revision.is_closed() {
        if db.get_database_backend() == DbBackend::Postgres && listener.is_none() {
            listener = listening(&db).await;
        }
        // Read after listening began: what was told before cannot be missed.
        match revision_of.anew().await {
            Ok(now) => {
                revision.send_if_modified(|before| std::mem::replace(before, now) != now);
            }
            Err(error) => {
                warn!(%error, "Cannot read the content revision");
                listener = None;
            }
        }
        let Some(notified) = &mut listener else {
            sleep(LOOK).await;
            continue;
        };
        tokio::select! {
            told = notified.try_recv() => if !matches!(told, Ok(Some(_))) {
                // The connection is gone, and with it what was told meanwhile.
                listener = None;
            },
            () = sleep(LOOK_AT_POSTGRES) => {}
        }
    }
}

async fn listening(db: &DatabaseConnection) -> Option<PgListener> {
    let connected = PgListener::connect_with(db.get_postgres_connection_pool()).await;
    let mut listener = connected.ok()?;
    listener.listen(CHANNEL).await.ok()?;
    Some(listener)
}
