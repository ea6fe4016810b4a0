//! Something that takes place: a conference, a visit, a signing.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{node::State, precision::Precision};

/// What an event is.
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
    Conference,
    Hackathon,
    Bootcamp,
    Forum,
    Briefing,
    Visit,
    Signing,
    Launch,
}

/// An event.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
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
    pub starts_on: Option<Date>,
    pub starts_precision: Option<Precision>,
    pub ends_on: Option<Date>,
    pub ends_precision: Option<Precision>,
    /// When it starts, or year 1 where nobody knows.
    pub sort_date: Date,
    pub venue: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub series: Option<String>,
    pub programme_id: Option<Uuid>,
    pub initiative_id: Option<Uuid>,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(belongs_to, from = "programme_id", to = "id")]
    pub programme: BelongsTo<Option<super::programme::Entity>>,
    #[sea_orm(belongs_to, from = "initiative_id", to = "id")]
    pub initiative: BelongsTo<Option<super::initiative::Entity>>,
    #[sea_orm(has_many)]
    pub partners: HasMany<super::event_partner::Entity>,
    #[sea_orm(has_many)]
    pub sessions: HasMany<super::event_session::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
