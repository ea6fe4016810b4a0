//! What people said.

use sea_orm::entity::prelude::*;

use crate::{node::State, precision::Precision};

/// A quote.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "quote")]
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
    /// As it was said; from imported sites only.
    #[sea_orm(column_type = "Text", nullable)]
    pub words: Option<String>,
    /// In indirect speech.
    #[sea_orm(column_type = "Text", nullable)]
    pub gist: Option<String>,
    pub said_on: Option<Date>,
    pub said_precision: Option<Precision>,
    /// When it was said, or year 1 where nobody knows.
    pub sort_date: Date,
    pub speaker_id: Uuid,
    pub event_id: Option<Uuid>,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
    #[sea_orm(belongs_to, from = "speaker_id", to = "id")]
    pub speaker: BelongsTo<super::person::Entity>,
    #[sea_orm(belongs_to, from = "event_id", to = "id")]
    pub event: BelongsTo<Option<super::event::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
