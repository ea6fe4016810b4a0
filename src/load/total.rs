//! "How many rows these lists have."

use std::{collections::HashMap, sync::Arc};

use sea_orm::{
    DbBackend, EntityName,
    sea_query::{Asterisk, Expr, Func, Query, SelectStatement},
};

use super::{
    Fingerprint, Names, Question, Row, Scope, Source, Test, grouped, in_order, scope::PARENT,
};
use crate::error::Result;

/// Asks how many rows a list has.
#[derive(Hash)]
pub struct Total<S: Scope> {
    scope: S,
    parent: S::Parent,
    test: Test,
}

impl<S: Scope> Total<S> {
    /// Asks how many rows of this scope and parent there are of which this holds.
    pub fn new(scope: S, parent: S::Parent, test: Test) -> Self {
        Self {
            scope,
            parent,
            test,
        }
    }
}

/// What a number of rows is called in results.
pub(super) const COUNT: &str = "count_";

/// Counts the rows of these lists of which this holds.
pub(super) fn counted<S: Scope>(
    scope: &S,
    backend: DbBackend,
    parents: &[S::Parent],
    test: &Test,
) -> SelectStatement {
    let table = <S::Row as Row>::Table::default();
    let mut query = Query::select();
    query
        .expr_as(Func::count(Expr::col(Asterisk)), COUNT)
        .from(table);
    scope.narrow(&mut query, backend, parents);
    query
        .and_where_option(test.of(backend, table.table_name()))
        .take()
}

/// The same for each parent, where there are many.
pub(super) fn by_parent<S: Scope>(mut counted: SelectStatement) -> SelectStatement {
    if let Some(parent) = S::parent() {
        counted
            .expr_as(parent.clone(), PARENT)
            .add_group_by([parent]);
    }
    counted
}

impl<S: Scope> Question for Total<S> {
    type Answer = i64;

    fn weight_of(_: &i64) -> usize {
        0
    }

    async fn answer(db: &Source, questions: &[&Self]) -> Result<Vec<Option<Arc<i64>>>> {
        let backend = db.backend();
        let alike = |question: &Self| Fingerprint::of(&(&question.scope, &question.test));
        let mut totals = HashMap::new();
        for (fingerprint, questions) in grouped(questions, alike) {
            let Self { scope, test, .. } = questions[0];
            let parents: Vec<_> = questions.iter().map(|question| question.parent).collect();
            let query = by_parent::<S>(counted(scope, backend, &parents, test));
            let rows = db.rows(query).await?;
            let names = Names::of(&rows);
            for row in &rows {
                let total = Arc::new(row.try_get("", COUNT)?);
                totals.insert((fingerprint, S::parent_of(row, &names)?), total);
            }
        }
        let asked_by = |question: &Self| (alike(question), question.parent);
        Ok(in_order(questions, asked_by, totals))
    }
}
