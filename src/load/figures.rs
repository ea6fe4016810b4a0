//! "The least, the greatest and the sum of a column", by groups of rows, for many lists at once.

use std::{collections::HashMap, sync::Arc};

use entity::derived::Of;
use sea_orm::{
    DbBackend, DbErr, EntityName, QueryResult,
    sea_query::{Expr, ExprTrait, Func, Order, SelectStatement},
};

use super::{
    Fingerprint, Key, Names, Question, Row, Scope, Source, Test,
    facet::first_of_each,
    grouped, in_order,
    total::{COUNT, counted},
};
use crate::{document::NO_DAY, error::Result, store::by_bytes};

/// Asks for the figures of a list's rows.
#[derive(Hash)]
pub struct Figures<S: Scope> {
    /// What is listed.
    pub scope: S,
    /// Whose list it is.
    pub parent: S::Parent,
    /// What must hold of the rows.
    pub test: Test,
    /// The column that is summed up.
    pub value: &'static str,
    /// The columns that the rows of a group have in common.
    pub by: &'static [(&'static str, Of)],
    /// At most so many groups.
    pub most: u32,
}

/// The figures of a group.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What the rows have in common.
    pub of: Vec<Option<Key>>,
    /// How many rows there are.
    pub count: i64,
    /// The least value.
    pub min: i64,
    /// The greatest value.
    pub max: i64,
    /// All values together.
    pub sum: i128,
}

const MIN: &str = "min_";
const MAX: &str = "max_";
const WHOLE: &str = "whole_";
const REST: &str = "rest_";

/// Sums of whole numbers would be too great for SQLite: it sums up this part and the rest alone.
const PART: i64 = 1_000_000;

impl<S: Scope> Question for Figures<S> {
    type Answer = Vec<Figure>;

    fn weight_of(figures: &Self::Answer) -> usize {
        // What the rows have in common is a unit and a period.
        figures.len() * (size_of::<Figure>() + 2 * size_of::<Option<Key>>() + 20)
    }

    async fn answer(db: &Source, questions: &[&Self]) -> Result<Vec<Option<Arc<Vec<Figure>>>>> {
        let alike = |question: &Self| {
            let Self { scope, test, .. } = question;
            Fingerprint::of(&(scope, test, question.value, question.by, question.most))
        };
        let mut answers = HashMap::new();
        for (fingerprint, questions) in grouped(questions, alike) {
            let any = questions[0];
            let parents: Vec<_> = questions.iter().map(|question| question.parent).collect();
            let mut figures: HashMap<S::Parent, Vec<_>> = HashMap::new();
            let rows = db.rows(any.statement(db.backend(), &parents)).await?;
            let names = Names::of(&rows);
            for row in &rows {
                let of_parent = figures.entry(S::parent_of(row, &names)?).or_default();
                of_parent.push(any.figure(row)?);
            }
            for (parent, figures) in figures {
                answers.insert((fingerprint, parent), Arc::new(figures));
            }
        }
        let asked_by = |question: &Self| (alike(question), question.parent);
        Ok(in_order(questions, asked_by, answers))
    }
}

impl<S: Scope> Figures<S> {
    fn statement(&self, backend: DbBackend, parents: &[S::Parent]) -> SelectStatement {
        let name = <S::Row as Row>::Table::default().table_name();
        let value = || Expr::col((name, self.value));
        let mut query = counted(&self.scope, backend, parents, &self.test);
        query
            .expr_as(value().min(), MIN)
            .expr_as(value().max(), MAX)
            .expr_as(sum(value().div(PART)), WHOLE)
            .expr_as(sum(value().modulo(PART)), REST);
        for (column, _) in self.by {
            let column = Expr::col((name, *column));
            query.expr(column.clone()).add_group_by([column]);
        }
        let order: Vec<_> = self
            .by
            .iter()
            .map(|(column, of)| {
                let column = Expr::col(*column);
                // The engines do not agree on where nothing stands: it comes first.
                let column = match of {
                    Of::Text => by_bytes(backend, Expr::expr(Func::coalesce([column, "".into()]))),
                    Of::Date => Expr::expr(Func::coalesce([column, Expr::val(NO_DAY)])),
                    Of::Int | Of::Moment => column,
                };
                (column, Order::Asc)
            })
            .collect();
        first_of_each::<S>(query, &order, self.most)
    }

    fn figure(&self, row: &QueryResult) -> Result<Figure, DbErr> {
        let whole: i64 = row.try_get("", WHOLE)?;
        let rest: i64 = row.try_get("", REST)?;
        let of = self
            .by
            .iter()
            .map(|(column, of)| Key::read_any(row, column, *of));
        Ok(Figure {
            of: of.collect::<Result<_, _>>()?,
            count: row.try_get("", COUNT)?,
            min: row.try_get("", MIN)?,
            max: row.try_get("", MAX)?,
            sum: i128::from(whole) * i128::from(PART) + i128::from(rest),
        })
    }
}

/// PostgreSQL's sums of big numbers are decimal numbers.
fn sum(of: Expr) -> Expr {
    of.sum().cast_as("bigint")
}
