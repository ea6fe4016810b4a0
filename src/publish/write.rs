//! What every publication writes, whatever is published: nodes, editions, changes, the revision.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{change, content_revision, edition, node};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, IntoSimpleExpr,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Edition, KnownNodes, batch::upsert};
use crate::{document::Document, store::one_of_ids};

/// Raises the content revision. As the first statement of a transaction it also makes all others that
/// publish wait, so that changes are numbered without gaps.
pub(super) async fn next_revision(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let column = content_revision::Column::Revision;
    content_revision::Entity::update_many()
        .col_expr(column, Expr::col(column).add(1))
        .exec(db)
        .await?;
    let row = content_revision::Entity::find().one(db).await?;
    row.map(|row| row.revision)
        .ok_or_else(|| DbErr::RecordNotFound("content_revision".to_owned()))
}

/// A piece that is published already.
pub(super) struct Known {
    node: node::Model,
}

impl Known {
    /// The hash of its document.
    pub(super) fn hash(&self) -> &String {
        &self.node.content_hash
    }
}

/// Those of these documents' pieces that are published already.
pub(super) async fn known(
    db: &impl ConnectionTrait,
    documents: &[Document],
) -> Result<KnownNodes, DbErr> {
    let ids = documents.iter().map(|document| document.id().node);
    let column = node::Column::Id.into_simple_expr();
    let nodes = node::Entity::find()
        .filter(one_of_ids(db.get_database_backend(), column, ids))
        .all(db)
        .await?;
    Ok(nodes
        .into_iter()
        .map(|node| (node.id, Known { node }))
        .collect())
}

/// The fields that people read: if none of them changed, only the record did.
const WORDS: [&str; 7] = [
    "title",
    "summary",
    "body",
    "alt_text",
    "caption",
    "transcript",
    "sessions",
];

/// Writes the nodes of these editions.
pub(super) async fn nodes(
    db: &impl ConnectionTrait,
    fresh: &[Edition<'_>],
    known: &KnownNodes,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let before = documents_before(db, fresh, known).await?;
    let rows = fresh.iter().map(|edition| {
        let id = edition.id.node;
        let old = known.get(&id).map(|known| &known.node);
        let words = before.get(&id).is_none_or(|before| {
            let changed = changed_fields(before, &edition.value);
            changed.iter().any(|field| WORDS.contains(&field.as_str()))
        });
        node::ActiveModel {
            id: Set(id),
            kind: Set(edition.id.kind),
            url: Set(edition.document.piece.url.clone()),
            edition: Set(old.map_or(1, |old| old.edition + 1)),
            content_hash: Set(edition.hash.clone()),
            published_at: Set(old.map_or(at, |old| old.published_at)),
            content_updated_at: Set(old
                .filter(|_| !words)
                .map_or(at, |old| old.content_updated_at)),
            record_updated_at: Set(at),
        }
    });
    // Two pieces may change addresses in one publication.
    let column = node::Column::Id.into_simple_expr();
    let ids = fresh.iter().map(|edition| edition.id.node);
    node::Entity::update_many()
        .col_expr(node::Column::Url, Expr::value(Option::<String>::None))
        .filter(one_of_ids(db.get_database_backend(), column, ids))
        .exec(db)
        .await?;
    upsert(db, rows.collect()).await
}

/// Writes the editions and appends the changes.
pub(super) async fn editions(
    db: &impl ConnectionTrait,
    fresh: &[Edition<'_>],
    known: &KnownNodes,
    revision: i64,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let before = documents_before(db, fresh, known).await?;
    let last: Option<i64> = change::Entity::find()
        .select_only()
        .column(change::Column::Seq)
        .order_by_desc(change::Column::Seq)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    let (mut editions, mut changes) = (Vec::new(), Vec::new());
    for (edition, seq) in fresh.iter().zip(last.unwrap_or(0) + 1..) {
        let id = edition.id.node;
        let number = known.get(&id).map_or(1, |known| known.node.edition + 1);
        let empty = Value::Object(Map::new());
        let fields = changed_fields(before.get(&id).unwrap_or(&empty), &edition.value);
        editions.push(edition::ActiveModel {
            node_id: Set(id),
            number: Set(number),
            state: Set(edition::State::Published),
            document: Set(edition.value.clone()),
            published_at: Set(at),
        });
        changes.push(change::ActiveModel {
            seq: Set(seq),
            node_id: Set(id),
            action: Set(if number == 1 {
                change::Action::Create
            } else {
                change::Action::Update
            }),
            edition: Set(number),
            revision: Set(revision),
            fields: Set(fields.into()),
            changed_at: Set(at),
        });
    }
    supersede(db, fresh).await?;
    upsert(db, editions).await?;
    upsert(db, changes).await
}

async fn supersede(db: &impl ConnectionTrait, fresh: &[Edition<'_>]) -> Result<(), DbErr> {
    let column = edition::Column::NodeId.into_simple_expr();
    let ids = fresh.iter().map(|edition| edition.id.node);
    edition::Entity::update_many()
        .col_expr(
            edition::Column::State,
            Expr::value(edition::State::Superseded),
        )
        .filter(one_of_ids(db.get_database_backend(), column, ids))
        .filter(edition::Column::State.eq(edition::State::Published))
        .exec(db)
        .await
        .map(drop)
}

/// The published documents of those pieces that get another edition.
async fn documents_before(
    db: &impl ConnectionTrait,
    fresh: &[Edition<'_>],
    known: &KnownNodes,
) -> Result<HashMap<Uuid, Value>, DbErr> {
    let ids: Vec<_> = fresh
        .iter()
        .map(|edition| edition.id.node)
        .filter(|id| known.contains_key(id))
        .collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let column = edition::Column::NodeId.into_simple_expr();
    let editions = edition::Entity::find()
        .filter(one_of_ids(db.get_database_backend(), column, ids))
        .filter(edition::Column::State.eq(edition::State::Published))
        .all(db)
        .await?;
    Ok(editions
        .into_iter()
        .map(|edition| (edition.node_id, edition.document))
        .collect())
}

/// The names of the fields that two documents differ in, in order.
fn changed_fields(before: &Value, after: &Value) -> Vec<String> {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return Vec::new();
    };
    let mut names: Vec<_> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .cloned()
        .collect()
}
