//! Columns, keys and indexes that many tables have.

use sea_orm_migration::{
    prelude::*,
    schema::{string_len, string_len_uniq, text, uuid},
    sea_orm::DbBackend,
};

/// Text that lists go by. PostgreSQL would otherwise order it by the language of the database, SQLite
/// by its bytes: both go by the bytes.
pub fn sort_text(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let kind = match manager.get_database_backend() {
        DbBackend::Postgres => r#"text COLLATE "C""#,
        _ => "text",
    };
    ColumnDef::new(name).custom(kind).not_null().take()
}

/// A table of content: the columns that every kind has, and the tie to `node`.
pub fn content_table(manager: &SchemaManager<'_>, table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("id").primary_key())
        .col(string_len_uniq("slug", 80))
        .col(text("title"))
        .col(sort_text(manager, "sort_title"))
        .col(text("summary"))
        .col(word("state"))
        .foreign_key(&mut owned_by(table, "id", "node"))
        .take()
}

/// A junction of two tables: the two ids are its key.
pub fn junction_table(
    table: &'static str,
    (from, from_table): (&'static str, &'static str),
    (to, to_table): (&'static str, &'static str),
) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid(from))
        .col(uuid(to))
        .primary_key(Index::create().col(from).col(to))
        .foreign_key(&mut owned_by(table, from, from_table))
        .foreign_key(&mut owned_by(table, to, to_table))
        .take()
}

/// A word out of a few.
pub fn word(name: &'static str) -> ColumnDef {
    string_len(name, 32)
}

/// A foreign key to a row without which this one is nothing: it goes when that goes.
pub fn owned_by(
    table: &'static str,
    column: &'static str,
    owner: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(owner, "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

/// A foreign key to a row that may go while this one stays.
pub fn refers_to(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk-{table}-{column}"))
        .from(table, column)
        .to(target, "id")
        .on_delete(ForeignKeyAction::SetNull)
        .take()
}

/// Lets one transaction write rows of a table that refer to each other, in any order. SQLite needs
/// nothing: `PRAGMA defer_foreign_keys` does it for all keys.
pub async fn defer(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: &'static str,
) -> Result<(), DbErr> {
    if !on_postgres(manager) {
        return Ok(());
    }
    let sql = format!(r#"ALTER TABLE "{table}" ALTER CONSTRAINT "fk-{table}-{column}" DEFERRABLE"#);
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

/// Indexes these columns, together and in this order.
pub async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&str],
) -> Result<(), DbErr> {
    let mut index = Index::create()
        .name(index_name(table, columns))
        .table(table)
        .take();
    for column in columns {
        index.col(Alias::new(*column));
    }
    manager.create_index(index).await
}

/// What an index of these columns is called.
pub fn index_name(table: &str, columns: &[&str]) -> String {
    format!("ix-{table}-{}", columns.join("-"))
}

/// Lets PostgreSQL find a text by any part of it. SQLite has no such index: it reads all.
pub async fn trigrams(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: &str,
) -> Result<(), DbErr> {
    if !on_postgres(manager) {
        return Ok(());
    }
    let db = manager.get_connection();
    let extension = "CREATE EXTENSION IF NOT EXISTS pg_trgm";
    db.execute_unprepared(extension).await?;
    let name = index_name(table, &["trigrams", column]);
    let sql = format!(r#"CREATE INDEX "{name}" ON "{table}" USING gin ("{column}" gin_trgm_ops)"#);
    db.execute_unprepared(&sql).await.map(drop)
}

/// Adds a column to a table.
pub async fn alter(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: impl IntoColumnDef,
) -> Result<(), DbErr> {
    let change = Table::alter().table(table).add_column(column).take();
    manager.alter_table(change).await
}

/// Whether the database is PostgreSQL.
pub fn on_postgres(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DbBackend::Postgres
}

/// Drops a column that no index has.
pub async fn drop_column(
    manager: &SchemaManager<'_>,
    table: &str,
    column: &str,
) -> Result<(), DbErr> {
    let sql = format!(r#"ALTER TABLE "{table}" DROP COLUMN "{column}""#);
    let db = manager.get_connection();
    db.execute_unprepared(&sql).await.map(drop)
}

/// Drops the indexes with these names.
pub async fn drop_indexes(manager: &SchemaManager<'_>, names: &[String]) -> Result<(), DbErr> {
    for name in names {
        let sql = format!(r#"DROP INDEX "{name}""#);
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Drops these tables, in this order.
pub async fn drop_tables(
    manager: &SchemaManager<'_>,
    tables: &[&'static str],
) -> Result<(), DbErr> {
    for table in tables {
        let drop = Table::drop().table(*table).take();
        manager.drop_table(drop).await?;
    }
    Ok(())
}
