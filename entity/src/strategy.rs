//! A government's plan, with goals.

use sea_orm::entity::prelude::*;

use crate::{node::State, precision::Precision};

/// A strategy.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "strategy")]
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
    pub launched_on: Option<Date>,
    pub launched_precision: Option<Precision>,
    pub refreshed_on: Option<Date>,
    pub refreshed_precision: Option<Precision>,
    /// When it was launched, or year 1 where nobody knows.
    pub sort_date: Date,
    pub predecessor_id: Option<Uuid>,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(
        self_ref,
        relation_enum = "Predecessor",
        relation_reverse = "Successors",
        from = "predecessor_id",
        to = "id"
    )]
    pub predecessor: BelongsTo<Option<Entity>>,
    #[sea_orm(has_many)]
    pub goals: HasMany<super::goal::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
