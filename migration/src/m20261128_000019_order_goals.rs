//! Goals come with the newest strategy first, and in each by their place: an index that has both one way has to be
//! sorted again.

use sea_orm_migration::prelude::*;

use crate::columns::{drop_indexes, index, index_name};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: [&str; 4] = ["state", "strategy_sort_date", "position", "id"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let name = index_name("goal", &COLUMNS);
        drop_indexes(manager, std::slice::from_ref(&name)).await?;
        let [state, newest, place, id] = COLUMNS;
        let index = Index::create()
            .name(name)
            .table("goal")
            .col(state)
            .col((newest, IndexOrder::Desc))
            .col(place)
            .col(id)
            .take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_indexes(manager, &[index_name("goal", &COLUMNS)]).await?;
        index(manager, "goal", &COLUMNS).await
    }
}
