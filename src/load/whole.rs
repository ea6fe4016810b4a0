//! "One page of all rows", and how many there are.

use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use derive_where::derive_where;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, EntityTrait, QueryTrait,
    sea_query::{Asterisk, Expr, Func, Query, SelectStatement},
};

use super::{
    Arguments, List, Page, Question, Row, cursor,
    order::{self, Terms},
    page::Read,
};
use crate::error::Result;

type Model<R> = <<R as Row>::Table as EntityTrait>::Model;

/// Asks for a page of all rows.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct All<R> {
    page: Page,
    rows: PhantomData<fn() -> R>,
}

impl<R: Row> All<R> {
    /// Asks for this page; or says what is wrong with the arguments.
    pub fn new(arguments: &Arguments) -> Result<Self> {
        Ok(Self {
            page: Page::new(arguments, &terms::<R>())?,
            rows: PhantomData,
        })
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

impl<R: Row> Question for All<R> {
    type Answer = Arc<List<Model<R>, ()>>;

    async fn answer(
        db: &DatabaseConnection,
        questions: &[Self],
    ) -> Result<HashMap<Self, Self::Answer>> {
        let mut lists = HashMap::new();
        // Each is another page of the same list; a query that asks for two is rare.
        for question in questions {
            let page = &question.page;
            let mut read = Read::default();
            for row in db.query_all(&statement::<R>(page)).await? {
                read.add::<R::Table>(&row)?;
            }
            lists.insert(question.clone(), Arc::new(page.list(read)));
        }
        Ok(lists)
    }
}

fn statement<R: Row>(page: &Page) -> SelectStatement {
    let terms = terms::<R>();
    let sorted = |backward| {
        let mut query = R::Table::find().into_query();
        terms.sort(&mut query, backward);
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
    for name in terms.names() {
        query.order_by_expr(name, terms.direction(page.backward));
    }
    query
}

/// Asks how many rows there are.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CountAll<R> {
    rows: PhantomData<fn() -> R>,
}

impl<R> CountAll<R> {
    /// Asks how many rows there are.
    pub fn new() -> Self {
        Self { rows: PhantomData }
    }
}

impl<R> Default for CountAll<R> {
    fn default() -> Self {
        Self::new()
    }
}

const COUNT: &str = "count_";

impl<R: Row> Question for CountAll<R> {
    type Answer = i64;

    async fn answer(db: &DatabaseConnection, questions: &[Self]) -> Result<HashMap<Self, i64>> {
        let query = Query::select()
            .expr_as(Func::count(Expr::col(Asterisk)), COUNT)
            .from(R::Table::default())
            .take();
        let row = db.query_one(&query).await?;
        let count = row.map_or(Ok(0), |row| row.try_get("", COUNT))?;
        Ok(questions
            .iter()
            .map(|question| (question.clone(), count))
            .collect())
    }
}
