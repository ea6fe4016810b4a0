//! What the graph knows already: of the site from earlier imports, and from elsewhere.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{
    imported,
    node::{self, Kind, State},
};
use sea_orm::{
    ActiveEnum,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::graph::{NAMED_KINDS, Named, key};
use crate::{
    document::Slug,
    publish::upsert,
    store::{one_of_ids, one_of_texts},
};

/// A piece as earlier imports of the site left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// The file that it is from.
    pub file: String,
    /// Whether it was there before.
    pub adopted: bool,
    /// What it is.
    pub kind: Kind,
    /// Where it stands in its life.
    pub state: State,
}

/// What earlier imports of a site left.
pub(super) async fn left(
    db: &impl ConnectionTrait,
    site: &str,
) -> Result<HashMap<Uuid, Left>, DbErr> {
    use imported::Column as C;
    let rows: Vec<(Uuid, String, bool, Kind, State)> = imported::Entity::find()
        .select_only()
        .columns([C::NodeId, C::File, C::Adopted])
        .columns([node::Column::Kind, node::Column::State])
        .inner_join(node::Entity)
        .filter(C::Site.eq(site))
        .into_tuple()
        .all(db)
        .await?;
    let left = rows.into_iter().map(|(node, file, adopted, kind, state)| {
        let left = Left {
            file,
            adopted,
            kind,
            state,
        };
        (node, left)
    });
    Ok(left.collect())
}

/// The rows of these pieces, whatever the site that they were imported from.
pub(super) async fn rows(
    db: &impl ConnectionTrait,
    nodes: &[Uuid],
) -> Result<HashMap<Uuid, imported::Model>, DbErr> {
    let column = imported::Column::NodeId.into_simple_expr();
    let ids = nodes.iter().copied();
    let rows = imported::Entity::find()
        .filter(one_of_ids(db.get_database_backend(), column, ids))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.node_id, row)).collect())
}

/// Writes down how these pieces were left.
pub(super) async fn write(
    db: &impl ConnectionTrait,
    rows: Vec<imported::Model>,
) -> Result<(), DbErr> {
    let rows = rows.into_iter().map(|row| imported::ActiveModel {
        node_id: Set(row.node_id),
        site: Set(row.site),
        file: Set(row.file),
        content_hash: Set(row.content_hash),
        adopted: Set(row.adopted),
        fields: Set(row.fields),
    });
    upsert(db, rows.collect()).await
}

/// A published piece: what tells whether it changed, and what it is.
pub(super) struct Current {
    pub content_hash: String,
    pub kind: Kind,
}

/// Which of these pieces are there.
pub(super) async fn current(
    db: &impl ConnectionTrait,
    nodes: &[Uuid],
) -> Result<HashMap<Uuid, Current>, DbErr> {
    use node::Column as C;
    let ids = nodes.iter().copied();
    let rows: Vec<(Uuid, Kind, String)> = node::Entity::find()
        .select_only()
        .columns([C::Id, C::Kind, C::ContentHash])
        .filter(one_of_ids(
            db.get_database_backend(),
            C::Id.into_simple_expr(),
            ids,
        ))
        .into_tuple()
        .all(db)
        .await?;
    let current = rows.into_iter().map(|(id, kind, content_hash)| {
        let piece = Current { content_hash, kind };
        (id, piece)
    });
    Ok(current.collect())
}

/// The slugs, and titles, of the pieces of a kind that a condition holds for.
async fn pieces(
    db: &impl ConnectionTrait,
    kind: Kind,
    condition: Expr,
) -> Result<Vec<(Named, String)>, DbErr> {
    let query = Query::select()
        .columns(["id", "slug", "title"])
        .from(Alias::new(kind.to_value()))
        .and_where(condition)
        .order_by("id", sea_orm::sea_query::Order::Asc)
        .take();
    let rows = db.query_all(&query).await?;
    let piece = |row: &sea_orm::QueryResult| {
        let slug: String = row.try_get("", "slug")?;
        let slug = slug.parse::<Slug>();
        let slug =
            slug.map_err(|error| DbErr::Custom(format!("a slug of the database: {error}")))?;
        let named = Named {
            kind,
            slug,
            node: row.try_get("", "id")?,
        };
        Ok((named, row.try_get("", "title")?))
    };
    rows.iter().map(piece).collect()
}

/// The slugs and titles of these pieces of a kind.
pub(super) async fn by_id(
    db: &impl ConnectionTrait,
    kind: Kind,
    nodes: &[Uuid],
) -> Result<Vec<(Named, String)>, DbErr> {
    let ids = nodes.iter().copied();
    let condition = one_of_ids(db.get_database_backend(), Expr::col("id"), ids);
    pieces(db, kind, condition).await
}

/// The pieces of a kind that have one of these slugs.
pub(super) async fn by_slug(
    db: &impl ConnectionTrait,
    kind: Kind,
    slugs: &[String],
) -> Result<Vec<(Named, String)>, DbErr> {
    let slugs = slugs.iter().cloned();
    let condition = one_of_texts(db.get_database_backend(), Expr::col("slug"), slugs);
    pieces(db, kind, condition).await
}

/// The live pieces of a kind that have one of these titles.
pub(super) async fn by_title(
    db: &impl ConnectionTrait,
    kind: Kind,
    titles: &[String],
) -> Result<Vec<(Named, String)>, DbErr> {
    let titles = titles.iter().cloned();
    let condition = one_of_texts(db.get_database_backend(), Expr::col("title"), titles);
    pieces(db, kind, condition.and(is_live())).await
}

fn is_live() -> Expr {
    Expr::col("state").eq(State::Live.to_value())
}

/// All names that the graph knows, of live pieces.
pub(super) async fn names(db: &impl ConnectionTrait) -> Result<Vec<(Named, String)>, DbErr> {
    let mut names = Vec::new();
    for kind in NAMED_KINDS {
        names.extend(pieces(db, kind, is_live()).await?);
    }
    Ok(names)
}

/// The pieces at these addresses, whatever became of them, by the addresses' keys.
pub(super) async fn at_addresses(
    db: &impl ConnectionTrait,
    urls: &HashSet<String>,
) -> Result<HashMap<String, Named>, DbErr> {
    at_addresses_where(db, urls, node::Column::State.is_not_null()).await
}

/// The live pieces at these addresses, by the addresses' keys.
pub(super) async fn live_at_addresses(
    db: &impl ConnectionTrait,
    urls: &HashSet<String>,
) -> Result<HashMap<String, Named>, DbErr> {
    at_addresses_where(db, urls, node::Column::State.eq(State::Live)).await
}

async fn at_addresses_where(
    db: &impl ConnectionTrait,
    urls: &HashSet<String>,
    condition: Expr,
) -> Result<HashMap<String, Named>, DbErr> {
    use node::Column as C;
    let backend = db.get_database_backend();
    let urls = urls.iter().flat_map(|url| spellings(url));
    let found: Vec<(Uuid, Kind, String)> = node::Entity::find()
        .select_only()
        .columns([C::Id, C::Kind, C::Url])
        .filter(one_of_texts(backend, C::Url.into_simple_expr(), urls))
        .filter(condition)
        .into_tuple()
        .all(db)
        .await?;
    let mut by_kind: BTreeMap<Kind, HashMap<Uuid, String>> = BTreeMap::new();
    for (node, kind, url) in found {
        by_kind.entry(kind).or_default().insert(node, key(&url));
    }
    let mut at = HashMap::new();
    for (kind, keys) in by_kind {
        let nodes: Vec<_> = keys.keys().copied().collect();
        for (named, _) in by_id(db, kind, &nodes).await? {
            if let Some(key) = keys.get(&named.node) {
                at.insert(key.clone(), named);
            }
        }
    }
    Ok(at)
}

/// The ways to write an address that mean the same.
fn spellings(url: &str) -> [String; 4] {
    let key = key(url);
    [
        format!("https://{key}"),
        format!("https://{key}/"),
        format!("http://{key}"),
        format!("http://{key}/"),
    ]
}

/// Those of these media that live content still shows.
pub(super) async fn still_shown(
    db: &impl ConnectionTrait,
    media: &[Uuid],
) -> Result<HashSet<Uuid>, DbErr> {
    let ids = media.iter().copied();
    let column = Expr::col(("node_media", "media_id"));
    let query = Query::select()
        .distinct()
        .column(("node_media", "media_id"))
        .from("node_media")
        .inner_join(
            "node",
            Expr::col(("node", "id")).equals(("node_media", "node_id")),
        )
        .and_where(one_of_ids(db.get_database_backend(), column, ids))
        .and_where(Expr::col(("node", "state")).eq(State::Live.to_value()))
        .take();
    let rows = db.query_all(&query).await?;
    rows.iter().map(|row| row.try_get("", "media_id")).collect()
}
