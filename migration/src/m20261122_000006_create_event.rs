//! Events, their sessions and their partners.

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
        let event = content_table(manager, "event")
            .col(word("kind"))
            .col(date_null("starts_on"))
            .col(word("starts_precision").null())
            .col(date_null("ends_on"))
            .col(word("ends_precision").null())
            .col(date("sort_date"))
            .col(text_null("venue"))
            .col(string_len_null("country", 2))
            .col(text_null("series"))
            .col(uuid_null("programme_id"))
            .col(uuid_null("initiative_id"))
            .foreign_key(&mut refers_to("event", "programme_id", "programme"))
            .foreign_key(&mut refers_to("event", "initiative_id", "initiative"))
            .take();
        manager.create_table(event).await?;
        index(manager, "event", &["state", "sort_date", "id"]).await?;
        index(manager, "event", &["programme_id", "sort_date", "id"]).await?;
        index(manager, "event", &["initiative_id", "sort_date", "id"]).await?;

        let partners = junction_table(
            "event_partner",
            ("event_id", "event"),
            ("partner_id", "partner"),
        )
        .col(word("role"))
        .col(date("event_sort_date"))
        .take();
        manager.create_table(partners).await?;
        let newest = ["partner_id", "event_sort_date", "event_id"];
        index(manager, "event_partner", &newest).await?;

        let session = Table::create()
            .table("event_session")
            .col(uuid("id").primary_key())
            .col(uuid("event_id"))
            .col(integer("position"))
            .col(text("title"))
            .col(text("summary"))
            .col(word("access"))
            .foreign_key(&mut owned_by("event_session", "event_id", "event"))
            .take();
        manager.create_table(session).await?;
        index(manager, "event_session", &["event_id", "position", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["event_session", "event_partner", "event"]).await
    }
}
