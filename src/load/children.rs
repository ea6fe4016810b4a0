//! "One page of the rows that belong to this row", through any relation, and how many there are.

use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use derive_where::derive_where;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, QueryTrait,
    sea_query::{
        Asterisk, Expr, ExprTrait, Func, Order, OverStatement, Query, SelectStatement,
        WindowStatement,
    },
};
use uuid::Uuid;

use super::{
    Arguments, Item, Link, List, Page, Question, Relation, Row, Table, cursor,
    order::{self, Terms},
    page::Read,
};
use crate::{error::Result, store::one_of_ids};

type Model<Rel> = <<<Rel as Relation>::Row as Row>::Table as EntityTrait>::Model;

/// Asks for a page of the rows that belong to the row with this id.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Children<Rel> {
    parent: Uuid,
    page: Page,
    relation: PhantomData<fn() -> Rel>,
}

impl<Rel: Relation> Children<Rel> {
    /// Asks for this page of the rows that belong to this parent; or says what is wrong with the
    /// arguments.
    pub fn new(parent: Uuid, arguments: &Arguments) -> Result<Self> {
        Ok(Self {
            parent,
            page: Page::new(arguments, &terms::<Rel>())?,
            relation: PhantomData,
        })
    }

    /// Whose rows they are.
    pub fn parent(&self) -> Uuid {
        self.parent
    }

    /// The cursor of a row.
    pub fn cursor(item: &Item<Model<Rel>, Rel::Link>) -> String {
        let place = order::place::<<Rel::Row as Row>::Table, Rel::Via, _>(
            &Rel::order(),
            &item.row,
            &item.link,
        );
        cursor::encode(&terms::<Rel>(), &place)
    }
}

fn terms<Rel: Relation>() -> Terms {
    Terms::new::<<Rel::Row as Row>::Table, Rel::Via>(&Rel::order())
}

impl<Rel: Relation> Question for Children<Rel> {
    type Answer = Arc<List<Model<Rel>, Rel::Link>>;

    async fn answer(
        db: &DatabaseConnection,
        questions: &[Self],
    ) -> Result<HashMap<Self, Self::Answer>> {
        let mut parents_of: HashMap<_, Vec<_>> = HashMap::new();
        for question in questions {
            let parents = parents_of.entry(&question.page).or_default();
            parents.push(question.parent);
        }
        let mut lists = HashMap::new();
        for (page, parents) in parents_of {
            let query = statement::<Rel>(db.get_database_backend(), page, &parents);
            let mut reads: HashMap<Uuid, Read<_, _>> = HashMap::new();
            for row in db.query_all(&query).await? {
                let read = reads.entry(row.try_get("", PARENT)?).or_default();
                read.add::<Rel::Via>(&row)?;
            }
            for (parent, read) in reads {
                let question = Self {
                    parent,
                    page: page.clone(),
                    relation: PhantomData,
                };
                lists.insert(question, Arc::new(page.list(read)));
            }
        }
        Ok(lists)
    }
}

const PARENT: &str = "parent_";
const PLACE: &str = "place_";

fn statement<Rel: Relation>(backend: DbBackend, page: &Page, parents: &[Uuid]) -> SelectStatement {
    let terms = terms::<Rel>();
    let numbered = |backward| numbered::<Rel>(backend, &terms, parents, backward);
    let mut query = if page.has_cursor() {
        page.with_sides(&terms, numbered, up_to)
    } else {
        up_to(numbered(page.backward), page.limit())
    };
    query
        .order_by(PARENT, Order::Asc)
        .order_by(PLACE, Order::Asc)
        .take()
}

/// All rows of these parents, each with its parent and its place among the parent's.
fn numbered<Rel: Relation>(
    backend: DbBackend,
    terms: &Terms,
    parents: &[Uuid],
    backward: bool,
) -> SelectStatement {
    let parent = Expr::col((Rel::Via::default(), Rel::parent()));
    let mut query = <Rel::Row as Row>::Table::find().into_query();
    if let Some(child) = Rel::child() {
        query.inner_join(Rel::Via::default(), joined::<Rel>(child));
    }
    Rel::Link::select(&mut query);
    if let Some(live) = Rel::Row::live() {
        query.and_where(live);
    }
    let mut place = WindowStatement::new();
    place.add_partition_by(parent.clone());
    for (column, direction) in terms.sorted(backward) {
        place.order_by_expr(column, direction);
    }
    query
        .expr_as(parent.clone(), PARENT)
        .expr_window_as(Func::cust("ROW_NUMBER"), place, PLACE)
        .and_where(one_of_ids(backend, parent, parents.iter().copied()))
        .take()
}

/// How the junction meets the listed rows.
fn joined<Rel: Relation>(child: <Rel::Via as EntityTrait>::Column) -> Expr {
    let key = (
        <Rel::Row as Row>::Table::default(),
        <Rel::Row as Row>::Table::key(),
    );
    Expr::col((Rel::Via::default(), child)).equals(key)
}

fn up_to(numbered: SelectStatement, limit: u64) -> SelectStatement {
    Query::select()
        .column(Asterisk)
        .from_subquery(numbered, "numbered")
        .and_where(Expr::col(PLACE).lte(limit))
        .take()
}

/// Asks how many rows belong to the row with this id.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Count<Rel> {
    parent: Uuid,
    relation: PhantomData<fn() -> Rel>,
}

impl<Rel> Count<Rel> {
    /// Asks how many rows belong to this parent.
    pub fn new(parent: Uuid) -> Self {
        Self {
            parent,
            relation: PhantomData,
        }
    }
}

const COUNT: &str = "count_";

impl<Rel: Relation> Question for Count<Rel> {
    type Answer = i64;

    async fn answer(db: &DatabaseConnection, questions: &[Self]) -> Result<HashMap<Self, i64>> {
        let parent = Expr::col((Rel::Via::default(), Rel::parent()));
        let parents = questions.iter().map(|question| question.parent);
        let mut query = Query::select();
        query
            .expr_as(parent.clone(), PARENT)
            .expr_as(Func::count(Expr::col(Asterisk)), COUNT)
            .from(Rel::Via::default())
            .and_where(one_of_ids(
                db.get_database_backend(),
                parent.clone(),
                parents,
            ))
            .add_group_by([parent]);
        if let Some(live) = Rel::Row::live() {
            query.and_where(live);
        }
        // A junction may lead to rows of other tables too.
        if let Some(child) = Rel::child() {
            let table = <Rel::Row as Row>::Table::default();
            query.inner_join(table, joined::<Rel>(child));
        }
        let rows = db.query_all(&query).await?;
        rows.iter()
            .map(|row| Ok((Self::new(row.try_get("", PARENT)?), row.try_get("", COUNT)?)))
            .collect()
    }
}
