//! Bringing the tables up to date, all or nothing.

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, TransactionTrait,
};

/// Applies all migrations that were not applied yet.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    let transaction = begin(db).await?;
    Migrator::up(&transaction, None).await?;
    transaction.commit().await
}

/// Takes back all migrations, and with them all content.
pub async fn unmigrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    let transaction = begin(db).await?;
    Migrator::down(&transaction, None).await?;
    transaction.commit().await
}

/// Processes that start together migrate one after the other. On SQLite the first to write makes the
/// others wait.
async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let transaction = db.begin().await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        // The number is ours alone: "civi" in ASCII.
        let lock = "SELECT pg_advisory_xact_lock(1667855977)";
        transaction.execute_unprepared(lock).await?;
    }
    Ok(transaction)
}
