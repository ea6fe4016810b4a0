//! Connecting.

use std::time::Duration;

use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};

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

/// Opens a pool of connections.
pub async fn connect(url: &str, connections: u32) -> Result<DatabaseConnection, ConnectError> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .connect_timeout(Duration::from_secs(10))
        // A ping for each statement costs as much as the statement.
        .test_before_acquire(false)
        .sqlx_logging(false);
    if url.starts_with("sqlite:") {
        options.map_sqlx_sqlite_opts(|sqlite| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(Duration::from_secs(10))
                .foreign_keys(true)
                .create_if_missing(true)
        });
    } else if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(ConnectError::Scheme);
    }
    Database::connect(options)
        .await
        .map_err(|source| ConnectError::Unreachable {
            place: place(url),
            source,
        })
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
