//! All words that content has had, by which misspelt ones are put right.

use sea_orm::entity::prelude::*;

/// A word.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_word")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    /// The same from its end: words with one ending stand together.
    pub reversed: String,
}

impl ActiveModelBehavior for ActiveModel {}
