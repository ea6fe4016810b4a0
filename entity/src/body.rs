//! The long text of a piece of content, apart from its row so that lists never read it.

use sea_orm::entity::prelude::*;

/// A body, as written and as rendered when it was written.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "body")]
pub struct Model {
    /// The piece of content that it is the body of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub node_id: Uuid,
    /// As written.
    #[sea_orm(column_type = "Text")]
    pub markdown: String,
    /// Sanitised HTML.
    #[sea_orm(column_type = "Text")]
    pub html: String,
    /// Without any markup.
    #[sea_orm(column_type = "Text")]
    pub plain_text: String,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
