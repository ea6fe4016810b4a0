//! SQL that SQLite and PostgreSQL spell differently.

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, Statement, Value,
    sea_query::{ArrayType, Expr, ExprTrait, Func, FunctionCall, SelectStatement},
};
use uuid::Uuid;

/// Whether `expr` is one of these ids.
///
/// However many they are, it is one parameter: the statement's text stays the same, and no limit on
/// the number of parameters splits a batch.
pub fn one_of_ids(backend: DbBackend, expr: Expr, ids: impl IntoIterator<Item = Uuid>) -> Expr {
    let ids: Vec<_> = ids.into_iter().collect();
    let value = Expr::val(ids_value(backend, &ids));
    match (backend, ids.len()) {
        (DbBackend::Postgres, 1) => expr.eq(value),
        (DbBackend::Postgres, _) => Expr::cust_with_exprs(ANY, [expr, value]),
        _ => {
            let sql = "? IN (SELECT unhex(value) FROM json_each(?))";
            Expr::cust_with_exprs(sql, [expr, value])
        }
    }
}

/// The parameter with which statements get these ids: see [`one_of_ids`].
pub fn ids_value(backend: DbBackend, ids: &[Uuid]) -> Value {
    match (backend, ids) {
        // PostgreSQL keeps the plan of this; that of an array it makes again and again, since it takes arrays that it
        // does not know for long.
        (DbBackend::Postgres, [id]) => (*id).into(),
        (DbBackend::Postgres, _) => array(ArrayType::Uuid, ids.iter().copied()),
        _ => {
            let ids: Vec<_> = ids.iter().map(|id| id.simple().to_string()).collect();
            json_list(&ids)
        }
    }
}

/// Whether `expr` is one of these texts, as one parameter.
pub fn one_of_texts(
    backend: DbBackend,
    expr: Expr,
    texts: impl IntoIterator<Item = String>,
) -> Expr {
    let mut texts: Vec<_> = texts.into_iter().collect();
    if backend != DbBackend::Postgres {
        let sql = "? IN (SELECT value FROM json_each(?))";
        return Expr::cust_with_exprs(sql, [expr, Expr::val(json_list(&texts))]);
    }
    if texts.len() == 1 {
        return expr.eq(texts.remove(0));
    }
    Expr::cust_with_exprs(ANY, [expr, Expr::val(array(ArrayType::String, texts))])
}

/// Compares with a parameter of PostgreSQL that has many values.
const ANY: &str = "$1 = ANY($2)";

/// Whether a value is among those that a query has in a column.
///
/// PostgreSQL makes a join of it, either way round, and for its opposite too. SQLite would ask once for
/// each row, and within that again: it is told to ask once for all.
pub fn is_among(backend: DbBackend, value: Expr, column: Expr, mut query: SelectStatement) -> Expr {
    if backend == DbBackend::Postgres {
        query.expr(Expr::val(1)).and_where(column.eq(value));
        return Expr::exists(query);
    }
    query.expr(column);
    value.in_subquery(query)
}

/// The text as it is ordered by its bytes, whatever the language of the database.
pub fn by_bytes(backend: DbBackend, text: Expr) -> Expr {
    if backend == DbBackend::Postgres {
        return Expr::cust_with_exprs(r#"$1 COLLATE "C""#, [text]);
    }
    text
}

/// The year of a day, as a number.
pub fn year_of(backend: DbBackend, day: Expr) -> Expr {
    if backend == DbBackend::Postgres {
        return Expr::cust_with_exprs("CAST(EXTRACT(YEAR FROM $1) AS integer)", [day]);
    }
    Expr::cust_with_exprs("CAST(strftime('%Y', ?) AS integer)", [day])
}

/// Lets the rest of the transaction write rows that refer to each other, in any order.
pub async fn defer_foreign_keys(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SET CONSTRAINTS ALL DEFERRED",
        _ => "PRAGMA defer_foreign_keys = ON",
    };
    db.execute_unprepared(sql).await.map(drop)
}

/// These ids as a table of one column, of PostgreSQL alone: it has the name that the table is given.
pub fn each_of_ids(ids: impl IntoIterator<Item = Uuid>) -> FunctionCall {
    Func::cust("UNNEST").arg(Expr::val(array(ArrayType::Uuid, ids)))
}

/// Writes the length of a page into its statement of PostgreSQL, where it is the last parameter.
///
/// A limit that PostgreSQL does not know it takes for a tenth of all rows: a plan for any limit looks so dear that
/// it makes a new one for each execution, which costs more than to read the page.
pub fn with_limit_written(mut statement: Statement) -> Statement {
    let Some(values) = &mut statement.values else {
        return statement;
    };
    if statement.db_backend != DbBackend::Postgres {
        return statement;
    }
    let limit = format!("LIMIT ${}", values.0.len());
    if let Some(place) = statement.sql.rfind(&limit)
        && let Some(Value::BigUnsigned(Some(rows))) = values.0.last()
    {
        let written = format!("LIMIT {rows}");
        let end = place + limit.len();
        statement.sql.replace_range(place..end, &written);
        values.0.pop();
    }
    statement
}

fn array<V: Into<Value>>(of: ArrayType, values: impl IntoIterator<Item = V>) -> Value {
    let values = values.into_iter().map(Into::into).collect();
    Value::Array(of, Some(Box::new(values)))
}

fn json_list(texts: &[String]) -> Value {
    let list = serde_json::to_string(texts).expect("texts are always JSON");
    list.into()
}
