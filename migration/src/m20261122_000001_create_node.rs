//! The anchor of all content, and what hangs off it: bodies, editions, changes, the content revision.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{defer, drop_tables, index, owned_by, refers_to, sort_text, word};

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
            .col(sort_text(manager, "sort_title"))
            .col(text_uniq("url").null())
            .col(word("state"))
            .col(text_null("state_reason"))
            .col(timestamp_with_time_zone("state_since"))
            .col(uuid_null("successor_id"))
            .col(text_null("redirect_to"))
            .col(string_len("language", 35))
            .col(string_len_null("licence", 100))
            .col(text_null("attribution"))
            .col(uuid_null("owner_id"))
            .col(date_null("reviewed_on"))
            .col(date_null("review_due_on"))
            .col(integer("edition"))
            .col(integer("words_edition"))
            .col(string_len("content_hash", 64))
            .col(timestamp_with_time_zone("published_at"))
            .col(timestamp_with_time_zone("content_updated_at"))
            .col(timestamp_with_time_zone("record_updated_at"))
            .foreign_key(&mut refers_to("node", "successor_id", "node"))
            .foreign_key(&mut refers_to("node", "owner_id", "node"))
            .take();
        manager.create_table(node).await?;
        defer(manager, "node", "successor_id").await?;
        defer(manager, "node", "owner_id").await?;
        index(manager, "node", &["state", "sort_title", "id"]).await?;
        index(manager, "node", &["review_due_on", "id"]).await?;
        index(manager, "node", &["owner_id"]).await?;
        index(manager, "node", &["successor_id"]).await?;

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
            .col(uuid("id").primary_key())
            .col(uuid("node_id"))
            .col(integer("number"))
            .col(word("state"))
            .col(json_binary("document"))
            .col(json_binary("fields"))
            .col(timestamp_with_time_zone("published_at"))
            .foreign_key(&mut owned_by("edition", "node_id", "node"))
            .take();
        manager.create_table(edition).await?;
        index(manager, "edition", &["node_id", "number", "id"]).await?;

        let change = Table::create()
            .table("change")
            .col(uuid("id").primary_key())
            .col(big_integer_uniq("seq"))
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
