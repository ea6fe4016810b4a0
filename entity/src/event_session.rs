//! A part of an event.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Who could come.
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
pub enum Access {
    #[default]
    Open,
    ClosedDoor,
}

/// A session of an event.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "event_session")]
pub struct Model {
    /// Derived from the event's id and the position.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    /// Its place in the event, from 1.
    pub position: i32,
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    pub access: Access,
    #[sea_orm(belongs_to, from = "event_id", to = "id")]
    pub event: BelongsTo<super::event::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
