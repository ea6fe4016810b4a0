//! Values out of rows. The types of our columns are known: PostgreSQL's driver is not asked for them again for each value.

use std::borrow::Cow;

use sea_orm::{
    DbErr, QueryResult, RuntimeErr, TryGetable,
    sqlx::{self, Row, ValueRef, error::BoxDynError, postgres::PgValueRef},
};
use uuid::Uuid;

/// The text in a column, by its place.
pub fn text_at(row: &QueryResult, place: usize) -> Result<Option<Cow<'_, str>>, DbErr> {
    let owned = |text: Option<String>| text.map(Cow::Owned);
    at(row, place, |value| value.as_str().map(Cow::Borrowed), owned)
}

/// The id in a column, by its place.
pub fn id_at(row: &QueryResult, place: usize) -> Result<Option<Uuid>, DbErr> {
    let read = |value: PgValueRef<'_>| Ok(Uuid::from_slice(value.as_bytes()?)?);
    at(row, place, read, |id| id)
}

/// A value, read like this where PostgreSQL sent it, or else made of what the library reads.
fn at<'r, T, V: TryGetable>(
    row: &'r QueryResult,
    place: usize,
    read: impl FnOnce(PgValueRef<'r>) -> Result<T, BoxDynError>,
    make: impl FnOnce(Option<V>) -> Option<T>,
) -> Result<Option<T>, DbErr> {
    let Some(row) = row.try_as_pg_row() else {
        return row.try_get_by_index(place).map(make);
    };
    let value = row.try_get_raw(place).map_err(query_failed)?;
    if value.is_null() {
        return Ok(None);
    }
    let value = read(value).map_err(|source| {
        let index = place.to_string();
        query_failed(sqlx::Error::ColumnDecode { index, source })
    })?;
    Ok(Some(value))
}

fn query_failed(fault: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(fault.into()))
}
