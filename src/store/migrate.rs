//! Bringing the tables up to date, all or nothing.

use migration::{Migrator, MigratorTrait};
use sea_orm::Statement;
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

/// Whether all migrations were applied.
pub async fn is_migrated(db: &DatabaseConnection) -> Result<bool, DbErr> {
    let count = "SELECT COUNT(*) AS applied FROM seaql_migrations";
    let count = Statement::from_string(db.get_database_backend(), count);
    let row = db.query_one_raw(count).await?;
    let applied = row.map_or(Ok(0), |row| row.try_get::<i64>("", "applied"))?;
    Ok(usize::try_from(applied).is_ok_and(|applied| applied >= Migrator::migrations().len()))
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
