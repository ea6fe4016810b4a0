//! What lists go by.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ColumnType, EntityTrait, Value,
    sea_query::{self, Expr, ExprTrait, IntoIden},
};
use uuid::Uuid;

use super::{Link, Table, cursor::Key};

/// A column that a list goes by: one of the listed table, or one of the junction.
#[derive(Clone, Copy, Debug)]
pub enum By<R, L = R> {
    /// A column of the listed rows. It has no nulls.
    Row(R),
    /// A column of the junction that the rows are found through. It has no nulls.
    Link(L),
}

/// What a list goes by. Ties go by the primary key, the same way as the last column: the engine adds it.
#[derive(Clone, Debug)]
pub struct Order<B> {
    by: Vec<(B, Way)>,
}

/// Which way a column is gone by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
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

/// The columns of an order with the primary key behind them, as SQL.
pub(super) struct Terms {
    columns: Vec<Term>,
}

struct Term {
    expr: Expr,
    name: String,
    table: &'static str,
    kind: KeyKind,
    way: Way,
}

/// Which kind of value a list goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyKind {
    Text,
    Date,
    Int,
    Id,
}

impl Terms {
    pub(super) fn new<T: Table, V: EntityTrait>(order: &Order<By<T::Column, V::Column>>) -> Self {
        let last = order.by.last().map_or(Way::Up, |(_, way)| *way);
        let key = term::<T>(T::key(), last);
        let columns = order.by.iter().map(|(by, way)| match *by {
            By::Row(column) => term::<T>(column, *way),
            By::Link(column) => term::<V>(column, *way),
        });
        Self {
            columns: columns.chain([key]).collect(),
        }
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = KeyKind> {
        self.columns.iter().map(|term| term.kind)
    }

    /// The columns as they stand in the tables that they come from, and which way each is read:
    /// `backward` from the list's end.
    pub(super) fn sorted(&self, backward: bool) -> impl Iterator<Item = (Expr, sea_query::Order)> {
        let columns = self.columns.iter();
        columns.map(move |term| (term.expr.clone(), term.direction(backward)))
    }

    /// The same columns as they stand in a result.
    pub(super) fn sorted_by_name(
        &self,
        backward: bool,
    ) -> impl Iterator<Item = (Expr, sea_query::Order)> {
        let columns = self.columns.iter();
        columns.map(move |term| (Expr::col(term.name.clone()), term.direction(backward)))
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
            [term.table, term.name.as_str(), way]
        });
        // FNV-1a: a guard against mistakes, not against malice.
        words
            .flat_map(|word| word.bytes().chain([b'.']))
            .fold(0x811c_9dc5, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
            })
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
            let row = Expr::tuple(self.columns.iter().map(|term| term.expr.clone()));
            let place = Expr::tuple(place.iter().map(|key| Expr::val(key.clone())));
            return compare(all_up, row, place);
        }
        let pairs: Vec<_> = self.columns.iter().zip(place).collect();
        let alternatives = (0..pairs.len()).map(|decisive| {
            let (term, key) = pairs[decisive];
            let alike = pairs[..decisive]
                .iter()
                .map(|(term, key)| term.expr.clone().eq(Expr::val((*key).clone())));
            let decided = compare(up(term), term.expr.clone(), Expr::val(key.clone()));
            alike.fold(decided, |all, one| one.and(all))
        });
        alternatives
            .reduce(ExprTrait::or)
            .expect("an order ends in the primary key")
    }
}

impl Term {
    fn direction(&self, backward: bool) -> sea_query::Order {
        if (self.way == Way::Up) == backward {
            sea_query::Order::Desc
        } else {
            sea_query::Order::Asc
        }
    }
}

fn term<E: EntityTrait>(column: E::Column, way: Way) -> Term {
    Term {
        expr: Expr::col((E::default(), column)),
        name: column.into_iden().to_string(),
        table: E::default().table_name(),
        kind: match column.def().get_column_type() {
            ColumnType::Uuid => KeyKind::Id,
            ColumnType::Date => KeyKind::Date,
            ColumnType::Integer | ColumnType::BigInteger => KeyKind::Int,
            _ => KeyKind::Text,
        },
        way,
    }
}

/// Where a row stands in a list: the values that the list goes by, and its id.
pub(super) fn place<T, V, L>(
    order: &Order<By<T::Column, V::Column>>,
    row: &T::Model,
    link: &L,
) -> Vec<Key>
where
    T: Table,
    V: EntityTrait,
    L: Link<V>,
{
    use sea_orm::ModelTrait;
    let values = order.by.iter().map(|(by, _)| match *by {
        By::Row(column) => row.get(column),
        By::Link(column) => link.value(column),
    });
    values.map(key).chain([Key::Id(T::id(row))]).collect()
}

fn key(value: Value) -> Key {
    match value {
        Value::String(Some(text)) => Key::Text(text),
        Value::ChronoDate(Some(date)) => Key::Date(date),
        Value::Int(Some(number)) => Key::Int(number.into()),
        Value::BigInt(Some(number)) => Key::Int(number),
        Value::Uuid(Some(id)) => Key::Id(id),
        other => unreachable!("no list goes by {other:?}"),
    }
}

impl From<Key> for Value {
    fn from(key: Key) -> Self {
        match key {
            Key::Text(text) => text.into(),
            Key::Date(date) => NaiveDate::into(date),
            Key::Int(number) => number.into(),
            Key::Id(id) => Uuid::into(id),
        }
    }
}
