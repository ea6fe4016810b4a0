//! One publication may come in parts: what a part names may come with a later one. PostgreSQL must be told so for
//! each key; SQLite needs nothing, `PRAGMA defer_foreign_keys` does it for all.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

const DEFER_ALL: &str = r"
DO $$
DECLARE key record;
BEGIN
    FOR key IN
        SELECT conrelid::regclass AS owner, conname AS name
        FROM pg_constraint
        WHERE contype = 'f' AND NOT condeferrable AND connamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE', key.owner, key.name);
    END LOOP;
END
$$";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            manager
                .get_connection()
                .execute_unprepared(DEFER_ALL)
                .await?;
        }
        Ok(())
    }

    /// Keys that may be deferred do no harm to whoever does not defer them.
    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
