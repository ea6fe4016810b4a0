//! What is from the pages of a site: how the importer last left it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, owned_by};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let imported = Table::create()
            .table("imported")
            .col(uuid("node_id").primary_key())
            .col(string_len("site", 255))
            .col(text("file"))
            .col(text_null("content_hash"))
            .col(boolean("adopted"))
            .col(json_binary("fields"))
            .foreign_key(&mut owned_by("imported", "node_id", "node"))
            .take();
        manager.create_table(imported).await?;
        let by_site = Index::create()
            .name("imported_site")
            .table("imported")
            .col("site")
            .take();
        manager.create_index(by_site).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["imported"]).await
    }
}
