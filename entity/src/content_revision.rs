//! How often the content was changed.

use sea_orm::entity::prelude::*;

/// The one row that every publication raises first, which also makes publications wait for each other.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content_revision")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The number of publications so far.
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
