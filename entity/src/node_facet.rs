//! What content of any kind is told apart by: lists of content of all kinds are filtered and counted by it.

use sea_orm::entity::prelude::*;

/// What content is told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
pub enum Facet {
    /// What kind of programme, organisation, event or medium it is.
    Kind,
    /// Whom it is for.
    Audience,
    /// What it works towards.
    Goal,
    /// The organisations that have a part in it.
    Partner,
    /// The programme that it belongs to, or that it is.
    Programme,
    /// When it began or took place.
    Year,
}

/// One value of a piece of content.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "node_facet")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub node_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub facet: Facet,
    /// A word or a year; of another piece of content, its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
    /// The other piece of content.
    pub target_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
