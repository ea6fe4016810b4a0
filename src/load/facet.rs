//! "How many of these rows have which value", for many lists at once.

use std::{collections::HashMap, sync::Arc};

use sea_orm::{
    DbBackend, DbErr, EntityName, JoinType, QueryResult,
    sea_query::{
        Alias, Asterisk, Expr, ExprTrait, Func, Order, OverStatement, Query, SelectStatement,
        WindowStatement,
    },
};
use uuid::Uuid;

use super::{
    Fingerprint, Names, Path, Question, Row, Scope, Source, Test, grouped, in_order,
    listing::{PLACE, up_to},
    scope::PARENT,
    total::{COUNT, by_parent, counted},
};
use crate::{
    error::Result,
    store::{by_bytes, year_of},
};

/// What rows are counted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// A column with words.
    Word(&'static str),
    /// The year of a column with days. Year 1 stands for none.
    Year(&'static str),
    /// The pieces of content that a path leads to.
    Content(Path),
    /// A column with words, of the rows that a path leads to.
    WordOf(Path, &'static str),
}

/// The rows that have one value.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// The value; the slug of a piece of content.
    pub value: String,
    /// The title of a piece of content.
    pub title: Option<String>,
    /// The id of a piece of content.
    pub id: Option<Uuid>,
    /// How many rows have it.
    pub count: i64,
}

/// Asks for the values that most rows of a list have.
#[derive(Hash)]
pub struct Facets<S: Scope> {
    scope: S,
    parent: S::Parent,
    test: Test,
    by: Facet,
    most: u32,
}

impl<S: Scope> Facets<S> {
    /// Asks for at most so many values of the rows of this scope and parent of which this holds.
    pub fn new(scope: S, parent: S::Parent, test: Test, by: Facet, most: u32) -> Self {
        Self {
            scope,
            parent,
            test,
            by,
            most,
        }
    }
}

const VALUE: &str = "value_";
const TITLE: &str = "title_";
const SORT: &str = "sort_";
const ID: &str = "id_";

impl<S: Scope> Question for Facets<S> {
    type Answer = Vec<Bucket>;

    fn weight_of(buckets: &Self::Answer) -> usize {
        let texts =
            |bucket: &Bucket| bucket.value.len() + bucket.title.as_ref().map_or(0, String::len);
        let buckets = buckets.iter();
        buckets
            .map(|bucket| size_of::<Bucket>() + texts(bucket))
            .sum()
    }

    async fn answer(db: &Source, questions: &[&Self]) -> Result<Vec<Option<Arc<Vec<Bucket>>>>> {
        let alike = |question: &Self| {
            let Self { scope, test, .. } = question;
            Fingerprint::of(&(scope, test, &question.by, question.most))
        };
        let mut facets = HashMap::new();
        for (fingerprint, questions) in grouped(questions, alike) {
            let any = questions[0];
            let parents: Vec<_> = questions.iter().map(|question| question.parent).collect();
            let mut buckets: HashMap<S::Parent, Vec<_>> = HashMap::new();
            let rows = db.rows(any.statement(db.backend(), &parents)).await?;
            let names = Names::of(&rows);
            for row in &rows {
                let of_parent = buckets.entry(S::parent_of(row, &names)?).or_default();
                of_parent.push(bucket(row, &any.by)?);
            }
            for (parent, buckets) in buckets {
                facets.insert((fingerprint, parent), Arc::new(buckets));
            }
        }
        let asked_by = |question: &Self| (alike(question), question.parent);
        Ok(in_order(questions, asked_by, facets))
    }
}

fn bucket(row: &QueryResult, by: &Facet) -> Result<Bucket, DbErr> {
    let of_content = matches!(by, Facet::Content(_));
    Ok(Bucket {
        value: match by {
            Facet::Year(_) => format!("{:04}", row.try_get::<i32>("", VALUE)?),
            _ => row.try_get("", VALUE)?,
        },
        title: of_content.then(|| row.try_get("", TITLE)).transpose()?,
        id: of_content.then(|| row.try_get("", ID)).transpose()?,
        count: row.try_get("", COUNT)?,
    })
}

impl<S: Scope> Facets<S> {
    fn statement(&self, backend: DbBackend, parents: &[S::Parent]) -> SelectStatement {
        let name = <S::Row as Row>::Table::default().table_name();
        let mut query = counted(&self.scope, backend, parents, &self.test);
        let value = match &self.by {
            Facet::Word(column) => Expr::col((name, *column)),
            Facet::Year(column) => year_of(backend, Expr::col((name, *column))),
            Facet::Content(path) => {
                follow(&mut query, backend, name, path);
                let column = |column: &'static str| Expr::col((END, column));
                query
                    .expr_as(column("title"), TITLE)
                    .expr_as(column("sort_title"), SORT)
                    .expr_as(column("id"), ID)
                    .add_group_by([column("title"), column("sort_title"), column("id")]);
                column("slug")
            }
            Facet::WordOf(path, column) => {
                follow(&mut query, backend, name, path);
                Expr::col((END, *column))
            }
        };
        let known = match &self.by {
            Facet::Year(_) => value.clone().gt(1),
            _ => value.clone().is_not_null(),
        };
        query
            .expr_as(value.clone(), VALUE)
            .and_where(known)
            .add_group_by([value]);
        let mut place = vec![(Expr::col(COUNT), Order::Desc)];
        place.push(match &self.by {
            Facet::Content(_) => (Expr::col(SORT), Order::Asc),
            Facet::Year(_) => (Expr::col(VALUE), Order::Desc),
            _ => (by_bytes(backend, Expr::col(VALUE)), Order::Asc),
        });
        if let Facet::Content(_) = &self.by {
            place.push((Expr::col(ID), Order::Asc));
        }
        first_of_each::<S>(query, &place, self.most)
    }
}

const END: &str = "facet_end";
const JUNCTION: &str = "facet_link";

/// Joins the rows that a path leads to.
fn follow(query: &mut SelectStatement, backend: DbBackend, row: &'static str, path: &Path) {
    let start = Expr::col((row, path.from));
    let end = Expr::col((END, path.key));
    let mut join = |table: &'static str, name: &'static str, met: Expr| {
        query.join_as(JoinType::InnerJoin, table, Alias::new(name), met);
    };
    match &path.via {
        Some(via) => {
            join(
                via.table,
                JUNCTION,
                Expr::col((JUNCTION, via.parent)).eq(start),
            );
            join(path.to, END, end.eq(Expr::col((JUNCTION, via.child))));
            query.and_where_option(via.test.of(backend, JUNCTION));
        }
        None => join(path.to, END, end.eq(start)),
    }
    let live = path.state.map(Test::is_live);
    query
        .and_where_option(live.and_then(|live| live.of(backend, END)))
        .and_where_option(path.only.of(backend, END));
}

/// The first so many groups, in this order, of each parent.
pub(super) fn first_of_each<S: Scope>(
    grouped: SelectStatement,
    order: &[(Expr, Order)],
    most: u32,
) -> SelectStatement {
    let mut place = WindowStatement::new();
    if S::parent().is_some() {
        place.add_partition_by(Expr::col(PARENT));
    }
    for (column, direction) in order {
        place.order_by_expr(column.clone(), direction.clone());
    }
    let numbered = Query::select()
        .column(Asterisk)
        .expr_window_as(Func::cust("ROW_NUMBER"), place, PLACE)
        .from_subquery(by_parent::<S>(grouped), "grouped")
        .take();
    up_to(numbered, most.into())
        .order_by(PLACE, Order::Asc)
        .take()
}
