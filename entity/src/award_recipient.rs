//! Who got which awards.

use sea_orm::entity::prelude::*;

/// A recipient of an award.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "award_recipient")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub award_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: Uuid,
    /// The award's `sort_date`, here so that one index serves an organisation's newest awards.
    pub award_sort_date: Date,
    #[sea_orm(belongs_to, from = "award_id", to = "id")]
    pub award: BelongsTo<super::award::Entity>,
    #[sea_orm(belongs_to, from = "partner_id", to = "id")]
    pub partner: BelongsTo<super::partner::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
