//! How organisations can be reached.

use sea_orm::entity::prelude::*;

/// An address to write to.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub node_id: Uuid,
    /// Its place among the piece's contacts, from 1.
    pub position: i32,
    /// An e-mail address, or the address of a form.
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
