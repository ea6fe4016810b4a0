//! The search index: what was said in which language, its words, and all words that there are.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, on_postgres, owned_by, sort_text};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entry = Table::create()
            .table("search_entry")
            .col(big_integer("id").primary_key())
            .col(uuid("node_id"))
            .col(string_len("language", 35))
            .col(boolean("original"))
            .col(integer("weight"))
            .col(text("title_words"))
            .col(text("title"))
            .col(text("details"))
            .col(text("summary"))
            .col(text("body"))
            .foreign_key(&mut owned_by("search_entry", "node_id", "node"))
            .take();
        manager.create_table(entry).await?;
        index(manager, "search_entry", &["node_id", "language"]).await?;

        let vocabulary = Table::create()
            .table("search_word")
            .col(sort_text(manager, "word").primary_key())
            .col(sort_text(manager, "reversed"))
            .take();
        manager.create_table(vocabulary).await?;
        index(manager, "search_word", &["reversed"]).await?;

        let db = manager.get_connection();
        if on_postgres(manager) {
            let sql = r#"ALTER TABLE "search_entry" ADD COLUMN "words" tsvector"#;
            db.execute_unprepared(sql).await?;
            let sql =
                r#"CREATE INDEX "ix-search_entry-words" ON "search_entry" USING gin ("words")"#;
            db.execute_unprepared(sql).await.map(drop)
        } else {
            // The words are folded and separated before they come: `ascii` splits them at spaces alone.
            let sql = "CREATE VIRTUAL TABLE search_index USING fts5(
                title, details, summary, body,
                content='', contentless_delete=1, tokenize='ascii', prefix='2 3')";
            db.execute_unprepared(sql).await.map(drop)
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if !on_postgres(manager) {
            drop_tables(manager, &["search_index"]).await?;
        }
        drop_tables(manager, &["search_word", "search_entry"]).await
    }
}
