//! An image, a video or a document.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::node::State;

/// What a medium is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Default,
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
    #[default]
    Image,
    Video,
    Document,
}

/// A medium.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    pub title: String,
    /// The title as lists go by it.
    pub sort_title: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    pub state: State,
    pub kind: Kind,
    /// Where the file is: the node's `url` too, but here so that a page of pictures is one statement.
    pub source_url: String,
    pub mime_type: Option<String>,
    pub bytes: Option<i64>,
    /// In pixels.
    pub width: Option<i32>,
    /// In pixels.
    pub height: Option<i32>,
    pub duration_seconds: Option<i32>,
    /// Whose player shows it.
    pub provider: Option<String>,
    /// What the provider calls it.
    pub provider_id: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub alt_text: Option<String>,
    pub decorative: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub caption: Option<String>,
    /// Whether what is said in it can also be read in it.
    pub captions: bool,
    /// Whether there is a transcript: it is in a table of its own, since lists never read it.
    pub has_transcript: bool,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(has_many)]
    pub shown: HasMany<super::node_media::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
