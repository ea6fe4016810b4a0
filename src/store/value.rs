//! Values out of rows. The types of our columns are known: PostgreSQL's driver is not asked for them again for each value.

use sea_orm::{
    DbErr, QueryResult, RuntimeErr,
    sqlx::{self, Row, ValueRef, postgres::PgValueRef},
};
use uuid::Uuid;

/// The text in a column, by its place.
pub fn text_at(row: &QueryResult, place: usize) -> Result<Option<String>, DbErr> {
    let Some(value) = of_postgres(row, place)? else {
        return row.try_get_by_index(place);
    };
    if value.is_null() {
        return Ok(None);
    }
    let text = value.as_str().map_err(|fault| wrong(place, fault))?;
    Ok(Some(text.to_owned()))
}

/// The id in a column, by its place.
pub fn id_at(row: &QueryResult, place: usize) -> Result<Option<Uuid>, DbErr> {
    let Some(value) = of_postgres(row, place)? else {
        return row.try_get_by_index(place);
    };
    if value.is_null() {
        return Ok(None);
    }
    let bytes = value.as_bytes().map_err(|fault| wrong(place, fault))?;
    let id = Uuid::from_slice(bytes).map_err(|fault| wrong(place, fault.into()))?;
    Ok(Some(id))
}

/// The value as PostgreSQL sent it; nothing if the row is not PostgreSQL's.
fn of_postgres(row: &QueryResult, place: usize) -> Result<Option<PgValueRef<'_>>, DbErr> {
    let value = row.try_as_pg_row().map(|row| row.try_get_raw(place));
    value.transpose().map_err(query_failed)
}

fn wrong(place: usize, source: sqlx::error::BoxDynError) -> DbErr {
    let index = place.to_string();
    query_failed(sqlx::Error::ColumnDecode { index, source })
}

fn query_failed(fault: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(fault.into()))
}
