//! What every publication writes, whatever is published: nodes, editions, changes, the revision.

use chrono::{DateTime, Utc};
use entity::{
    change, content_revision, edition, edition_document,
    node::{self, Kind, State},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, IntoSimpleExpr,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{Edition, History, KnownNodes, Targets, attached::derived, batch::upsert, text};
use crate::{
    document::{Document, Piece},
    store::{defer_foreign_keys, one_of_ids},
};

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

/// The nodes of those of these documents' pieces that are published already.
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
    Ok(nodes.into_iter().map(|node| (node.id, node)).collect())
}

/// Writes the nodes of these editions.
pub(super) async fn nodes(
    db: &impl ConnectionTrait,
    fresh: &[Edition<'_>],
    history: &History<'_>,
    targets: &Targets,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    defer_foreign_keys(db).await?;
    // Two pieces may change addresses in one publication.
    let column = node::Column::Id.into_simple_expr();
    let ids = fresh.iter().map(|edition| edition.id.node);
    node::Entity::update_many()
        .col_expr(node::Column::Url, Expr::value(Option::<String>::None))
        .filter(one_of_ids(db.get_database_backend(), column, ids))
        .exec(db)
        .await?;
    let rows = fresh
        .iter()
        .map(|edition| row(edition, history, targets, at));
    upsert(db, rows.collect()).await
}

fn row(
    edition: &Edition<'_>,
    history: &History<'_>,
    targets: &Targets,
    at: DateTime<Utc>,
) -> node::ActiveModel {
    let piece = &edition.document.piece;
    let before = history.node(edition);
    let state = piece.state();
    let same_state = before.filter(|before| before.state == state);
    let same_words = before.filter(|_| !history.words_changed(edition));
    let withdrawn = piece.withdrawn.as_ref();
    let successor = withdrawn.and_then(|withdrawn| withdrawn.successor.as_ref());
    node::ActiveModel {
        id: Set(edition.id.node),
        kind: Set(edition.id.kind),
        sort_title: Set(text::sort_key(&piece.title)),
        url: Set(piece.url.clone()),
        state: Set(state),
        state_reason: Set(reason(piece)),
        state_since: Set(same_state.map_or(at, |before| before.state_since)),
        successor_id: Set(successor.map(|slug| targets.id(edition.id.kind, slug))),
        redirect_to: Set(piece
            .redirected
            .as_ref()
            .map(|redirected| redirected.to.clone())),
        language: Set(piece.language.clone()),
        licence: Set(piece.licence.clone()),
        attribution: Set(piece.attribution.clone()),
        owner_id: Set(piece
            .owner
            .as_ref()
            .map(|slug| targets.id(Kind::Partner, slug))),
        reviewed_on: Set(piece.reviewed_on),
        review_due_on: Set(piece.review_due_on),
        edition: Set(history.number(edition)),
        words_edition: Set(history.words_edition(edition)),
        content_hash: Set(edition.hash.clone()),
        published_at: Set(before.map_or(at, |before| before.published_at)),
        content_updated_at: Set(same_words.map_or(at, |before| before.content_updated_at)),
        record_updated_at: Set(at),
    }
}

fn reason(piece: &Piece) -> Option<String> {
    let withdrawn = piece.withdrawn.as_ref().map(|withdrawn| &withdrawn.reason);
    let gone = piece.gone.as_ref().map(|gone| &gone.reason);
    withdrawn.or(gone).cloned()
}

/// Writes the editions and appends the changes.
pub(super) async fn editions(
    db: &impl ConnectionTrait,
    fresh: &[Edition<'_>],
    history: &History<'_>,
    revision: i64,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let last: Option<i64> = change::Entity::find()
        .select_only()
        .column(change::Column::Seq)
        .order_by_desc(change::Column::Seq)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    let (mut editions, mut documents, mut changes) = (Vec::new(), Vec::new(), Vec::new());
    for (edition, seq) in fresh.iter().zip(last.unwrap_or(0) + 1..) {
        let node = edition.id.node;
        let number = history.number(edition);
        let id = derived(node, &format!("edition {number}"));
        let fields = history.changed_fields(edition);
        editions.push(edition::ActiveModel {
            id: Set(id),
            node_id: Set(node),
            number: Set(number),
            state: Set(edition::State::Published),
            fields: Set(fields.into()),
            published_at: Set(at),
        });
        documents.push(edition_document::ActiveModel {
            edition_id: Set(id),
            document: Set(edition.value.clone()),
        });
        changes.push(change::ActiveModel {
            id: Set(id),
            seq: Set(seq),
            node_id: Set(node),
            action: Set(action(
                history.state(edition),
                edition.document.piece.state(),
            )),
            edition: Set(number),
            revision: Set(revision),
            fields: Set(fields.into()),
            changed_at: Set(at),
        });
    }
    supersede(db, fresh).await?;
    upsert(db, editions).await?;
    upsert(db, documents).await?;
    upsert(db, changes).await
}

/// What a change of state is called.
fn action(before: Option<State>, now: State) -> change::Action {
    match (before, now) {
        (Some(before), now) if before == now => change::Action::Update,
        (_, State::Withdrawn) => change::Action::Withdraw,
        (_, State::Redirected) => change::Action::Redirect,
        (_, State::Gone) => change::Action::Delete,
        (None, State::Live) => change::Action::Create,
        (Some(_), State::Live) => change::Action::Update,
    }
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
