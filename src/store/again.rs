//! Reading in spite of connections that died.

use sea_orm::{DatabaseConnection, DbBackend, DbErr};

use super::Trouble;

/// How often a read is tried: as often as there may be dead connections in the pool. When PostgreSQL
/// restarts, all of them die, and nobody knows before they are used.
pub struct Attempts {
    left: u32,
}

impl Attempts {
    /// The attempts to read from this database.
    pub fn on(db: &DatabaseConnection) -> Self {
        let left = match db.get_database_backend() {
            DbBackend::Postgres => db.get_postgres_connection_pool().size() + 1,
            _ => 0,
        };
        Self { left }
    }

    /// Whether to try once more after what came of the last attempt: if it failed for its connection alone.
    pub fn again(&mut self, failure: Option<&DbErr>) -> bool {
        let broken = failure.map(Trouble::of) == Some(Trouble::Broken);
        let again = broken && self.left > 0;
        self.left = self.left.saturating_sub(1);
        again
    }
}
