//! What a government runs for people: a product, a scheme, a platform, a law, a community.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{node::State, precision::Precision};

/// What a programme is.
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
    DigitalService,
    Platform,
    Talent,
    Funding,
    Community,
    Legislation,
    Policy,
}

/// Whom a programme is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Citizens,
    Businesses,
    Government,
    Developers,
    Students,
}

/// Whom a programme is for, the most important first.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, FromJsonQueryResult,
)]
pub struct Audiences(pub Vec<Audience>);

/// A programme.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "programme")]
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
    #[sea_orm(column_type = "JsonBinary")]
    pub audiences: Audiences,
    pub started_on: Option<Date>,
    pub started_precision: Option<Precision>,
    pub ended_on: Option<Date>,
    pub ended_precision: Option<Precision>,
    pub lead_agency_id: Option<Uuid>,
    pub parent_id: Option<Uuid>,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(
        belongs_to,
        relation_enum = "LeadAgency",
        from = "lead_agency_id",
        to = "id"
    )]
    pub lead_agency: BelongsTo<Option<super::partner::Entity>>,
    #[sea_orm(
        self_ref,
        relation_enum = "Parent",
        relation_reverse = "Parts",
        from = "parent_id",
        to = "id"
    )]
    pub parent: BelongsTo<Option<Entity>>,
    #[sea_orm(has_many, via = "programme_goal")]
    pub goals: HasMany<super::goal::Entity>,
    #[sea_orm(has_many)]
    pub partners: HasMany<super::programme_partner::Entity>,
    #[sea_orm(has_many)]
    pub initiatives: HasMany<super::initiative::Entity>,
    #[sea_orm(has_many)]
    pub events: HasMany<super::event::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
