//! People and what they said.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{
    content_table, drop_tables, index, junction_table, owned_by, refers_to, word,
};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let person = content_table(manager, "person")
            .col(text_null("role"))
            .col(uuid_null("organisation_id"))
            .foreign_key(&mut refers_to("person", "organisation_id", "partner"))
            .take();
        manager.create_table(person).await?;
        index(manager, "person", &["state", "sort_title", "id"]).await?;
        index(manager, "person", &["organisation_id", "sort_title", "id"]).await?;

        let quote = content_table(manager, "quote")
            .col(text_null("words"))
            .col(text_null("gist"))
            .col(date_null("said_on"))
            .col(word("said_precision").null())
            .col(date("sort_date"))
            .col(uuid("speaker_id"))
            .col(uuid_null("event_id"))
            .foreign_key(&mut owned_by("quote", "speaker_id", "person"))
            .foreign_key(&mut refers_to("quote", "event_id", "event"))
            .take();
        manager.create_table(quote).await?;
        index(manager, "quote", &["state", "sort_date", "id"]).await?;
        index(manager, "quote", &["speaker_id", "sort_date", "id"]).await?;
        index(manager, "quote", &["event_id", "sort_date", "id"]).await?;

        let about = junction_table("quote_about", ("quote_id", "quote"), ("node_id", "node"))
            .col(integer("position"))
            .take();
        manager.create_table(about).await?;
        index(manager, "quote_about", &["quote_id", "position", "node_id"]).await?;
        index(manager, "quote_about", &["node_id", "quote_id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["quote_about", "quote", "person"]).await
    }
}
