//! "How many rows these lists have."

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, EntityName,
    sea_query::{Asterisk, Expr, Func, Query},
};

use super::{Question, Row, Scope, Test, scope::PARENT};
use crate::error::Result;

/// Asks how many rows a list has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

const COUNT: &str = "count_";

impl<S: Scope> Question for Total<S> {
    type Answer = i64;

    async fn answer(db: &DatabaseConnection, questions: &[Self]) -> Result<HashMap<Self, i64>> {
        let backend = db.get_database_backend();
        let table = <S::Row as Row>::Table::default();
        let mut parents_of: HashMap<_, Vec<_>> = HashMap::new();
        for question in questions {
            let parents = parents_of
                .entry((&question.scope, &question.test))
                .or_default();
            parents.push(question.parent);
        }
        let mut totals = HashMap::new();
        for ((scope, test), parents) in parents_of {
            let mut query = Query::select();
            query
                .expr_as(Func::count(Expr::col(Asterisk)), COUNT)
                .from(table);
            scope.narrow(&mut query, backend, &parents);
            query.and_where_option(test.of(backend, table.table_name()));
            if let Some(parent) = S::parent() {
                query.expr_as(parent.clone(), PARENT).add_group_by([parent]);
            }
            for row in db.query_all(&query).await? {
                let total = Self::new(scope.clone(), S::parent_of(&row)?, test.clone());
                totals.insert(total, row.try_get("", COUNT)?);
            }
        }
        Ok(totals)
    }
}
