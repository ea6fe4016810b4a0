//! The documents of editions: in a table of their own, since lists never read them.

use sea_orm::entity::prelude::*;

/// The document of an edition.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "edition_document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub edition_id: Uuid,
    /// With its links and sources.
    #[sea_orm(column_type = "JsonBinary")]
    pub document: Json,
}

impl ActiveModelBehavior for ActiveModel {}
