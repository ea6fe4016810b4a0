//! Programmes, their goals and their partners.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{content_table, defer, drop_tables, index, junction_table, refers_to, word};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let programme = content_table(manager, "programme")
            .col(word("kind"))
            .col(json_binary("audiences"))
            .col(date_null("started_on"))
            .col(word("started_precision").null())
            .col(date_null("ended_on"))
            .col(word("ended_precision").null())
            .col(uuid_null("lead_agency_id"))
            .col(uuid_null("parent_id"))
            .foreign_key(&mut refers_to("programme", "lead_agency_id", "partner"))
            .foreign_key(&mut refers_to("programme", "parent_id", "programme"))
            .take();
        manager.create_table(programme).await?;
        defer(manager, "programme", "parent_id").await?;
        index(manager, "programme", &["state", "sort_title", "id"]).await?;
        index(
            manager,
            "programme",
            &["lead_agency_id", "sort_title", "id"],
        )
        .await?;
        index(manager, "programme", &["parent_id", "sort_title", "id"]).await?;

        let goals = junction_table(
            "programme_goal",
            ("programme_id", "programme"),
            ("goal_id", "goal"),
        );
        manager.create_table(goals).await?;
        index(manager, "programme_goal", &["goal_id", "programme_id"]).await?;

        let partners = junction_table(
            "programme_partner",
            ("programme_id", "programme"),
            ("partner_id", "partner"),
        )
        .col(word("role"))
        .take();
        manager.create_table(partners).await?;
        index(
            manager,
            "programme_partner",
            &["partner_id", "programme_id"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["programme_partner", "programme_goal", "programme"];
        drop_tables(manager, &tables).await
    }
}
