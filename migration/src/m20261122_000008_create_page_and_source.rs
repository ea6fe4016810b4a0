//! Pages, what they mention, and where all content is from.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{content_table, drop_tables, index, junction_table, owned_by, word};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let page = content_table(manager, "page")
            .col(text_null("site"))
            .col(text_null("permalink"))
            .col(text_null("layout"))
            .col(date_null("published_on"))
            .col(word("published_precision").null())
            .col(date("sort_date"))
            .col(json_binary("parts"))
            .take();
        manager.create_table(page).await?;
        index(manager, "page", &["state", "sort_date", "id"]).await?;

        let mentions = junction_table("page_mention", ("page_id", "page"), ("node_id", "node"))
            .col(integer("position"))
            .take();
        manager.create_table(mentions).await?;
        index(manager, "page_mention", &["page_id", "position", "node_id"]).await?;
        index(manager, "page_mention", &["node_id", "page_id"]).await?;

        let pages = junction_table("node_page", ("node_id", "node"), ("page_id", "page"));
        manager.create_table(pages).await?;
        index(manager, "node_page", &["page_id", "node_id"]).await?;

        let source = Table::create()
            .table("source")
            .col(uuid("id").primary_key())
            .col(uuid("node_id"))
            .col(integer("position"))
            .col(uuid("page_id"))
            .col(string_len_null("field", 64))
            .col(text("locator"))
            .col(text_null("quoted_words"))
            .col(timestamp_with_time_zone_null("retrieved_at"))
            .col(string_len_null("content_hash", 64))
            .foreign_key(&mut owned_by("source", "node_id", "node"))
            .foreign_key(&mut owned_by("source", "page_id", "page"))
            .take();
        manager.create_table(source).await?;
        index(manager, "source", &["node_id", "position", "id"]).await?;
        index(manager, "source", &["page_id", "node_id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["source", "node_page", "page_mention", "page"]).await
    }
}
