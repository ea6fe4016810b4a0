//! An organisation: an agency, a company, a government, an institution.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::node::State;

/// What an organisation is.
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
    db_type = "String(StringLen::N(32))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Agency,
    Industry,
    InternationalOrganisation,
    ForeignGovernment,
    NonProfit,
    Academia,
    Community,
}

/// A partner.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "partner")]
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
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub parent_id: Option<Uuid>,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(
        self_ref,
        relation_enum = "Parent",
        relation_reverse = "Parts",
        from = "parent_id",
        to = "id"
    )]
    pub parent: BelongsTo<Option<Entity>>,
    #[sea_orm(has_many)]
    pub programmes: HasMany<super::programme_partner::Entity>,
    #[sea_orm(has_many)]
    pub initiatives: HasMany<super::initiative_partner::Entity>,
    #[sea_orm(has_many)]
    pub events: HasMany<super::event_partner::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
