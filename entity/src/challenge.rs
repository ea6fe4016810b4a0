//! What makes it hard, and what is done about it.

use sea_orm::entity::prelude::*;

use crate::node::State;

/// A challenge.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "challenge")]
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
    #[sea_orm(column_type = "Text")]
    pub mitigation: String,
    /// Its place in the list that it is from, from 1; 0 where there is none.
    pub position: i32,
    pub event_id: Option<Uuid>,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(belongs_to, from = "event_id", to = "id")]
    pub event: BelongsTo<Option<super::event::Entity>>,
    #[sea_orm(has_many, via = "challenge_programme")]
    pub programmes: HasMany<super::programme::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
