//! The anchor of all content, and what hangs off it: bodies, editions, changes, the content revision.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, owned_by, word};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let node = Table::create()
            .table("node")
            .col(uuid("id").primary_key())
            .col(word("kind"))
            .col(text_uniq("url").null())
            .col(integer("edition"))
            .col(string_len("content_hash", 64))
            .col(timestamp_with_time_zone("published_at"))
            .col(timestamp_with_time_zone("content_updated_at"))
            .col(timestamp_with_time_zone("record_updated_at"))
            .take();
        manager.create_table(node).await?;

        let body = Table::create()
            .table("body")
            .col(uuid("node_id").primary_key())
            .col(text("markdown"))
            .col(text("html"))
            .col(text("plain_text"))
            .foreign_key(&mut owned_by("body", "node_id", "node"))
            .take();
        manager.create_table(body).await?;

        let edition = Table::create()
            .table("edition")
            .col(uuid("node_id"))
            .col(integer("number"))
            .col(word("state"))
            .col(json_binary("document"))
            .col(timestamp_with_time_zone("published_at"))
            .primary_key(Index::create().col("node_id").col("number"))
            .foreign_key(&mut owned_by("edition", "node_id", "node"))
            .take();
        manager.create_table(edition).await?;

        let change = Table::create()
            .table("change")
            .col(big_integer("seq").primary_key())
            .col(uuid("node_id"))
            .col(word("action"))
            .col(integer("edition"))
            .col(big_integer("revision"))
            .col(json_binary("fields"))
            .col(timestamp_with_time_zone("changed_at"))
            .foreign_key(&mut owned_by("change", "node_id", "node"))
            .take();
        manager.create_table(change).await?;
        index(manager, "change", &["node_id", "seq"]).await?;

        let content_revision = Table::create()
            .table("content_revision")
            .col(integer("id").primary_key())
            .col(big_integer("revision"))
            .take();
        manager.create_table(content_revision).await?;
        let first = Query::insert()
            .into_table("content_revision")
            .columns(["id", "revision"])
            .values_panic([1.into(), 0.into()])
            .take();
        manager.execute(first).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["content_revision", "change", "edition", "body", "node"];
        drop_tables(manager, &tables).await
    }
}
