//! Awards and challenges.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{content_table, drop_tables, index, junction_table, refers_to, word};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let award = content_table(manager, "award")
            .col(date_null("awarded_on"))
            .col(word("awarded_precision").null())
            .col(date("sort_date"))
            .col(uuid_null("awarded_by_id"))
            .col(integer_null("rank"))
            .col(integer_null("out_of"))
            .col(text_null("category"))
            .col(uuid_null("programme_id"))
            .foreign_key(&mut refers_to("award", "awarded_by_id", "partner"))
            .foreign_key(&mut refers_to("award", "programme_id", "programme"))
            .take();
        manager.create_table(award).await?;
        index(manager, "award", &["state", "sort_date", "id"]).await?;
        index(manager, "award", &["awarded_by_id", "sort_date", "id"]).await?;
        index(manager, "award", &["programme_id", "sort_date", "id"]).await?;

        let recipients = junction_table(
            "award_recipient",
            ("award_id", "award"),
            ("partner_id", "partner"),
        )
        .col(date("award_sort_date"))
        .take();
        manager.create_table(recipients).await?;
        let newest = ["partner_id", "award_sort_date", "award_id"];
        index(manager, "award_recipient", &newest).await?;

        let challenge = content_table(manager, "challenge")
            .col(text("mitigation"))
            .col(integer("position"))
            .col(uuid_null("event_id"))
            .foreign_key(&mut refers_to("challenge", "event_id", "event"))
            .take();
        manager.create_table(challenge).await?;
        index(manager, "challenge", &["state", "sort_title", "id"]).await?;
        index(manager, "challenge", &["event_id", "position", "id"]).await?;

        let programmes = junction_table(
            "challenge_programme",
            ("challenge_id", "challenge"),
            ("programme_id", "programme"),
        );
        manager.create_table(programmes).await?;
        let other_way = ["programme_id", "challenge_id"];
        index(manager, "challenge_programme", &other_way).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "challenge_programme",
                "challenge",
                "award_recipient",
                "award",
            ],
        )
        .await
    }
}
