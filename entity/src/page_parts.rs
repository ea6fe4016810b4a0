//! What pages consist of: in a table of its own, since lists never read it.

use sea_orm::entity::prelude::*;

use super::page::Parts;

/// The parts of a page.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "page_parts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub page_id: Uuid,
    #[sea_orm(column_type = "JsonBinary")]
    pub parts: Parts,
}

impl ActiveModelBehavior for ActiveModel {}
