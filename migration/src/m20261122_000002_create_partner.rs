//! Organisations.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{content_table, defer, drop_tables, index, refers_to, word};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let partner = content_table(manager, "partner")
            .col(word("kind"))
            .col(string_len_null("country", 2))
            .col(uuid_null("parent_id"))
            .foreign_key(&mut refers_to("partner", "parent_id", "partner"))
            .take();
        manager.create_table(partner).await?;
        defer(manager, "partner", "parent_id").await?;
        index(manager, "partner", &["state", "sort_title", "id"]).await?;
        index(manager, "partner", &["parent_id", "sort_title", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["partner"]).await
    }
}
