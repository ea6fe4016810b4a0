//! Figures and what they measure.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{content_table, drop_tables, index, junction_table, word};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statistic = content_table(manager, "statistic")
            .col(big_integer("value_micros"))
            .col(string_len("unit", 64))
            .col(word("qualifier"))
            .col(text("display_value"))
            .col(date_null("period_start"))
            .col(word("period_start_precision").null())
            .col(date_null("period_end"))
            .col(word("period_end_precision").null())
            .col(text_null("period_label"))
            .col(date("sort_date"))
            .col(string_len_null("geography", 2))
            .col(string_len_null("series", 80))
            .col(uuid_null("series_id"))
            .take();
        manager.create_table(statistic).await?;
        index(manager, "statistic", &["state", "sort_title", "id"]).await?;
        index(manager, "statistic", &["series_id", "sort_date", "id"]).await?;

        let measures = junction_table(
            "statistic_measure",
            ("statistic_id", "statistic"),
            ("node_id", "node"),
        )
        .col(integer("position"))
        .take();
        manager.create_table(measures).await?;
        let in_order = ["statistic_id", "position", "node_id"];
        index(manager, "statistic_measure", &in_order).await?;
        index(manager, "statistic_measure", &["node_id", "statistic_id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["statistic_measure", "statistic"]).await
    }
}
