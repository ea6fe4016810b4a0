//! What a strategy wants to reach.

use sea_orm::entity::prelude::*;

use crate::node::State;

/// A goal.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "goal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    pub title: String,
    /// The title as lists go by it.
    pub sort_title: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    pub state: State,
    pub strategy_id: Uuid,
    /// Its place among the strategy's goals, from 1.
    pub position: i32,
    /// The strategy's `sort_date`, here so that the newest strategy's goals come first.
    pub strategy_sort_date: Date,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(belongs_to, from = "strategy_id", to = "id")]
    pub strategy: BelongsTo<super::strategy::Entity>,
    #[sea_orm(has_many, via = "programme_goal")]
    pub programmes: HasMany<super::programme::Entity>,
    #[sea_orm(has_many, via = "initiative_goal")]
    pub initiatives: HasMany<super::initiative::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
