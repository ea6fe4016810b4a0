//! Every version of every piece of content, as one document.

use sea_orm::entity::prelude::*;

/// Where an edition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
pub enum State {
    /// It is what clients see.
    #[default]
    Published,
    /// A later edition took its place.
    Superseded,
}

/// One version of a piece of content.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "edition")]
pub struct Model {
    /// Derived from the node's id and the number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The piece of content.
    pub node_id: Uuid,
    /// From 1, without gaps.
    pub number: i32,
    /// Where it stands.
    pub state: State,
    /// The document's fields that differ from the edition before, as a list of names.
    #[sea_orm(column_type = "JsonBinary")]
    pub fields: Json,
    /// When it was published.
    pub published_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
