//! What happened to content, in order.

use sea_orm::entity::prelude::*;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
pub enum Action {
    /// It was not there before.
    #[default]
    Create,
    /// It got a new edition.
    Update,
    /// It holds no more.
    Withdraw,
    /// It is found at another address.
    Redirect,
    /// It is not there any more.
    Delete,
}

/// One change of one piece of content.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub struct Model {
    /// Derived from the node's id and the edition.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// From 1, without gaps: publishing is serialised.
    #[sea_orm(unique)]
    pub seq: i64,
    /// What was changed.
    pub node_id: Uuid,
    /// How.
    pub action: Action,
    /// The edition that came of it.
    pub edition: i32,
    /// The content revision that it is part of.
    pub revision: i64,
    /// The document's fields that differ from the edition before, as a list of names.
    #[sea_orm(column_type = "JsonBinary")]
    pub fields: Json,
    /// When.
    pub changed_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
