//! What lists go by.

use entity::derived::Derived;
use sea_orm::{
    EntityTrait, IdenStatic, Iterable, ModelTrait,
    sea_query::{self, Expr, ExprTrait},
};

use super::{ColumnSet, Key, Link, Table, key::KeyKind, table::LINK};

/// A column that a list goes by. It has no nulls.
#[derive(Clone, Copy, Debug)]
pub enum By<R, L = R> {
    /// A column of the listed rows.
    Row(R),
    /// A column of the junction that the rows are found through.
    Link(L),
    /// A column that is not read with the listed rows: of their table, or of their nodes.
    Beside(Derived),
}

/// What a list goes by. Ties go by the primary key, the same way as the last column: the engine adds it.
#[derive(Clone, Debug)]
pub struct Order<B> {
    by: Vec<(B, Way)>,
}

/// Which way a column is gone by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// The smallest first.
    Up,
    /// The greatest first.
    Down,
}

impl<B> Order<B> {
    /// The smallest first.
    pub fn ascending(by: impl Into<Vec<B>>) -> Self {
        Self::all(by, Way::Up)
    }

    /// The greatest first.
    pub fn descending(by: impl Into<Vec<B>>) -> Self {
        Self::all(by, Way::Down)
    }

    /// By each of these, its own way.
    pub fn each(by: Vec<(B, Way)>) -> Self {
        Self { by }
    }

    /// Among those that are alike so far, the smallest first.
    #[must_use]
    pub fn then_ascending(mut self, by: B) -> Self {
        self.by.push((by, Way::Up));
        self
    }

    /// The same order of another list.
    pub fn map<C>(self, map: impl Fn(B) -> C) -> Order<C> {
        let by = self.by.into_iter();
        Order {
            by: by.map(|(by, way)| (map(by), way)).collect(),
        }
    }

    fn all(by: impl Into<Vec<B>>, way: Way) -> Self {
        let by = by.into().into_iter();
        Self {
            by: by.map(|by| (by, way)).collect(),
        }
    }
}

/// The columns of an order with the primary key behind them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Terms {
    columns: Vec<Term>,
    /// What else tells this order from others: the query that a rank is of.
    of: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Term {
    source: Source,
    table: &'static str,
    name: &'static str,
    kind: KeyKind,
    way: Way,
}

/// Where the value of a column is when a row was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Source {
    Row,
    Link,
    Beside,
}

impl Terms {
    /// From an order of the rows of a table, which may come through a junction.
    pub fn new<T: Table, V: EntityTrait>(order: &Order<By<T::Column, V::Column>>) -> Self {
        let last = order.by.last().map_or(Way::Up, |(_, way)| *way);
        let mut key = term::<T>(Source::Row, T::key(), last);
        // Ties go by the id of the table that the last column is of, so that one index serves both.
        if let Some((By::Beside(Derived { table, .. }), _)) = order.by.last() {
            key.table = table;
        }
        let columns = order.by.iter().map(|(by, way)| match *by {
            By::Row(column) => term::<T>(Source::Row, column, *way),
            By::Link(column) => term::<V>(Source::Link, column, *way),
            By::Beside(Derived { table, name, of }) => Term {
                source: Source::Beside,
                table,
                name,
                kind: of.into(),
                way: *way,
            },
        });
        Self {
            columns: columns.chain([key]).collect(),
            of: 0,
        }
    }

    /// The same order, told from those of which something else is true.
    pub(super) fn told_by(mut self, of: &impl std::fmt::Debug) -> Self {
        self.of = fnv(0x811c_9dc5, format!("{of:?}").bytes());
        self
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = KeyKind> {
        self.columns.iter().map(|term| term.kind)
    }

    /// Whether all but the primary key are columns of this table, and read with the rows.
    pub(super) fn are_all_of(&self, table: &str) -> bool {
        let (_, columns) = self
            .columns
            .split_last()
            .expect("an order ends in the primary key");
        let mut columns = columns.iter();
        columns.all(|term| term.table == table && term.source != Source::Beside)
    }

    /// The columns of the listed rows that it goes by.
    pub(super) fn row_columns<T: Table>(&self) -> ColumnSet {
        ColumnSet::named::<T>(|name| self.go_by(Source::Row, name))
    }

    /// Whether it goes by this column of the junction.
    pub(super) fn go_by_link(&self, name: &str) -> bool {
        self.go_by(Source::Link, name)
    }

    fn go_by(&self, source: Source, name: &str) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|term| term.source == source && term.name == name)
    }

    /// Whether it needs this table beside that of the rows.
    pub(super) fn needs(&self, table: &str) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|term| term.source == Source::Beside && term.table == table)
    }

    /// Selects the columns that are not read with the row.
    pub(super) fn select(&self, query: &mut sea_query::SelectStatement) {
        for (index, term) in self.beside() {
            query.expr_as(term.expr(), beside(index));
        }
    }

    /// Reads them.
    pub(super) fn read(&self, row: &sea_orm::QueryResult) -> Result<Box<[Key]>, sea_orm::DbErr> {
        self.beside()
            .map(|(index, term)| Key::read(row, &beside(index), term.kind))
            .collect()
    }

    fn beside(&self) -> impl Iterator<Item = (usize, &Term)> {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, term)| term.source == Source::Beside)
    }

    /// The columns as they stand in the tables that they come from, and which way each is read:
    /// `backward` from the list's end.
    pub(super) fn sorted(&self, backward: bool) -> impl Iterator<Item = (Expr, sea_query::Order)> {
        let columns = self.columns.iter();
        columns.map(move |term| (term.expr(), term.direction(backward)))
    }

    /// The same columns as they stand in a result.
    pub(super) fn sorted_by_name(
        &self,
        backward: bool,
    ) -> impl Iterator<Item = (Expr, sea_query::Order)> {
        let columns = self.columns.iter().enumerate();
        columns.map(move |(index, term)| {
            let name = match term.source {
                Source::Beside => beside(index),
                Source::Row => term.name.to_owned(),
                Source::Link => format!("{LINK}{}", term.name),
            };
            (Expr::col(name), term.direction(backward))
        })
    }

    /// Whether a row comes after this place in the list.
    pub(super) fn after(&self, place: &[Key]) -> Expr {
        self.beyond(place, false)
    }

    /// Whether a row comes before this place in the list, or is at it.
    pub(super) fn up_to(&self, place: &[Key]) -> Expr {
        self.beyond(place, false).not()
    }

    /// Whether a row comes before this place in the list.
    pub(super) fn before(&self, place: &[Key]) -> Expr {
        self.beyond(place, true)
    }

    /// Whether a row comes after this place in the list, or is at it.
    pub(super) fn from(&self, place: &[Key]) -> Expr {
        self.beyond(place, true).not()
    }

    /// What tells this order from all others: cursors carry it.
    pub(super) fn tag(&self) -> u32 {
        let columns = self.columns.iter();
        let words = columns.flat_map(|term| {
            let way = if term.way == Way::Up { "up" } else { "down" };
            [term.table, term.name, way]
        });
        let start = if self.of == 0 { 0x811c_9dc5 } else { self.of };
        fnv(start, words.flat_map(|word| word.bytes().chain([b'.'])))
    }

    /// Whether a row comes after this place, or before it if the list is read `backward`.
    ///
    /// Where all columns go the same way one comparison of tuples says it, which an index serves; else
    /// the first column in which the two differ decides.
    fn beyond(&self, place: &[Key], backward: bool) -> Expr {
        let up = |term: &Term| (term.way == Way::Up) != backward;
        let compare = |up: bool, row: Expr, place: Expr| {
            if up { row.gt(place) } else { row.lt(place) }
        };
        let all_up = self.columns.iter().all(up);
        if all_up || !self.columns.iter().any(up) {
            let row = Expr::tuple(self.columns.iter().map(Term::expr));
            let place = Expr::tuple(place.iter().map(|key| Expr::val(key.clone())));
            return compare(all_up, row, place);
        }
        let pairs: Vec<_> = self.columns.iter().zip(place).collect();
        let alternatives = (0..pairs.len()).map(|decisive| {
            let (term, key) = pairs[decisive];
            let alike = pairs[..decisive]
                .iter()
                .map(|(term, key)| term.expr().eq(Expr::val((*key).clone())));
            let decided = compare(up(term), term.expr(), Expr::val(key.clone()));
            alike.fold(decided, |all, one| one.and(all))
        });
        alternatives
            .reduce(ExprTrait::or)
            .expect("an order ends in the primary key")
    }

    /// Where a row stands in a list: the values that the list goes by, and its id.
    pub(super) fn place<T: Table>(
        &self,
        row: &T::Model,
        link: &impl Link,
        beside: &[Key],
    ) -> Vec<Key> {
        let mut beside = beside.iter();
        let value = |term: &Term| match term.source {
            Source::Row => {
                let mut columns = T::Column::iter();
                let column = columns.find(|column| column.as_str() == term.name);
                Key::of(row.get(column.expect("an order goes by columns of the table")))
            }
            Source::Link => Key::of(link.value(term.name)),
            Source::Beside => beside.next().expect("it was read with the row").clone(),
        };
        self.columns.iter().map(value).collect()
    }
}

fn beside(index: usize) -> String {
    format!("beside_{index}")
}

/// FNV-1a: a guard against mistakes, not against malice.
fn fnv(start: u32, bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(start, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

impl Term {
    fn expr(&self) -> Expr {
        Expr::col((self.table, self.name))
    }

    fn direction(&self, backward: bool) -> sea_query::Order {
        if (self.way == Way::Up) == backward {
            sea_query::Order::Desc
        } else {
            sea_query::Order::Asc
        }
    }
}

fn term<E: EntityTrait>(source: Source, column: E::Column, way: Way) -> Term {
    Term {
        source,
        table: E::default().table_name(),
        name: column.as_str(),
        kind: KeyKind::of(column),
        way,
    }
}
