//! What hangs off content of any kind: topics, translations, contacts.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{
    content_table, drop_tables, index, junction_table, owned_by, sort_text, word,
};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let topic = content_table(manager, "topic");
        manager.create_table(topic).await?;
        index(manager, "topic", &["state", "sort_title", "id"]).await?;
        let topics = junction_table("node_topic", ("node_id", "node"), ("topic_id", "topic"));
        manager.create_table(topics).await?;
        index(manager, "node_topic", &["topic_id", "node_id"]).await?;

        let translation = Table::create()
            .table("translation")
            .col(uuid("id").primary_key())
            .col(uuid("node_id"))
            .col(sort_text(manager, "language"))
            .col(word("status"))
            .col(text("title"))
            .col(text_null("summary"))
            .col(text_null("body_markdown"))
            .col(text_null("body_html"))
            .col(text_null("body_plain_text"))
            .col(integer("made_from_edition"))
            .foreign_key(&mut owned_by("translation", "node_id", "node"))
            .take();
        manager.create_table(translation).await?;
        index(manager, "translation", &["node_id", "language", "id"]).await?;

        let contact = Table::create()
            .table("contact")
            .col(uuid("id").primary_key())
            .col(uuid("node_id"))
            .col(integer("position"))
            .col(text("address"))
            .col(text("purpose"))
            .foreign_key(&mut owned_by("contact", "node_id", "node"))
            .take();
        manager.create_table(contact).await?;
        index(manager, "contact", &["node_id", "position", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["contact", "translation", "node_topic", "topic"]).await
    }
}
