//! What statistics are figures of.

use sea_orm::entity::prelude::*;

/// A piece of content that a statistic is a figure of.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "statistic_measure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub statistic_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub node_id: Uuid,
    /// Its place among what the statistic measures, from 1.
    pub position: i32,
    #[sea_orm(belongs_to, from = "statistic_id", to = "id")]
    pub statistic: BelongsTo<super::statistic::Entity>,
    #[sea_orm(belongs_to, from = "node_id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
