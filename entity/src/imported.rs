//! What is from the pages of a site: how the importer last left it, so that it knows what persons changed since.

use std::collections::BTreeMap;

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// The fields that a document had as the importer made it: of each a hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Fields(pub BTreeMap<String, String>);

/// A piece that the importer made, or filled in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "imported")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub node_id: Uuid,
    /// The site's name, such as `tech.gov.sg`.
    pub site: String,
    /// The file that it is from, on the site.
    #[sea_orm(column_type = "Text")]
    pub file: String,
    /// The node's hash if the piece was left as the importer made it; nothing if somebody had a part in it.
    #[sea_orm(column_type = "Text", nullable)]
    pub content_hash: Option<String>,
    /// Whether the piece was there before the importer came.
    pub adopted: bool,
    #[sea_orm(column_type = "JsonBinary")]
    pub fields: Fields,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
