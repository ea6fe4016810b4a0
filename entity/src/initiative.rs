//! An effort inside or across programmes.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{node::State, precision::Precision};

/// Where an initiative stands.
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
pub enum Status {
    #[default]
    Planned,
    Active,
    Completed,
}

/// An initiative.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "initiative")]
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
    pub status: Status,
    pub started_on: Option<Date>,
    pub started_precision: Option<Precision>,
    pub ended_on: Option<Date>,
    pub ended_precision: Option<Precision>,
    pub programme_id: Option<Uuid>,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(belongs_to, from = "programme_id", to = "id")]
    pub programme: BelongsTo<Option<super::programme::Entity>>,
    #[sea_orm(has_many, via = "initiative_goal")]
    pub goals: HasMany<super::goal::Entity>,
    #[sea_orm(has_many)]
    pub partners: HasMany<super::initiative_partner::Entity>,
    #[sea_orm(has_many)]
    pub events: HasMany<super::event::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
