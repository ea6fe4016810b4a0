//! What quotes are about.

use sea_orm::entity::prelude::*;

/// A piece of content that a quote is about.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "quote_about")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub quote_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub node_id: Uuid,
    /// Its place among what the quote is about, from 1.
    pub position: i32,
    #[sea_orm(belongs_to, from = "quote_id", to = "id")]
    pub quote: BelongsTo<super::quote::Entity>,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
