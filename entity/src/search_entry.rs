//! What can be searched: the texts of content, in each of its languages.

use sea_orm::entity::prelude::*;

/// The texts of a piece of content in one language. Their words are where each engine finds them fast, which only
/// `store` knows.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_entry")]
pub struct Model {
    /// Derived from the node's id and the language.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub node_id: Uuid,
    /// BCP 47.
    pub language: String,
    /// Whether it is the original, no translation.
    pub original: bool,
    /// What goes first among pieces that fit a query equally well: the smallest.
    pub weight: i32,
    /// The folded words of the title.
    #[sea_orm(column_type = "Text")]
    pub title_words: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Names, places and what else belongs to it, one a line.
    #[sea_orm(column_type = "Text")]
    pub details: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    /// All that is written about it, as plain text.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
