//! Deriving again what an older version derived otherwise, or not at all.

use std::collections::HashMap;

use entity::{
    derivation, edition, edition_document,
    node::{self, Kind},
    node_facet,
};
use sea_orm::{
    ActiveEnum,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, TransactionTrait,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use tracing::{info, warn};
use uuid::Uuid;

use super::{Batch, Targets, resolve, tally, text, write};
use crate::{
    document::{self, Document},
    store::settled,
};

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
        let Some((last, ..)) = documents.last() else {
            break;
        };
        after = Some(*last);
        let documents = readable(&transaction, documents).await?;
        let mut targets = resolve::targets(&transaction, &documents, &Targets::default()).await?;
        targets.forgive(&documents);
        let mut batch = Batch::default();
        for document in &documents {
            batch.add(document.id(), document, &HashMap::new(), &targets);
        }
        let somewhere =
            |facet: &node_facet::ActiveModel| facet.target_id != Set(Some(resolve::NOWHERE));
        batch.node_facets.retain(somewhere);
        let owners = std::mem::take(&mut batch.owners);
        batch.save_derived(&transaction, &owners).await?;
    }
    tally::update_all(&transaction).await?;
    set_version(&transaction).await?;
    transaction.commit().await?;
    settled().await;
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

/// A published document: its piece's node, kind and sort title, and what it says.
type Published = (Uuid, Kind, String, serde_json::Value);

/// The documents that can be read, with the titles that lists go by put right.
async fn readable(
    db: &impl ConnectionTrait,
    published: Vec<Published>,
) -> Result<Vec<Document>, DbErr> {
    let mut documents = Vec::new();
    for (node, kind, sort_title, document) in published {
        let (Some(document), _) = document::read(kind, document) else {
            warn!(%node, "A published document cannot be read: what is derived of it stays as it is");
            continue;
        };
        let right = text::sort_key(&document.piece.title);
        if right != sort_title {
            for table in ["node".to_owned(), kind.to_value()] {
                let update = Query::update()
                    .table(Alias::new(table))
                    .value("sort_title", right.as_str())
                    .and_where(Expr::col("id").eq(node))
                    .take();
                db.execute(&update).await?;
            }
        }
        documents.push(document);
    }
    Ok(documents)
}

/// The next documents that are published.
async fn published(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
) -> Result<Vec<Published>, DbErr> {
    let mut editions = edition::Entity::find()
        .select_only()
        .column(edition::Column::NodeId)
        .column(node::Column::Kind)
        .column(node::Column::SortTitle)
        .column(edition_document::Column::Document)
        .join(JoinType::InnerJoin, super::history::document())
        .inner_join(node::Entity)
        .filter(edition::Column::State.eq(edition::State::Published));
    if let Some(after) = after {
        editions = editions.filter(edition::Column::NodeId.gt(after));
    }
    editions
        .order_by_asc(edition::Column::NodeId)
        .limit(CHUNK)
        .into_tuple()
        .all(db)
        .await
}
