//! How much of a date is known.

use sea_orm::entity::prelude::*;

/// What a stored date says: all of it, its month and year, or its year alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(8))",
    rename_all = "snake_case"
)]
pub enum Precision {
    /// Only the year: month and day are stored as the first.
    Year,
    /// Year and month: the day is stored as the first.
    Month,
    /// The whole date.
    Day,
}
