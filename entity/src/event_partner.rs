//! Which organisations take part in which events.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What an organisation does at an event.
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
    Organiser,
    CoOrganiser,
    Sponsor,
    Participant,
}

/// A partner of an event.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "event_partner")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: Uuid,
    pub role: Role,
    /// The event's `sort_date`, here so that one index serves a partner's newest events.
    pub event_sort_date: Date,
    #[sea_orm(belongs_to, from = "event_id", to = "id")]
    pub event: BelongsTo<super::event::Entity>,
    #[sea_orm(belongs_to, from = "partner_id", to = "id")]
    pub partner: BelongsTo<super::partner::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
