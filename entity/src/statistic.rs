//! Figures.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{node::State, precision::Precision};

/// How exact a figure is.
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
pub enum Qualifier {
    #[default]
    Exactly,
    Over,
    About,
    AtMost,
    Under,
}

/// A figure.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "statistic")]
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
    /// The value in millionths: exact, and ordered alike on both engines.
    pub value_micros: i64,
    /// What is counted, as one fixed word.
    pub unit: String,
    pub qualifier: Qualifier,
    /// The figure as people write it.
    pub display_value: String,
    pub period_start: Option<Date>,
    pub period_start_precision: Option<Precision>,
    pub period_end: Option<Date>,
    pub period_end_precision: Option<Precision>,
    pub period_label: Option<String>,
    /// The first day of the period, or year 1 where nobody knows.
    pub sort_date: Date,
    /// ISO 3166-1 alpha-2.
    pub geography: Option<String>,
    pub series: Option<String>,
    /// Derived from the series: figures of one series share it.
    pub series_id: Option<Uuid>,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
