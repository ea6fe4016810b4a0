//! What the engine wants to know of a table, of a list and of a relation.

use std::{
    fmt::Debug,
    sync::{Arc, LazyLock},
};

use entity::node::State;
use sea_orm::{
    DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn, PrimaryKeyTrait,
    QueryResult, Value,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::{
    By, ColumnSet, Names, Order,
    columns::{Reader, by_name},
    held::weight_of_row,
};

/// A table whose primary key is one UUID.
pub trait Table:
    EntityTrait<
        Model: Default + Send + Sync,
        Column: Send + Sync,
        PrimaryKey: PrimaryKeyTrait<ValueType = Uuid>,
    >
{
    /// The primary key's column.
    fn key() -> Self::Column {
        let mut columns = Self::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
        columns.next().expect("a primary key has a column")
    }

    /// The primary key's value.
    fn id(row: &Self::Model) -> Uuid {
        row.get(Self::key()).unwrap()
    }
}

impl<E> Table for E where
    E: EntityTrait<
            Model: Default + Send + Sync,
            Column: Send + Sync,
            PrimaryKey: PrimaryKeyTrait<ValueType = Uuid>,
        >
{
}

/// A table of content: its rows have slugs, and their ids are those of nodes.
pub trait Content: Table {
    /// The column with the slug.
    fn slug() -> Self::Column;
}

/// A GraphQL type that shows the rows of one table.
pub trait Row: From<Arc<<Self::Table as EntityTrait>::Model>> + Send + Sync + 'static {
    /// Where the rows are.
    type Table: Table;

    /// What lists of them go by.
    fn order() -> Order<By<<Self::Table as EntityTrait>::Column>>;

    /// The column that tells whether a row is live: lists and links show no others. Rows without a
    /// life of their own have none.
    fn state() -> Option<<Self::Table as EntityTrait>::Column> {
        None
    }

    /// Which columns are read for its field with this name, where that is known: those that are called so, or begin
    /// with it, as the precision of a date and the id of what is linked do.
    fn columns(field: &str) -> Option<ColumnSet> {
        by_name::<Self::Table>(field)
    }

    /// Whether lists and links show this row.
    fn is_live(row: &<Self::Table as EntityTrait>::Model) -> bool {
        static LIVE: LazyLock<Value> = LazyLock::new(|| State::Live.into());
        Self::state().is_none_or(|state| row.get(state) == *LIVE)
    }
}

/// A relation that clients can list: the rows that belong to a row.
pub trait Relation: Debug + Send + Sync + 'static {
    /// What is listed.
    type Row: Row;
    /// The table that has the parent's id: the listed one, or a junction.
    type Via: EntityTrait<Model: Send + Sync, Column: Send + Sync>;
    /// What is read of the junction's row: `()` or [`Linked`].
    type Link: ReadLink;

    /// The column with the parent's id.
    fn parent() -> <Self::Via as EntityTrait>::Column;

    /// The junction's column with the listed row's id; none if there is no junction.
    fn child() -> Option<<Self::Via as EntityTrait>::Column> {
        None
    }

    /// What the list goes by, where it is not what all lists of its rows go by.
    fn order() -> RelationOrder<Self> {
        Self::Row::order().map(|by| match by {
            By::Row(column) | By::Link(column) => By::Row(column),
            By::Beside(column) => By::Beside(column),
        })
    }
}

/// The order of a relation's list.
pub type RelationOrder<Rel> = Order<
    By<
        <<<Rel as Relation>::Row as Row>::Table as EntityTrait>::Column,
        <<Rel as Relation>::Via as EntityTrait>::Column,
    >,
>;

/// What comes with a listed row.
pub trait Link: Clone + Send + Sync + 'static {
    /// The value of a column that it was read from.
    fn value(&self, column: &str) -> Value;

    /// What it takes of the memory beyond itself, in bytes, about, if these columns of it were read.
    fn weight(&self, _columns: ColumnSet) -> usize {
        0
    }

    /// What it is if no column of it was read; nothing if it has more than columns.
    fn bare() -> Option<Self> {
        None
    }
}

impl Link for () {
    fn bare() -> Option<Self> {
        Some(())
    }

    fn value(&self, _: &str) -> Value {
        unreachable!("a list that goes by a junction's column reads the junction")
    }
}

/// What comes with a listed row of the junction that it was found through.
pub trait ReadLink: Link {
    /// All columns that it has of the junction.
    fn all() -> ColumnSet;

    /// The junction's columns of which this holds of their names.
    fn named(is: impl Fn(&str) -> bool) -> ColumnSet;

    /// Reads these columns of the junction too.
    fn select(query: &mut SelectStatement, columns: ColumnSet);

    /// Takes these out of each of the rows with these names.
    fn reader(
        columns: ColumnSet,
        names: &Names,
    ) -> Result<impl FnMut(&QueryResult) -> Result<Self, DbErr> + Send, DbErr>;
}

impl ReadLink for () {
    fn all() -> ColumnSet {
        ColumnSet::NONE
    }

    fn named(_: impl Fn(&str) -> bool) -> ColumnSet {
        ColumnSet::NONE
    }

    fn select(_: &mut SelectStatement, _: ColumnSet) {}

    fn reader(
        _: ColumnSet,
        _: &Names,
    ) -> Result<impl FnMut(&QueryResult) -> Result<Self, DbErr> + Send, DbErr> {
        Ok(|_: &QueryResult| Ok(()))
    }
}

/// The junction's row.
#[derive(Clone, Debug)]
pub struct Linked<Via: EntityTrait>(pub Arc<Via::Model>);

/// What the names of a junction's columns begin with in results.
pub(super) const LINK: &str = "link_";

impl<Via> Link for Linked<Via>
where
    Via: EntityTrait<Model: Default + Send + Sync>,
{
    fn value(&self, column: &str) -> Value {
        let mut columns = Via::Column::iter();
        let column = columns.find(|known| known.as_str() == column);
        self.0
            .get(column.expect("an order goes by columns of the junction"))
    }

    fn weight(&self, columns: ColumnSet) -> usize {
        if columns == ColumnSet::NONE {
            // All have the same.
            return 0;
        }
        // With the counters of who has it.
        2 * size_of::<usize>() + weight_of_row(&*self.0, columns)
    }

    fn bare() -> Option<Self> {
        Some(Self(Arc::default()))
    }
}

impl<Via> ReadLink for Linked<Via>
where
    Via: EntityTrait<Model: Default + Send + Sync, Column: Send + Sync>,
{
    fn all() -> ColumnSet {
        ColumnSet::all::<Via>()
    }

    fn named(is: impl Fn(&str) -> bool) -> ColumnSet {
        ColumnSet::named::<Via>(is)
    }

    fn select(query: &mut SelectStatement, columns: ColumnSet) {
        for column in columns.columns::<Via>() {
            let alias = format!("{LINK}{}", column.as_str());
            query.expr_as(Expr::col((Via::default(), column)), alias);
        }
    }

    fn reader(
        columns: ColumnSet,
        names: &Names,
    ) -> Result<impl FnMut(&QueryResult) -> Result<Self, DbErr> + Send, DbErr> {
        let mut reader = Reader::<Via>::new(columns, LINK, names)?;
        let nothing = (columns == ColumnSet::NONE).then(|| Self(Arc::default()));
        Ok(move |row: &QueryResult| match &nothing {
            Some(nothing) => Ok(nothing.clone()),
            None => reader.read(row).map(Self),
        })
    }
}
