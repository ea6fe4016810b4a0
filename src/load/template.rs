//! Statements that differ only in whose rows they read: their text is written once, not for each request.

use std::sync::{Arc, LazyLock};

use quick_cache::Weighter;
use sea_orm::{DbBackend, Statement, Value, Values};
use uuid::Uuid;

use super::{Fingerprint, fingerprint::AsItIs};
use crate::{
    bounded::{self, Cache, OPEN},
    store::ids_value,
};

/// A statement with places for ids.
pub(super) struct Template {
    sql: String,
    values: Vec<Value>,
    /// Which of the values stand for the ids.
    places: Vec<usize>,
}

/// How many bytes of statements are known: there are some hundred lists, and clients show a few different sets of
/// columns of each.
const ROOM: u64 = 1 << 19;

/// What a statement usually takes, in bytes.
const USUAL: u64 = 1_024;

#[derive(Clone)]
struct Size;

impl Weighter<Fingerprint, Arc<Template>> for Size {
    fn weight(&self, _: &Fingerprint, template: &Arc<Template>) -> u64 {
        (template.sql.len() + template.values.len() * size_of::<Value>() + 200) as u64
    }
}

static KNOWN: LazyLock<Cache<Fingerprint, Arc<Template>, Size, AsItIs>> =
    LazyLock::new(|| bounded::hashed(&OPEN, ROOM, USUAL, Size, AsItIs::default()));

/// The statement for these ids, of all that `of` tells apart; `write` writes it for other ids.
pub(super) fn statement(
    of: Fingerprint,
    backend: DbBackend,
    ids: &[Uuid],
    write: impl FnOnce(&[Uuid]) -> Statement,
) -> Statement {
    // One id is compared otherwise than many.
    let many = ids.len() != 1;
    let fingerprint = Fingerprint::of(&(of.halves(), backend == DbBackend::Postgres, many));
    let template = KNOWN.get(&fingerprint).unwrap_or_else(|| {
        let template = Arc::new(Template::new(backend, many, write));
        KNOWN.insert(fingerprint, template.clone());
        template
    });
    template.about(backend, ids)
}

impl Template {
    fn new(backend: DbBackend, many: bool, write: impl FnOnce(&[Uuid]) -> Statement) -> Self {
        // No other value of the statement is like these.
        let stand_ins = [Uuid::now_v7(), Uuid::now_v7()];
        let stand_ins = &stand_ins[..if many { 2 } else { 1 }];
        let Statement { sql, values, .. } = write(stand_ins);
        let values = values.map(|values| values.0).unwrap_or_default();
        let stand_in = ids_value(backend, stand_ins);
        let places = values.iter().enumerate();
        let places = places.filter_map(|(place, value)| (*value == stand_in).then_some(place));
        Self {
            places: places.collect(),
            sql,
            values,
        }
    }

    fn about(&self, backend: DbBackend, ids: &[Uuid]) -> Statement {
        let mut values = self.values.clone();
        for place in &self.places {
            values[*place] = ids_value(backend, ids);
        }
        Statement {
            sql: self.sql.clone(),
            values: Some(Values(values)),
            db_backend: backend,
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{
        StatementBuilder,
        sea_query::{Expr, ExprTrait, Query, SelectStatement},
    };

    use super::*;
    use crate::store::one_of_ids;

    fn query(backend: DbBackend, ids: &[Uuid]) -> SelectStatement {
        let id = one_of_ids(backend, Expr::col("id"), ids.iter().copied());
        let mut query = Query::select();
        query.column("a").from("b").and_where(id);
        query.and_where(Expr::col("c").eq("d")).take()
    }

    #[test]
    fn statements_are_as_if_they_were_written_each_time() {
        for backend in [DbBackend::Postgres, DbBackend::Sqlite] {
            let of = Fingerprint::of(&"a test");
            for number in [1, 3, 1, 2] {
                let ids: Vec<_> = (0..number).map(|_| Uuid::now_v7()).collect();
                let write = |ids: &[Uuid]| StatementBuilder::build(&query(backend, ids), &backend);
                let written = write(&ids);
                assert_eq!(statement(of, backend, &ids, write), written);
                let known = |_: &[Uuid]| unreachable!("it was written before");
                assert_eq!(statement(of, backend, &ids, known), written);
            }
        }
    }
}
