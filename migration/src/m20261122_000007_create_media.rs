//! Media, and what shows them.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{content_table, drop_tables, index, junction_table, owned_by, word};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let media = content_table(manager, "media")
            .col(word("kind"))
            .col(text("source_url"))
            .col(string_len_null("mime_type", 255))
            .col(big_integer_null("bytes"))
            .col(integer_null("width"))
            .col(integer_null("height"))
            .col(integer_null("duration_seconds"))
            .col(string_len_null("provider", 64))
            .col(string_len_null("provider_id", 255))
            .col(text_null("alt_text"))
            .col(boolean("decorative"))
            .col(text_null("caption"))
            .col(boolean("captions"))
            .col(boolean("has_transcript"))
            .take();
        manager.create_table(media).await?;
        index(manager, "media", &["state", "sort_title", "id"]).await?;

        let transcript = Table::create()
            .table("transcript")
            .col(uuid("media_id").primary_key())
            .col(text("text"))
            .foreign_key(&mut owned_by("transcript", "media_id", "media"))
            .take();
        manager.create_table(transcript).await?;

        let shown = junction_table("node_media", ("node_id", "node"), ("media_id", "media"))
            .col(word("role"))
            .col(integer("position"))
            .take();
        manager.create_table(shown).await?;
        index(manager, "node_media", &["node_id", "position", "media_id"]).await?;
        index(manager, "node_media", &["media_id", "node_id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["node_media", "transcript", "media"]).await
    }
}
