//! What lists go by.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ColumnType, EntityTrait, Value,
    sea_query::{self, Expr, ExprTrait, IntoIden, SelectStatement},
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

/// What a list goes by. Ties go by the primary key, the same way: the engine adds it.
#[derive(Clone, Debug)]
pub struct Order<B> {
    by: Vec<B>,
    descending: bool,
}

impl<B> Order<B> {
    /// The smallest first.
    pub fn ascending(by: impl Into<Vec<B>>) -> Self {
        Self {
            by: by.into(),
            descending: false,
        }
    }

    /// The greatest first.
    pub fn descending(by: impl Into<Vec<B>>) -> Self {
        Self {
            by: by.into(),
            descending: true,
        }
    }

    /// The same order of another list.
    pub fn map<C>(self, map: impl Fn(B) -> C) -> Order<C> {
        Order {
            by: self.by.into_iter().map(map).collect(),
            descending: self.descending,
        }
    }
}

/// The columns of an order with the primary key behind them, as SQL.
pub(super) struct Terms {
    columns: Vec<Term>,
    descending: bool,
}

struct Term {
    expr: Expr,
    name: String,
    kind: KeyKind,
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
        let key = term::<T>(T::key());
        let columns = order.by.iter().map(|by| match *by {
            By::Row(column) => term::<T>(column),
            By::Link(column) => term::<V>(column),
        });
        Self {
            columns: columns.chain([key]).collect(),
            descending: order.descending,
        }
    }

    /// The columns, as they stand in the tables that they come from.
    pub(super) fn exprs(&self) -> impl Iterator<Item = Expr> {
        self.columns.iter().map(|term| term.expr.clone())
    }

    /// The columns' names, as they stand in a result.
    pub(super) fn names(&self) -> impl Iterator<Item = Expr> {
        self.columns.iter().map(|term| Expr::col(term.name.clone()))
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = KeyKind> {
        self.columns.iter().map(|term| term.kind)
    }

    /// Which way the list is read: `backward` from its end.
    pub(super) fn direction(&self, backward: bool) -> sea_query::Order {
        if self.descending == backward {
            sea_query::Order::Asc
        } else {
            sea_query::Order::Desc
        }
    }

    /// Sorts a statement over the tables themselves.
    pub(super) fn sort(&self, query: &mut SelectStatement, backward: bool) {
        for expr in self.exprs() {
            query.order_by_expr(expr, self.direction(backward));
        }
    }

    /// Whether a row comes after this place in the list.
    pub(super) fn after(&self, place: &[Key]) -> Expr {
        let (row, place) = self.compared(place);
        if self.descending {
            row.lt(place)
        } else {
            row.gt(place)
        }
    }

    /// Whether a row comes before this place in the list, or is at it.
    pub(super) fn up_to(&self, place: &[Key]) -> Expr {
        let (row, place) = self.compared(place);
        if self.descending {
            row.gte(place)
        } else {
            row.lte(place)
        }
    }

    /// Whether a row comes before this place in the list.
    pub(super) fn before(&self, place: &[Key]) -> Expr {
        let (row, place) = self.compared(place);
        if self.descending {
            row.gt(place)
        } else {
            row.lt(place)
        }
    }

    /// Whether a row comes after this place in the list, or is at it.
    pub(super) fn from(&self, place: &[Key]) -> Expr {
        let (row, place) = self.compared(place);
        if self.descending {
            row.lte(place)
        } else {
            row.gte(place)
        }
    }

    /// What tells this order from all others: cursors carry it.
    pub(super) fn tag(&self) -> u32 {
        let names = self.columns.iter().map(|term| term.name.as_str());
        let way = if self.descending { "desc" } else { "asc" };
        // FNV-1a: a guard against mistakes, not against malice.
        names
            .chain([way])
            .flat_map(|name| name.bytes().chain([b'.']))
            .fold(0x811c_9dc5, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
            })
    }

    fn compared(&self, place: &[Key]) -> (Expr, Expr) {
        let place = place.iter().map(|key| Expr::val(key.clone()));
        (Expr::tuple(self.exprs()), Expr::tuple(place))
    }
}

fn term<E: EntityTrait>(column: E::Column) -> Term {
    Term {
        expr: Expr::col((E::default(), column)),
        name: column.into_iden().to_string(),
        kind: match column.def().get_column_type() {
            ColumnType::Uuid => KeyKind::Id,
            ColumnType::Date => KeyKind::Date,
            ColumnType::Integer | ColumnType::BigInteger => KeyKind::Int,
            _ => KeyKind::Text,
        },
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
    let values = order.by.iter().map(|by| match *by {
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
