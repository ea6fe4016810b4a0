//! What pages mention.

use sea_orm::entity::prelude::*;

/// A piece of content that a page mentions.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "page_mention")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub page_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub node_id: Uuid,
    /// Its place among what the page mentions, from 1.
    pub position: i32,
    #[sea_orm(belongs_to, from = "page_id", to = "id")]
    pub page: BelongsTo<super::page::Entity>,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
