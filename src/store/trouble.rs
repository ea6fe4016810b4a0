//! What kind of trouble the database has: whether to try again, and what to tell of it.

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Why a statement failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Its connection was dead: another may do.
    Broken,
    /// The database does not answer, or has no connection to spare.
    Away,
    /// It took longer than statements may.
    Stopped,
    /// Anything else: a mistake of ours.
    Other,
}

impl Trouble {
    /// What this failure is.
    pub fn of(error: &DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(_) => Self::Away,
            DbErr::Conn(RuntimeErr::SqlxError(error))
            | DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error)) => of_driver(error),
            _ => Self::Other,
        }
    }
}

fn of_driver(error: &sqlx::Error) -> Trouble {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::Tls(_) => Trouble::Broken,
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
            Trouble::Away
        }
        sqlx::Error::Database(error) => match error.code().as_deref() {
            // PostgreSQL's class 57 (operator intervention) but for 57014, which is the time limit; and 53300,
            // too many connections. <https://www.postgresql.org/docs/current/errcodes-appendix.html>
            Some("57P01" | "57P02" | "57P05") => Trouble::Broken,
            Some("57P03" | "53300") => Trouble::Away,
            // SQLITE_INTERRUPT is 9.
            Some("57014" | "9") => Trouble::Stopped,
            _ => Trouble::Other,
        },
        _ => Trouble::Other,
    }
}
