//! What content is about.

use sea_orm::entity::prelude::*;

use crate::node::State;

/// A topic.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "topic")]
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
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
