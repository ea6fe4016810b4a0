//! Strategies and their goals.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{content_table, defer, drop_tables, index, owned_by, refers_to, word};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let strategy = content_table(manager, "strategy")
            .col(date_null("launched_on"))
            .col(word("launched_precision").null())
            .col(date_null("refreshed_on"))
            .col(word("refreshed_precision").null())
            .col(date("sort_date"))
            .col(uuid_null("predecessor_id"))
            .foreign_key(&mut refers_to("strategy", "predecessor_id", "strategy"))
            .take();
        manager.create_table(strategy).await?;
        defer(manager, "strategy", "predecessor_id").await?;
        index(manager, "strategy", &["state", "sort_date", "id"]).await?;
        index(manager, "strategy", &["predecessor_id", "sort_date", "id"]).await?;

        let goal = content_table(manager, "goal")
            .col(uuid("strategy_id"))
            .col(integer("position"))
            .col(date("strategy_sort_date"))
            .foreign_key(&mut owned_by("goal", "strategy_id", "strategy"))
            .take();
        manager.create_table(goal).await?;
        let newest = ["state", "strategy_sort_date", "position", "id"];
        index(manager, "goal", &newest).await?;
        index(manager, "goal", &["strategy_id", "position", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["goal", "strategy"]).await
    }
}
