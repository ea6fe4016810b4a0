//! Which content is from which pages, each pair once, however many places of the page are named.

use sea_orm::entity::prelude::*;

/// A page that a piece of content is from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "node_page")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub node_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub page_id: Uuid,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(belongs_to, from = "page_id", to = "id")]
    pub page: BelongsTo<super::page::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
