//! Which columns of a table a request reads: those that it shows, and no more.

use std::{borrow::Cow, sync::Arc};

use sea_orm::{
    ColumnTrait, ColumnType, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryResult,
    Value, sea_query::StringLen,
};

use super::Table;
use crate::store::{id_at, text_at};

/// Columns of one table: a bit for each, in the order in which the entity has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ColumnSet(u64);

impl ColumnSet {
    /// None.
    pub const NONE: Self = Self(0);

    /// All of a table.
    pub fn all<E: EntityTrait>() -> Self {
        let count = E::Column::iter().count();
        assert!(
            count < 64,
            "a table has fewer columns than a set has room for"
        );
        Self((1 << count) - 1)
    }

    /// Those with these names.
    pub(super) fn named<E: EntityTrait>(is: impl Fn(&str) -> bool) -> Self {
        let columns = E::Column::iter().enumerate();
        let named = columns.filter(|(_, column)| is(column.as_str()));
        Self(named.fold(0, |set, (index, _)| set | 1 << index))
    }

    /// One.
    pub fn of<E: EntityTrait>(column: E::Column) -> Self {
        Self::named::<E>(|name| name == column.as_str())
    }

    /// These and those.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These without those.
    pub(super) fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether all of these are among them.
    pub(super) fn has(self, others: Self) -> bool {
        others.without(self) == Self::NONE
    }

    /// The columns.
    pub(super) fn columns<E: EntityTrait>(self) -> impl Iterator<Item = E::Column> {
        let columns = E::Column::iter().enumerate();
        columns.filter_map(move |(index, column)| (self.0 >> index & 1 == 1).then_some(column))
    }
}

/// Which columns of which tables a request reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Of tables that are not among these, all.
    pub tables: Vec<(&'static str, ColumnSet)>,
    /// Whether it shows what links say.
    pub links: bool,
    /// Whether it shows where rows stand in lists.
    pub cursors: bool,
}

impl Columns {
    /// All.
    pub const ALL: Self = Self {
        tables: Vec::new(),
        links: true,
        cursors: true,
    };

    /// Of this table.
    pub fn of<E: EntityTrait>(&self) -> ColumnSet {
        let name = E::default().table_name();
        let mut tables = self.tables.iter();
        tables
            .find(|(table, _)| *table == name)
            .map_or_else(ColumnSet::all::<E>, |(_, columns)| *columns)
    }

    /// The names of those of this table.
    #[cfg(test)]
    pub fn names<E: EntityTrait>(&self) -> String {
        let names = self.of::<E>().columns::<E>();
        let names: Vec<_> = names.map(|column| column.as_str()).collect();
        names.join(" ")
    }
}

/// The names of the columns of a statement's rows, found once for all rows.
pub struct Names(Vec<String>);

impl Names {
    /// Of these rows.
    pub(super) fn of(rows: &[QueryResult]) -> Self {
        Self(
            rows.first()
                .map_or_else(Vec::new, QueryResult::column_names),
        )
    }

    /// Where the column stands whose name is this behind that prefix.
    pub(super) fn place(&self, prefix: &str, name: &str) -> Option<usize> {
        let mut names = self.0.iter();
        names.position(|known| known.strip_prefix(prefix) == Some(name))
    }
}

/// Reads rows of an entity, or what is asked for of them: the other columns have their types' defaults.
pub(super) struct Reader<E: EntityTrait> {
    names: Vec<Name<E::Column>>,
    others: Vec<(Place<E::Column>, Kind)>,
    /// A row that has of each column with names what the last one had.
    like_last: E::Model,
}

/// A column, and where it stands in results.
struct Place<C> {
    column: C,
    index: usize,
}

/// A column that has one of a few texts.
struct Name<C> {
    at: Place<C>,
    /// What it was in the last row.
    last: Option<String>,
}

/// What values of a column are.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Id,
    Date,
    Moment,
    Int,
    BigInt,
    Bool,
    Json,
}

impl<E> Reader<E>
where
    E: EntityTrait<Model: Default>,
{
    /// Reads these columns, whose names begin with this, of rows with these names.
    pub(super) fn new(columns: ColumnSet, prefix: &str, names: &Names) -> Result<Self, DbErr> {
        let mut reader = Self {
            names: Vec::new(),
            others: Vec::new(),
            like_last: E::Model::default(),
        };
        // Without rows there are no names.
        for column in columns.columns::<E>().filter(|_| !names.0.is_empty()) {
            let name = column.as_str();
            let index = names.place(prefix, name);
            let missing = || DbErr::RecordNotFound(format!("column {name}"));
            let at = Place {
                column,
                index: index.ok_or_else(missing)?,
            };
            let of = column.def();
            if is_name(of.get_column_type()) {
                reader.names.push(Name { at, last: None });
            } else {
                reader.others.push((at, Kind::of(of.get_column_type())));
            }
        }
        Ok(reader)
    }

    /// One of the rows.
    pub(super) fn read(&mut self, row: &QueryResult) -> Result<Arc<E::Model>, DbErr> {
        for Name { at, last } in &mut self.names {
            // As a rule they are the same in all rows: to set one anew costs more than the rest of the column.
            let name = text_at(row, at.index)?;
            if name.is_none() || name.as_deref() != last.as_deref() {
                *last = name.map(Cow::into_owned);
                let name = Value::String(last.clone());
                self.like_last.try_set(at.column, name)?;
            }
        }
        let mut read = Arc::new(self.like_last.clone());
        let model = Arc::get_mut(&mut read).expect("nobody else has it yet");
        for (at, kind) in &self.others {
            model.try_set(at.column, kind.read(row, at.index)?)?;
        }
        Ok(read)
    }
}

/// Whether a column has names: they are told from other texts by their length.
pub(super) fn is_name(column: &ColumnType) -> bool {
    matches!(
        column,
        ColumnType::String(StringLen::N(_)) | ColumnType::Enum { .. }
    )
}

impl Kind {
    fn of(column: &ColumnType) -> Self {
        match column {
            ColumnType::Uuid => Self::Id,
            ColumnType::Date => Self::Date,
            ColumnType::TimestampWithTimeZone => Self::Moment,
            ColumnType::Integer => Self::Int,
            ColumnType::BigInteger => Self::BigInt,
            ColumnType::Boolean => Self::Bool,
            ColumnType::Json | ColumnType::JsonBinary => Self::Json,
            ColumnType::String(_) | ColumnType::Text => Self::Text,
            other => unreachable!("no table has a column of {other:?}"),
        }
    }

    fn read(self, row: &QueryResult, index: usize) -> Result<Value, DbErr> {
        Ok(match self {
            Self::Text => Value::String(text_at(row, index)?.map(Cow::into_owned)),
            Self::Id => Value::Uuid(id_at(row, index)?),
            Self::Date => Value::ChronoDate(row.try_get_by_index(index)?),
            Self::Moment => Value::ChronoDateTimeUtc(row.try_get_by_index(index)?),
            Self::Int => Value::Int(row.try_get_by_index(index)?),
            Self::BigInt => Value::BigInt(row.try_get_by_index(index)?),
            Self::Bool => Value::Bool(row.try_get_by_index(index)?),
            Self::Json => Value::Json(row.try_get_by_index::<Option<_>>(index)?.map(Box::new)),
        })
    }
}

/// The row with what another reading of it has besides.
pub(super) fn merged<T: Table>(
    mut row: T::Model,
    other: &T::Model,
    besides: ColumnSet,
) -> T::Model {
    for column in besides.columns::<T>() {
        row.set(column, other.get(column));
    }
    row
}

/// The columns that a field reads by its name: those that are called so, or begin with it, as the precision of a
/// date and the id of what is linked do. Nothing if there are none.
pub fn by_name<T: Table>(field: &str) -> Option<ColumnSet> {
    let name = snake(field);
    let stem = name.strip_suffix("_precision").unwrap_or(&name);
    let stem = stem.strip_suffix("_on").unwrap_or(stem);
    let columns = ColumnSet::named::<T>(|column| {
        let rest = column.strip_prefix(stem);
        column == name || rest.is_some_and(|rest| rest.starts_with('_'))
    });
    (columns != ColumnSet::NONE).then_some(columns)
}

/// A GraphQL name as columns are written.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use entity::{event, media, statistic};

    use super::*;

    fn names<T: Table>(field: &str) -> Vec<&'static str> {
        let columns = by_name::<T>(field).into_iter();
        let columns = columns.flat_map(ColumnSet::columns::<T>);
        columns.map(|column| column.as_str()).collect()
    }

    #[test]
    fn fields_read_the_columns_that_are_called_as_they_are() {
        assert_eq!(names::<event::Entity>("title"), ["title"]);
        let starts = ["starts_on", "starts_precision"];
        assert_eq!(names::<event::Entity>("startsOn"), starts);
        assert_eq!(names::<event::Entity>("startsOnPrecision"), starts);
        assert_eq!(names::<event::Entity>("programme"), ["programme_id"]);
        assert_eq!(names::<media::Entity>("altText"), ["alt_text"]);
        assert_eq!(
            names::<statistic::Entity>("periodEnd"),
            ["period_end", "period_end_precision"]
        );
        assert!(names::<event::Entity>("partners").is_empty());
    }

    #[test]
    fn sets_are_told_apart() {
        let all = ColumnSet::all::<event::Entity>();
        let title = ColumnSet::of::<event::Entity>(event::Column::Title);
        assert!(all.has(title) && !title.has(all) && title.has(ColumnSet::NONE));
        assert!(!all.without(title).has(title));
        assert_eq!(all.without(title).and(title), all);
    }
}
