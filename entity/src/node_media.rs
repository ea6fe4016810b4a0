//! Which pieces of content, of any kind, show which media.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a medium does where it is shown.
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
pub enum Role {
    #[default]
    Cover,
    Logo,
    Illustration,
    Recording,
    Attachment,
}

/// A medium shown by a piece of content.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "node_media")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub node_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub media_id: Uuid,
    pub role: Role,
    /// Its place among the piece's media, from 1.
    pub position: i32,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(belongs_to, from = "media_id", to = "id")]
    pub media: BelongsTo<super::media::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
