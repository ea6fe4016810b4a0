//! The anchor of every piece of content, of whatever kind.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a piece of content is: the table that has the rest of it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Strategy,
    Goal,
    Programme,
    Initiative,
    Partner,
    Event,
    Media,
}

/// A piece of content: what it has in common with all others and is seldom asked for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "node")]
pub struct Model {
    /// Derived from the kind and the first slug, so that it stays for ever and everywhere.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which table has the rest.
    pub kind: Kind,
    /// The public address.
    #[sea_orm(unique)]
    pub url: Option<String>,
    /// The number of the edition that is published.
    pub edition: i32,
    /// SHA-256 of the published document, in hexadecimal: tells whether a document says anything new.
    pub content_hash: String,
    /// When it was first published.
    pub published_at: DateTimeUtc,
    /// When its words last changed.
    pub content_updated_at: DateTimeUtc,
    /// When anything of it last changed.
    pub record_updated_at: DateTimeUtc,
    #[sea_orm(has_one)]
    pub body: HasOne<super::body::Entity>,
    #[sea_orm(has_many)]
    pub editions: HasMany<super::edition::Entity>,
    #[sea_orm(has_many)]
    pub changes: HasMany<super::change::Entity>,
    #[sea_orm(has_many)]
    pub shows: HasMany<super::node_media::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
