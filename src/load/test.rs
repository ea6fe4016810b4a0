//! What must hold of a row, for a list to have it.

use sea_orm::{
    DbBackend, EntityName, IdenStatic,
    sea_query::{Alias, Expr, ExprTrait, Func, LikeExpr, Query},
};

use super::{Key, Relation, Row, Table, one_of};
use crate::store::is_among;

/// What must hold of a row. It knows neither engine nor request, so that equal ones are told to be equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// All of these.
    All(Vec<Test>),
    /// At least one of these.
    Any(Vec<Test>),
    /// Not this. What nobody knows does not hold, so its opposite does.
    Not(Box<Test>),
    /// This, which clients know by a name.
    Named(&'static str, Box<Test>),
    /// That a column of the row is like this.
    Is(&'static str, Is),
    /// That the row leads to another of which this holds.
    Has(Path, Box<Test>),
}

/// What a column must be like.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Is {
    /// It is the state of what is live.
    Live,
    /// It is this.
    Equal(Key),
    /// It is one of these.
    OneOf(Vec<Key>),
    /// It is this or more.
    AtLeast(Key),
    /// It is more than this.
    Above(Key),
    /// It is this or less.
    AtMost(Key),
    /// It is less than this.
    Below(Key),
    /// There is nothing.
    Nothing,
    /// This text is somewhere in it.
    Containing(String),
    /// It begins with this text.
    StartingWith(String),
}

/// From a row to others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// The row's column.
    pub from: &'static str,
    /// The junction between, if there is one.
    pub via: Option<Via>,
    /// The table of the others.
    pub to: &'static str,
    /// The others' column that is equal to the row's, or to the junction's.
    pub key: &'static str,
    /// The others' column with their state, if only live ones count.
    pub state: Option<&'static str>,
    /// What else must hold of the others.
    pub only: Box<Test>,
}

/// A junction on a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Via {
    /// The junction.
    pub table: &'static str,
    /// Its column that is equal to the row's.
    pub parent: &'static str,
    /// Its column that is equal to the others' key.
    pub child: &'static str,
    /// What must hold of the junction's row.
    pub test: Box<Test>,
}

impl Path {
    /// From a row to those that a relation lists.
    pub fn along<Rel: Relation>() -> Self {
        let table = <Rel::Row as Row>::Table::default().table_name();
        let via = Rel::child().map(|child| Via {
            table: Rel::Via::default().table_name(),
            parent: Rel::parent().as_str(),
            child: child.as_str(),
            test: Box::new(Test::always()),
        });
        let own = <Rel::Row as Row>::Table::key().as_str();
        Self {
            from: ID,
            key: if via.is_some() {
                own
            } else {
                Rel::parent().as_str()
            },
            via,
            to: table,
            state: Rel::Row::state().map(|state| state.as_str()),
            only: Box::new(Test::always()),
        }
    }

    /// From a row to the one that a column of it names.
    pub fn to<R: Row>(column: impl IdenStatic) -> Self {
        Self {
            from: column.as_str(),
            via: None,
            to: R::Table::default().table_name(),
            key: R::Table::key().as_str(),
            state: R::state().map(|state| state.as_str()),
            only: Box::new(Test::always()),
        }
    }

    /// From a row to rows of a table that have its id in a column.
    pub fn having(table: &'static str, key: &'static str) -> Self {
        Self {
            from: ID,
            via: None,
            to: table,
            key,
            state: None,
            only: Box::new(Test::always()),
        }
    }

    /// The same through a junction, to the rows of `R`.
    pub fn through<R: Row>(
        table: &'static str,
        parent: &'static str,
        child: &'static str,
        test: Test,
    ) -> Self {
        let via = Via {
            table,
            parent,
            child,
            test: Box::new(test),
        };
        Self {
            from: ID,
            via: Some(via),
            to: R::Table::default().table_name(),
            key: R::Table::key().as_str(),
            state: R::state().map(|state| state.as_str()),
            only: Box::new(Test::always()),
        }
    }

    /// The same to those of which this holds.
    #[must_use]
    pub fn only(mut self, test: Test) -> Self {
        self.only = Box::new(test);
        self
    }

    /// The same to those that are not live, too.
    #[must_use]
    pub fn whatever_state(mut self) -> Self {
        self.state = None;
        self
    }

    /// The same by junctions of which this holds.
    #[must_use]
    pub fn where_link(mut self, test: Test) -> Self {
        if let Some(via) = &mut self.via {
            *via.test = test;
        }
        self
    }
}

/// The column that identifies rows, in all tables that paths start from.
const ID: &str = "id";

impl Test {
    /// What holds of all rows.
    pub fn always() -> Self {
        Self::All(Vec::new())
    }

    /// What holds of no row.
    pub fn never() -> Self {
        Self::Any(Vec::new())
    }

    /// That rows are live, of tables whose rows have a life of their own.
    pub fn live<R: Row>() -> Self {
        R::state().map_or_else(Self::always, |state| Self::is_live(state.as_str()))
    }

    pub(super) fn is_live(state: &'static str) -> Self {
        Self::Is(state, Is::Live)
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::All(mut tests) => {
                tests.push(other);
                Self::All(tests)
            }
            one => Self::All(vec![one, other]),
        }
    }

    /// The same without what clients know by this name, where it must hold.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        match self {
            Self::All(tests) => Self::All(tests.iter().map(|test| test.without(name)).collect()),
            Self::Named(known, _) if *known == name => Self::always(),
            other => other.clone(),
        }
    }

    /// Whether it says something of the row's own that clients know by this name.
    pub fn names(&self, name: &str) -> bool {
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().any(|test| test.names(name)),
            Self::Not(test) => test.names(name),
            Self::Named(known, test) => *known == name || test.names(name),
            Self::Is(..) | Self::Has(..) => false,
        }
    }

    /// How many comparisons it takes. What compares nothing counts, too: it takes its place in the SQL.
    pub fn size(&self) -> usize {
        match self {
            Self::All(tests) | Self::Any(tests) => {
                tests.iter().map(Self::size).sum::<usize>().max(1)
            }
            Self::Not(test) | Self::Has(_, test) => 1 + test.size(),
            Self::Named(_, test) => test.size(),
            Self::Is(..) => 1,
        }
    }

    /// Whether it holds of whatever rows because nothing was asked.
    pub fn asks_nothing(&self) -> bool {
        match self {
            Self::All(tests) => tests.iter().all(Self::asks_nothing),
            Self::Named(_, test) => test.asks_nothing(),
            Self::Any(_) | Self::Not(_) | Self::Is(..) | Self::Has(..) => false,
        }
    }

    /// As SQL, of the rows of a table. Nothing for what always holds.
    pub(super) fn of(&self, backend: DbBackend, table: &'static str) -> Option<Expr> {
        self.sql(backend, table, 0)
    }

    fn sql(&self, backend: DbBackend, row: &str, depth: usize) -> Option<Expr> {
        match self {
            Self::All(tests) => tests
                .iter()
                .filter_map(|test| test.sql(backend, row, depth))
                .reduce(ExprTrait::and),
            Self::Any(tests) => {
                let tests: Option<Vec<_>> = tests
                    .iter()
                    .map(|test| test.sql(backend, row, depth))
                    .collect();
                // One that always holds is enough.
                let any = tests?.into_iter().reduce(ExprTrait::or);
                Some(any.unwrap_or_else(|| Expr::val(1).eq(0)))
            }
            Self::Not(test) => Some(match test.sql(backend, row, depth) {
                None => Expr::val(1).eq(0),
                // PostgreSQL makes a join of this, and here nothing is ever unknown.
                Some(holds)
                    if backend == DbBackend::Postgres && matches!(**test, Self::Has(..)) =>
                {
                    holds.not()
                }
                Some(holds) => Expr::expr(Func::coalesce([holds, Expr::val(false)])).not(),
            }),
            Self::Named(_, test) => test.sql(backend, row, depth),
            Self::Is(column, is) => Some(is.sql(backend, col(row, column))),
            Self::Has(path, test) => Some(path.sql(backend, row, test, depth + 1)),
        }
    }
}

impl Path {
    /// That there is a row at its end of which this holds. Each has a name of its own: a table may come twice.
    fn sql(&self, backend: DbBackend, row: &str, test: &Test, depth: usize) -> Expr {
        let (end, junction) = (format!("row{depth}"), format!("link{depth}"));
        let mut query = Query::select();
        query.from_as(self.to, Alias::new(&end));
        let near = match &self.via {
            Some(via) => {
                let met = col(&junction, via.child).eq(col(&end, self.key));
                query
                    .join_as(
                        sea_orm::JoinType::InnerJoin,
                        via.table,
                        Alias::new(&junction),
                        met,
                    )
                    .and_where_option(via.test.sql(backend, &junction, depth));
                col(&junction, via.parent)
            }
            None => col(&end, self.key),
        };
        let live = self.state.map(Test::is_live);
        query
            .and_where_option(live.and_then(|live| live.sql(backend, &end, depth)))
            .and_where_option(self.only.sql(backend, &end, depth))
            .and_where_option(test.sql(backend, &end, depth));
        is_among(backend, col(row, self.from), near, query)
    }
}

/// That the state is that of what is live.
///
/// It is written into the statement: with a parameter in its place PostgreSQL makes a new plan for each execution of some
/// first pages, which takes as long as to read them. `SQLite` is told that nearly all is live: it has no figures of its
/// own, takes the index of the state for a good one, and reads all media for those of a page.
fn is_live(backend: DbBackend, state: Expr) -> Expr {
    let live = state.eq(Expr::cust("'live'"));
    match backend {
        DbBackend::Sqlite => Func::cust("likely").arg(live).into(),
        _ => live,
    }
}

impl Is {
    fn sql(&self, backend: DbBackend, column: Expr) -> Expr {
        let value = |key: &Key| Expr::val(key.clone());
        match self {
            Self::Live => is_live(backend, column),
            Self::Equal(key) => column.eq(value(key)),
            Self::OneOf(keys) => one_of(backend, column, keys),
            Self::AtLeast(key) => column.gte(value(key)),
            Self::Above(key) => column.gt(value(key)),
            Self::AtMost(key) => column.lte(value(key)),
            Self::Below(key) => column.lt(value(key)),
            Self::Nothing => column.is_null(),
            Self::Containing(text) => {
                let escaped = text
                    .replace('\\', "\\\\")
                    .replace('%', "\\%")
                    .replace('_', "\\_");
                column.like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
            }
            // What begins with a text stands together, from the text on: an index finds it.
            Self::StartingWith(text) => column
                .clone()
                .gte(Expr::val(text.as_str()))
                .and(column.lt(Expr::val(format!("{text}{}", char::MAX)))),
        }
    }
}

fn col(table: &str, column: &'static str) -> Expr {
    Expr::col((Alias::new(table), column))
}
