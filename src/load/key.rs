//! Values that lists go by and that filters compare.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use entity::derived::Of;
use sea_orm::{
    ColumnTrait, ColumnType, DbBackend, DbErr, QueryResult, Value,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    document::day,
    store::{one_of_ids, one_of_texts},
};

/// A value of a column.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named as what it holds")]
pub enum Key {
    Text(String),
    Date(NaiveDate),
    Int(i64),
    Bool(bool),
    Moment(DateTime<Utc>),
    Id(Uuid),
}

/// Which kind of value a column has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum KeyKind {
    Text,
    Date,
    Int,
    Moment,
    Id,
}

impl KeyKind {
    /// The kind of a column.
    pub(super) fn of(column: impl ColumnTrait) -> Self {
        match column.def().get_column_type() {
            ColumnType::Uuid => Self::Id,
            ColumnType::Date => Self::Date,
            ColumnType::Integer | ColumnType::BigInteger => Self::Int,
            ColumnType::TimestampWithTimeZone => Self::Moment,
            _ => Self::Text,
        }
    }
}

impl From<Of> for KeyKind {
    fn from(of: Of) -> Self {
        match of {
            Of::Text => Self::Text,
            Of::Date => Self::Date,
            Of::Int => Self::Int,
            Of::Moment => Self::Moment,
        }
    }
}

impl Key {
    /// What it takes of the memory, in bytes.
    pub(super) fn weight(&self) -> usize {
        let text = match self {
            Self::Text(text) => text.len(),
            _ => 0,
        };
        size_of::<Self>() + text
    }

    /// The value of a column that was read. Lists go by no nulls.
    pub(super) fn of(value: Value) -> Self {
        match value {
            Value::String(Some(text)) => Self::Text(text),
            Value::ChronoDate(Some(date)) => Self::Date(date),
            Value::Int(Some(number)) => Self::Int(number.into()),
            Value::BigInt(Some(number)) => Self::Int(number),
            Value::ChronoDateTimeUtc(Some(moment)) => Self::Moment(moment),
            Value::Uuid(Some(id)) => Self::Id(id),
            other => unreachable!("no list goes by {other:?}"),
        }
    }

    /// Reads a column of a result.
    pub(super) fn read(row: &QueryResult, column: &str, kind: KeyKind) -> Result<Self, DbErr> {
        Ok(match kind {
            KeyKind::Text => Self::Text(row.try_get("", column)?),
            KeyKind::Date => Self::Date(row.try_get("", column)?),
            KeyKind::Int => match row.try_get::<i64>("", column) {
                Ok(number) => Self::Int(number),
                Err(_) => Self::Int(row.try_get::<i32>("", column)?.into()),
            },
            KeyKind::Moment => Self::Moment(row.try_get("", column)?),
            KeyKind::Id => Self::Id(row.try_get("", column)?),
        })
    }

    /// Reads a column of a result that may have nothing.
    pub(super) fn read_any(row: &QueryResult, column: &str, of: Of) -> Result<Option<Self>, DbErr> {
        Ok(match of {
            Of::Text => row.try_get::<Option<_>>("", column)?.map(Self::Text),
            Of::Date => row.try_get::<Option<_>>("", column)?.map(Self::Date),
            Of::Int => row.try_get::<Option<_>>("", column)?.map(Self::Int),
            Of::Moment => row.try_get::<Option<_>>("", column)?.map(Self::Moment),
        })
    }

    pub(super) fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Date(date) => date.to_string().into(),
            Self::Int(number) => (*number).into(),
            Self::Bool(truth) => (*truth).into(),
            Self::Moment(moment) => moment.to_rfc3339_opts(SecondsFormat::Micros, true).into(),
            Self::Id(id) => id.simple().to_string().into(),
        }
    }

    pub(super) fn from_json(key: &serde_json::Value, kind: KeyKind) -> Option<Self> {
        match kind {
            // No text of ours has a NUL, and PostgreSQL takes none.
            KeyKind::Text => key
                .as_str()
                .filter(|text| !text.contains('\0'))
                .map(|text| Self::Text(text.to_owned())),
            KeyKind::Date => day(key.as_str()?).map(Self::Date),
            KeyKind::Int => key.as_i64().map(Self::Int),
            KeyKind::Moment => {
                let moment: DateTime<Utc> = key.as_str()?.parse().ok()?;
                in_calendar(moment).then_some(Self::Moment(moment))
            }
            KeyKind::Id => Uuid::try_parse(key.as_str()?).ok().map(Self::Id),
        }
    }
}

/// Whether a moment is in a year that all engines know.
pub fn in_calendar(moment: DateTime<Utc>) -> bool {
    use chrono::Datelike;
    (1..=9999).contains(&moment.year())
}

impl From<Key> for Value {
    fn from(key: Key) -> Self {
        match key {
            Key::Text(text) => text.into(),
            Key::Date(date) => NaiveDate::into(date),
            Key::Int(number) => number.into(),
            Key::Bool(truth) => truth.into(),
            Key::Moment(moment) => DateTime::into(moment),
            Key::Id(id) => Uuid::into(id),
        }
    }
}

/// Whether a column is one of these: texts and ids travel as one parameter, so that the statement's text
/// does not depend on their number.
pub(super) fn one_of(backend: DbBackend, column: Expr, keys: &[Key]) -> Expr {
    if keys.is_empty() {
        return Expr::val(1).eq(0);
    }
    let texts: Option<Vec<_>> = keys.iter().map(Key::as_text).collect();
    let ids: Option<Vec<_>> = keys.iter().map(Key::as_id).collect();
    match (texts, ids) {
        (Some(texts), _) => one_of_texts(backend, column, texts),
        (None, Some(ids)) => one_of_ids(backend, column, ids),
        (None, None) => column.is_in(keys.iter().cloned().map(Value::from)),
    }
}

impl Key {
    fn as_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn as_id(&self) -> Option<Uuid> {
        match self {
            Self::Id(id) => Some(*id),
            _ => None,
        }
    }
}
