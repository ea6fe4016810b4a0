//! How what is derived from documents was derived: one row.

use sea_orm::entity::prelude::*;

/// The version of the derivation that the rows are from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "derivation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// 0 before anything was derived.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
