//! Values out of rows. The types of our columns are known: PostgreSQL's driver is not asked for them again for each value.

use sea_orm::{
    DbErr, QueryResult, RuntimeErr, TryGetable,
    sqlx::{self, Row, ValueRef, error::BoxDynError, postgres::PgValueRef},
};
use uuid::Uuid;

/// The text in a column, by its place.
pub fn text_at(row: &QueryResult, place: usize) -> Result<Option<String>, DbErr> {
    at(row, place, |value| value.as_str().map(ToOwned::to_owned))
}

/// The id in a column, by its place.
pub fn id_at(row: &QueryResult, place: usize) -> Result<Option<Uuid>, DbErr> {
    at(row, place, |value| Ok(Uuid::from_slice(value.as_bytes()?)?))
}

/// A value, read like this where PostgreSQL sent it.
fn at<T: TryGetable>(
    row: &QueryResult,
    place: usize,
    read: impl FnOnce(&PgValueRef<'_>) -> Result<T, BoxDynError>,
) -> Result<Option<T>, DbErr> {
    let Some(row) = row.try_as_pg_row() else {
        return row.try_get_by_index(place);
    };
    let value = row.try_get_raw(place).map_err(query_failed)?;
    if value.is_null() {
        return Ok(None);
    }
    let value = read(&value).map_err(|source| {
        let index = place.to_string();
        query_failed(sqlx::Error::ColumnDecode { index, source })
    })?;
    Ok(Some(value))
}

fn query_failed(fault: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(fault.into()))
}
