//! What is long and seldom asked for gets tables of its own: the parts of pages, the documents of editions.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, owned_by};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The table that loses a column, the table that gets it, its key and the column.
const PARTED: [(&str, &str, &str, &str); 2] = [
    ("page", "page_parts", "page_id", "parts"),
    ("edition", "edition_document", "edition_id", "document"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for (of, table, key, column) in PARTED {
            let own = Table::create()
                .table(table)
                .col(uuid(key).primary_key())
                .col(json_binary(column))
                .foreign_key(&mut owned_by(table, key, of))
                .take();
            manager.create_table(own).await?;
            let copy = format!(
                r#"INSERT INTO "{table}" ("{key}", "{column}") SELECT "id", "{column}" FROM "{of}""#
            );
            db.execute_unprepared(&copy).await?;
            let drop = format!(r#"ALTER TABLE "{of}" DROP COLUMN "{column}""#);
            db.execute_unprepared(&drop).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for (of, table, key, column) in PARTED {
            let back = Table::alter()
                .table(of)
                .add_column(json_binary(column).default("{}"))
                .take();
            manager.alter_table(back).await?;
            let copy = format!(
                r#"UPDATE "{of}" SET "{column}" = (SELECT "{column}" FROM "{table}" WHERE "{key}" = "{of}"."id")"#
            );
            db.execute_unprepared(&copy).await?;
            drop_tables(manager, &[table]).await?;
        }
        Ok(())
    }
}
