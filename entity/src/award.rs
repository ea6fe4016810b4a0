//! Recognition: awards and places in rankings.

use sea_orm::entity::prelude::*;

use crate::{node::State, precision::Precision};

/// An award.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "award")]
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
    pub awarded_on: Option<Date>,
    pub awarded_precision: Option<Precision>,
    /// When it was given, or year 1 where nobody knows.
    pub sort_date: Date,
    pub awarded_by_id: Option<Uuid>,
    pub rank: Option<i32>,
    pub out_of: Option<i32>,
    pub category: Option<String>,
    pub programme_id: Option<Uuid>,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(belongs_to, from = "awarded_by_id", to = "id")]
    pub awarded_by: BelongsTo<Option<super::partner::Entity>>,
    #[sea_orm(belongs_to, from = "programme_id", to = "id")]
    pub programme: BelongsTo<Option<super::programme::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
