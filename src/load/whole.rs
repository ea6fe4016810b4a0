//! "One page of all rows, or of those that pass a filter", and how many there are.

use std::{collections::HashMap, fmt::Debug, hash::Hash, marker::PhantomData, sync::Arc};

use derive_where::derive_where;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, EntityTrait, QueryTrait,
    sea_query::{Asterisk, Condition, Expr, Func, Query, SelectStatement},
};

use super::{
    Arguments, List, Page, Question, Row, cursor,
    order::{self, Terms},
    page::Read,
};
use crate::error::Result;

type Model<R> = <<R as Row>::Table as EntityTrait>::Model;

/// Which rows of `R` a list has.
pub trait Filter<R: Row>: Clone + Debug + Eq + Hash + Send + Sync + 'static {
    /// As SQL.
    fn condition(&self) -> Condition;
}

/// All that are live.
impl<R: Row> Filter<R> for () {
    fn condition(&self) -> Condition {
        Condition::all().add_option(R::live())
    }
}

/// Asks for a page of all rows that pass a filter.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash; F)]
pub struct All<R, F = ()> {
    page: Page,
    filter: F,
    rows: PhantomData<fn() -> R>,
}

impl<R: Row, F: Filter<R>> All<R, F> {
    /// Asks for this page; or says what is wrong with the arguments.
    pub fn new(arguments: &Arguments, filter: F) -> Result<Self> {
        Ok(Self {
            page: Page::new(arguments, &terms::<R>())?,
            filter,
            rows: PhantomData,
        })
    }

    /// Which rows it asks for.
    pub fn filter(&self) -> F {
        self.filter.clone()
    }

    /// The cursor of a row.
    pub fn cursor(row: &Model<R>) -> String {
        let order = R::order();
        let place = order::place::<R::Table, R::Table, ()>(&order, row, &());
        cursor::encode(&terms::<R>(), &place)
    }
}

fn terms<R: Row>() -> Terms {
    Terms::new::<R::Table, R::Table>(&R::order())
}

impl<R: Row, F: Filter<R>> Question for All<R, F> {
    type Answer = Arc<List<Model<R>, ()>>;

    async fn answer(
        db: &DatabaseConnection,
        questions: &[Self],
    ) -> Result<HashMap<Self, Self::Answer>> {
        let mut lists = HashMap::new();
        // Each is another page of the same list; a query that asks for two is rare.
        for question in questions {
            let page = &question.page;
            let query = statement::<R>(page, &question.filter.condition());
            let mut read = Read::default();
            for row in db.query_all(&query).await? {
                read.add::<R::Table>(&row)?;
            }
            lists.insert(question.clone(), Arc::new(page.list(read)));
        }
        Ok(lists)
    }
}

fn statement<R: Row>(page: &Page, condition: &Condition) -> SelectStatement {
    let terms = terms::<R>();
    let sorted = |backward| {
        let mut query = R::Table::find().into_query();
        query.cond_where(condition.clone());
        for (column, direction) in terms.sorted(backward) {
            query.order_by_expr(column, direction);
        }
        query
    };
    if !page.has_cursor() {
        return sorted(page.backward).limit(page.limit()).take();
    }
    let mut query = page.with_sides(&terms, sorted, |mut query, limit| {
        query.limit(limit);
        Query::select()
            .column(Asterisk)
            .from_subquery(query, "cut")
            .take()
    });
    for (column, direction) in terms.sorted_by_name(page.backward) {
        query.order_by_expr(column, direction);
    }
    query
}

/// Asks how many rows pass a filter.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash; F)]
pub struct CountAll<R, F = ()> {
    filter: F,
    rows: PhantomData<fn() -> R>,
}

impl<R, F> CountAll<R, F> {
    /// Asks how many rows pass this filter.
    pub fn new(filter: F) -> Self {
        Self {
            filter,
            rows: PhantomData,
        }
    }
}

const COUNT: &str = "count_";

impl<R: Row, F: Filter<R>> Question for CountAll<R, F> {
    type Answer = i64;

    async fn answer(db: &DatabaseConnection, questions: &[Self]) -> Result<HashMap<Self, i64>> {
        let mut counts = HashMap::new();
        for question in questions {
            let query = Query::select()
                .expr_as(Func::count(Expr::col(Asterisk)), COUNT)
                .from(R::Table::default())
                .cond_where(question.filter.condition())
                .take();
            let row = db.query_one(&query).await?;
            let count = row.map_or(Ok(0), |row| row.try_get("", COUNT))?;
            counts.insert(question.clone(), count);
        }
        Ok(counts)
    }
}
