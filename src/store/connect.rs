//! Connecting.

use std::time::{Duration, Instant};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbErr,
    sqlx::{self, SqliteConnection},
};

/// Why there is no connection: what was tried, without its password, and what went wrong.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Not an address of a database that we know.
    #[error(
        "`DATABASE_URL` is no database address: it begins with `sqlite:` or `postgres://`, as in sqlite:civigraph.db"
    )]
    Scheme,
    /// The database does not answer, or turns us away.
    #[error("cannot reach the database {place}")]
    Unreachable {
        /// Where it should be: no user, no password.
        place: String,
        /// What the driver says.
        source: DbErr,
    },
}

/// Opens a pool of connections. If statements may take only so long, the database stops those that take
/// longer.
pub async fn connect(
    url: &str,
    connections: u32,
    longest: Option<Duration>,
) -> Result<DatabaseConnection, ConnectError> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        // Who answers requests says soon that there is no connection; who writes waits.
        .acquire_timeout(longest.map_or(PATIENCE, |longest| longest.min(PATIENCE / 4)))
        .connect_timeout(Duration::from_secs(10))
        // A ping for each statement costs as much as the statement.
        .test_before_acquire(false)
        .sqlx_logging(false);
    if url.starts_with("sqlite:") {
        options.map_sqlx_sqlite_opts(move |sqlite| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(longest.map_or(TURN, |longest| longest.min(TURN)))
                .foreign_keys(true)
                .create_if_missing(true)
        });
        if let Some(longest) = longest {
            stop_after(&mut options, longest);
        }
    } else if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(ConnectError::Scheme);
    } else if let Some(longest) = longest {
        options.statement_timeout(longest);
    }
    Database::connect(options)
        .await
        .map_err(|source| ConnectError::Unreachable {
            place: place(url),
            source,
        })
}

/// How long one who writes waits for another who does: a large site takes a while.
const TURN: Duration = Duration::from_mins(10);

/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// SQLite has no time limit of its own: it asks every so many steps of its machine whether to go on. The
/// time is set whenever a connection is taken, new or from the pool.
fn stop_after(options: &mut ConnectOptions, longest: Duration) {
    options.map_sqlx_sqlite_pool_opts(move |pool| {
        pool.after_connect(move |connection, _| Box::pin(stop_from_now(connection, longest)))
    });
    options.map_sqlx_sqlite_before_acquire(move |connection, _| {
        Box::pin(async move {
            stop_from_now(connection, longest).await?;
            Ok(true)
        })
    });
}

async fn stop_from_now(
    connection: &mut SqliteConnection,
    longest: Duration,
) -> Result<(), sqlx::Error> {
    const STEPS: i32 = 100_000;
    let stop = Instant::now() + longest;
    let mut handle = connection.lock_handle().await?;
    handle.set_progress_handler(STEPS, move || Instant::now() < stop);
    Ok(())
}

/// The address without what must not be shown.
fn place(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(url) if url.has_host() => format!(
            "{}:{}{}",
            url.host_str().unwrap_or_default(),
            url.port().unwrap_or(5432),
            url.path()
        ),
        _ => url.split('?').next().unwrap_or_default().to_owned(),
    }
}
