//! Initiatives, their goals and their partners.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{content_table, drop_tables, index, junction_table, refers_to, word};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let initiative = content_table(manager, "initiative")
            .col(word("status"))
            .col(date_null("started_on"))
            .col(word("started_precision").null())
            .col(date_null("ended_on"))
            .col(word("ended_precision").null())
            .col(uuid_null("programme_id"))
            .foreign_key(&mut refers_to("initiative", "programme_id", "programme"))
            .take();
        manager.create_table(initiative).await?;
        index(manager, "initiative", &["state", "sort_title", "id"]).await?;
        index(manager, "initiative", &["programme_id", "sort_title", "id"]).await?;

        let goals = junction_table(
            "initiative_goal",
            ("initiative_id", "initiative"),
            ("goal_id", "goal"),
        );
        manager.create_table(goals).await?;
        index(manager, "initiative_goal", &["goal_id", "initiative_id"]).await?;

        let partners = junction_table(
            "initiative_partner",
            ("initiative_id", "initiative"),
            ("partner_id", "partner"),
        )
        .col(word("role"))
        .take();
        manager.create_table(partners).await?;
        index(
            manager,
            "initiative_partner",
            &["partner_id", "initiative_id"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["initiative_partner", "initiative_goal", "initiative"];
        drop_tables(manager, &tables).await
    }
}
