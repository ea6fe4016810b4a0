//! Where content is from.

use sea_orm::entity::prelude::*;

/// A page that a piece of content, or one of its fields, is from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "source")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub node_id: Uuid,
    /// Its place among the piece's sources, from 1.
    pub position: i32,
    pub page_id: Uuid,
    /// The field that it is the source of; none for the whole piece.
    pub field: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub locator: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub quoted_words: Option<String>,
    pub retrieved_at: Option<DateTimeUtc>,
    /// Of the page as it was retrieved: SHA-256 in hexadecimal.
    pub content_hash: Option<String>,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(belongs_to, from = "page_id", to = "id")]
    pub page: BelongsTo<super::page::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
