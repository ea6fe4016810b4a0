//! Which initiatives work towards which goals.

use sea_orm::entity::prelude::*;

/// A goal of a initiative.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "initiative_goal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub initiative_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub goal_id: Uuid,
    /// The initiative's `sort_title`, here so that one index serves a goal's initiatives.
    pub initiative_sort_title: String,
    #[sea_orm(belongs_to, from = "initiative_id", to = "id")]
    pub initiative: BelongsTo<super::initiative::Entity>,
    #[sea_orm(belongs_to, from = "goal_id", to = "id")]
    pub goal: BelongsTo<super::goal::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
