//! Rows as few bytes: where there is not room for all, more of them are held like this. A model has room for all columns of
//! its table, mostly several hundred bytes, while what requests show of a row is a name and a slug.

use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate};
use sea_orm::{ModelTrait, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ColumnSet, Table};

/// What a column has.
#[derive(Serialize, Deserialize)]
enum Cell<'a> {
    /// Nothing, as models have it of columns that were not read.
    Null,
    Text(&'a str),
    /// A UUID, in halves.
    Id(u64, u64),
    /// Days since the year 1.
    Date(i32),
    /// Seconds since 1970, and nanoseconds.
    Moment(i64, u32),
    Int(i32),
    BigInt(i64),
    Bool(bool),
}

impl<'a> Cell<'a> {
    /// Of this value, if values like it are packed.
    fn of(value: &'a Value) -> Option<Self> {
        Some(match value {
            Value::String(Some(text)) => Self::Text(text),
            Value::Uuid(Some(id)) => {
                let (high, low) = id.as_u64_pair();
                Self::Id(high, low)
            }
            Value::ChronoDate(Some(date)) => Self::Date(date.num_days_from_ce()),
            Value::ChronoDateTimeUtc(Some(moment)) => {
                Self::Moment(moment.timestamp(), moment.timestamp_subsec_nanos())
            }
            Value::Int(Some(number)) => Self::Int(*number),
            Value::BigInt(Some(number)) => Self::BigInt(*number),
            Value::Bool(Some(truth)) => Self::Bool(*truth),
            null if *null == null.as_null() => Self::Null,
            _ => return None,
        })
    }

    /// The value, if there is one.
    fn value(self) -> Option<Value> {
        Some(match self {
            Self::Null => return None,
            Self::Text(text) => text.into(),
            Self::Id(high, low) => Uuid::from_u64_pair(high, low).into(),
            Self::Date(days) => NaiveDate::from_num_days_from_ce_opt(days)?.into(),
            Self::Moment(seconds, nanoseconds) => {
                DateTime::from_timestamp(seconds, nanoseconds)?.into()
            }
            Self::Int(number) => number.into(),
            Self::BigInt(number) => number.into(),
            Self::Bool(truth) => truth.into(),
        })
    }
}

/// These columns of a row; nothing if one of them has JSON, which takes long to read.
pub(super) fn pack<T: Table>(row: &T::Model, columns: ColumnSet) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(128);
    for column in columns.columns::<T>() {
        let value = row.get(column);
        bytes = postcard::to_extend(&Cell::of(&value)?, bytes).expect("bytes can be added");
    }
    Some(bytes)
}

/// The row of which these columns were packed.
pub(super) fn unpack<T: Table>(mut bytes: &[u8], columns: ColumnSet) -> Arc<T::Model> {
    let mut row = T::Model::default();
    for column in columns.columns::<T>() {
        let (cell, rest) =
            postcard::take_from_bytes::<Cell<'_>>(bytes).expect("it was packed like this");
        bytes = rest;
        if let Some(value) = cell.value() {
            row.set(column, value);
        }
    }
    Arc::new(row)
}

#[cfg(test)]
mod tests {
    use entity::{edition, event, media, node, partner, programme, quote, statistic};
    use sea_orm::{ColumnTrait, ColumnType, Iterable};

    use super::*;
    use crate::load::columns::is_name;

    /// A row in which all columns have something, but for those that have one of a few names, or JSON.
    fn filled<T: Table>() -> T::Model {
        let mut row = T::Model::default();
        for column in T::Column::iter() {
            let moment = DateTime::from_timestamp(1_790_000_000, 123_456_000);
            let definition = column.def();
            let of = definition.get_column_type();
            if is_name(of) {
                continue;
            }
            row.set(
                column,
                match of {
                    ColumnType::JsonBinary => continue,
                    ColumnType::String(_) | ColumnType::Text => format!("é {column:?}").into(),
                    ColumnType::Uuid => Uuid::now_v7().into(),
                    ColumnType::Date => NaiveDate::from_ymd_opt(2026, 2, 28).into(),
                    ColumnType::TimestampWithTimeZone => moment.into(),
                    ColumnType::Integer => (-70_000).into(),
                    ColumnType::BigInteger => (1_i64 << 40).into(),
                    ColumnType::Boolean => true.into(),
                    other => unreachable!("no table has a column of {other:?}"),
                },
            );
        }
        row
    }

    fn json<T: Table>() -> ColumnSet {
        let mut columns = T::Column::iter();
        let json = columns.find(|column| *column.def().get_column_type() == ColumnType::JsonBinary);
        json.map_or(ColumnSet::NONE, ColumnSet::of::<T>)
    }

    fn same_when_unpacked<T: Table<Model: PartialEq + std::fmt::Debug>>(row: &T::Model) {
        let all = ColumnSet::all::<T>().without(json::<T>());
        let packed = pack::<T>(row, all).unwrap();
        assert_eq!(*unpack::<T>(&packed, all), *row);
        // Of what was not read there is nothing.
        let some = all.without(ColumnSet::of::<T>(T::key()));
        let mut rest = row.clone();
        rest.set(T::key(), Uuid::nil().into());
        let fewer = pack::<T>(row, some).unwrap();
        assert_eq!(*unpack::<T>(&fewer, some), rest);
        assert!(fewer.len() < packed.len() && packed.len() < size_of::<T::Model>());
    }

    #[test]
    fn rows_are_what_they_were_when_they_are_unpacked() {
        let mut event = filled::<event::Entity>();
        event.state = node::State::Withdrawn;
        event.kind = event::Kind::Signing;
        same_when_unpacked::<event::Entity>(&event);
        same_when_unpacked::<media::Entity>(&filled::<media::Entity>());
        same_when_unpacked::<node::Entity>(&filled::<node::Entity>());
        same_when_unpacked::<partner::Entity>(&filled::<partner::Entity>());
        same_when_unpacked::<programme::Entity>(&filled::<programme::Entity>());
        same_when_unpacked::<quote::Entity>(&filled::<quote::Entity>());
        same_when_unpacked::<statistic::Entity>(&filled::<statistic::Entity>());
        same_when_unpacked::<event::Entity>(&event::Model::default());
    }

    #[test]
    fn json_is_not_packed() {
        let mut edition = filled::<edition::Entity>();
        edition.fields = serde_json::json!(["title"]);
        let json = json::<edition::Entity>();
        let others = ColumnSet::all::<edition::Entity>().without(json);
        assert!(pack::<edition::Entity>(&edition, json).is_none());
        assert!(pack::<edition::Entity>(&edition, others).is_some());
    }
}
