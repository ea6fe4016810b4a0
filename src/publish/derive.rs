//! Deriving again what an older version derived otherwise, or not at all.

use std::collections::HashMap;

use entity::{derivation, edition, edition_document, node};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, TransactionTrait, sea_query::Expr,
};
use tracing::info;
use uuid::Uuid;

use super::{Batch, resolve, tally, write};
use crate::document::{self, Document};

/// How what is derived is derived. Whoever changes it raises it.
const VERSION: i32 = 1;

/// So many documents are read at once.
const CHUNK: u64 = 1_000;

/// Derives what is filtered, counted and searched from all documents again, if it is not from this version,
/// all or nothing. Says whether it did.
pub async fn derive(db: &DatabaseConnection) -> Result<bool, DbErr> {
    if version(db).await? == VERSION {
        return Ok(false);
    }
    if node::Entity::find().one(db).await?.is_none() {
        // Whoever publishes derives, too.
        set_version(db).await?;
        return Ok(false);
    }
    let transaction = db.begin().await?;
    // Whoever publishes waits, and whoever else derives.
    write::next_revision(&transaction).await?;
    if version(&transaction).await? == VERSION {
        transaction.rollback().await?;
        return Ok(false);
    }
    let mut after = None;
    loop {
        let documents = published(&transaction, after).await?;
        let Some((last, _)) = documents.last() else {
            break;
        };
        after = Some(*last);
        let documents: Vec<_> = documents.into_iter().filter_map(|(_, read)| read).collect();
        let targets = resolve::targets(&transaction, &documents).await?;
        let mut batch = Batch::default();
        for document in &documents {
            batch.add(document.id(), document, &HashMap::new(), &targets);
        }
        let owners = std::mem::take(&mut batch.owners);
        batch.save_derived(&transaction, &owners).await?;
    }
    tally::update_all(&transaction).await?;
    set_version(&transaction).await?;
    transaction.commit().await?;
    info!("Derived again what is filtered, counted and searched");
    Ok(true)
}

async fn set_version(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    derivation::Entity::update_many()
        .col_expr(derivation::Column::Version, Expr::value(VERSION))
        .exec(db)
        .await
        .map(drop)
}

async fn version(db: &impl ConnectionTrait) -> Result<i32, DbErr> {
    let row = derivation::Entity::find().one(db).await?;
    Ok(row.map_or(0, |row| row.version))
}

/// The next documents that are published.
async fn published(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
) -> Result<Vec<(Uuid, Option<Document>)>, DbErr> {
    let mut editions = edition::Entity::find()
        .select_only()
        .column(edition::Column::NodeId)
        .column(node::Column::Kind)
        .column(edition_document::Column::Document)
        .join(JoinType::InnerJoin, super::history::document())
        .inner_join(node::Entity)
        .filter(edition::Column::State.eq(edition::State::Published));
    if let Some(after) = after {
        editions = editions.filter(edition::Column::NodeId.gt(after));
    }
    let editions = editions
        .order_by_asc(edition::Column::NodeId)
        .limit(CHUNK)
        .into_tuple::<(Uuid, node::Kind, serde_json::Value)>()
        .all(db)
        .await?;
    let editions = editions.into_iter();
    Ok(editions
        .map(|(node, kind, document)| (node, document::read(kind, document).0))
        .collect())
}
