//! What content was before, and what changed.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{
    change,
    edition::{Column, Entity, Model},
    node::{self, Kind},
};
use sea_orm::{
    ActiveEnum, ColumnTrait,
    sea_query::{Condition, Expr, ExprTrait, Query},
};
use serde_json::Value;

use super::{
    any_content::{AnyContent, content},
    connection::{Connection, those},
    scalar::{LanguageTag, Url},
};
use crate::{
    document::{self, AnySlug, Id},
    error::{Nullable, Result},
    load::{Arguments, By, ById, Filter, Order, Relation, Row, rows},
};

pub struct Edition(Arc<Model>);

/// A version of a piece of content.
#[Object]
impl Edition {
    /// Its number, from 1.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// When it was published.
    async fn published_at(&self) -> DateTime<Utc> {
        self.0.published_at
    }

    /// Whether it is the one that is shown.
    async fn current(&self) -> bool {
        self.0.state == entity::edition::State::Published
    }

    /// What differs from the edition before: names of fields of the document.
    async fn changed_fields(&self) -> Vec<String> {
        names(&self.0.fields)
    }

    /// The piece as it was.
    async fn document(&self) -> Document {
        Document(self.0.clone())
    }
}

/// A piece of content as an edition has it.
pub struct Document(Arc<Model>);

/// A piece of content as it was in one of its editions. Other pieces are named as they were named then.
#[Object]
impl Document {
    /// Its name in addresses.
    async fn slug(&self) -> &str {
        self.text("slug").unwrap_or_default()
    }

    /// Its name as people read it.
    async fn title(&self) -> &str {
        self.text("title").unwrap_or_default()
    }

    /// What it was.
    async fn summary(&self) -> &str {
        self.text("summary").unwrap_or_default()
    }

    /// All that was written about it, in Markdown.
    async fn body_markdown(&self) -> Option<&str> {
        self.text("body")
    }

    /// Its public address.
    async fn url(&self) -> Option<Url> {
        Some(Url(self.text("url")?.to_owned()))
    }

    /// The language of its words.
    async fn language(&self) -> Option<LanguageTag> {
        Some(LanguageTag(self.text("language")?.to_owned()))
    }

    /// Its licence.
    async fn licence(&self) -> Option<&str> {
        self.text("licence")
    }

    /// The pieces that it named, in the order of its fields.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<DocumentLink>> {
        let node = rows(ctx)
            .ask(ById::<node::Entity>::new(self.0.node_id))
            .await?;
        let read = node.and_then(|node| document::read(node.kind, self.0.document.clone()).0);
        let links = read.iter().flat_map(document::Document::links);
        Ok(links
            .map(|link| DocumentLink {
                path: link.path,
                to: AnySlug {
                    kind: link.kind,
                    slug: link.slug.clone(),
                }
                .to_string(),
            })
            .collect())
    }

    /// Its other fields, by name.
    async fn details(&self) -> Vec<DocumentDetail> {
        let Value::Object(fields) = &self.0.document else {
            return Vec::new();
        };
        let own = fields
            .iter()
            .filter(|(name, _)| !SHOWN.contains(&name.as_str()));
        own.map(|(name, value)| DocumentDetail {
            field: name.clone(),
            values: texts(value),
        })
        .collect()
    }
}

/// The fields of a document that have fields of their own here.
const SHOWN: [&str; 7] = [
    "slug", "title", "summary", "body", "url", "language", "licence",
];

impl Document {
    fn text(&self, field: &str) -> Option<&str> {
        self.0.document[field].as_str()
    }
}

/// A piece that a document names.
#[derive(SimpleObject)]
pub struct DocumentLink {
    /// Where in the document, such as `partners[1].partner`.
    path: String,
    /// Which piece: its kind and slug, such as `partner:govtech`.
    to: String,
}

/// A field of a document.
#[derive(SimpleObject)]
pub struct DocumentDetail {
    /// The field's name.
    field: String,
    /// Its value; several for a list; of what has parts, the parts' values with their names.
    values: Vec<String>,
}

fn names(list: &Value) -> Vec<String> {
    texts(list)
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => {
            let part =
                |(name, value): (&String, &Value)| format!("{name}: {}", texts(value).join(", "));
            vec![fields.iter().map(part).collect::<Vec<_>>().join("; ")]
        }
        other => vec![other.to_string()],
    }
}

impl From<Arc<Model>> for Edition {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Edition {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::descending([By::Row(Column::Number)])
    }
}

/// The editions of a piece of content.
#[derive(Debug)]
pub struct Editions;

impl Relation for Editions {
    type Row = Edition;
    type Via = Entity;
    type Link = ();

    fn parent() -> Column {
        Column::NodeId
    }
}

pub struct Change(Arc<change::Model>);

/// Something that happened to a piece of content.
#[Object]
impl Change {
    /// What was done.
    async fn action(&self) -> ChangeAction {
        self.0.action.into()
    }

    /// When.
    async fn changed_at(&self) -> DateTime<Utc> {
        self.0.changed_at
    }

    /// The content revision that it is part of: what was published together has one revision.
    async fn revision(&self) -> i64 {
        self.0.revision
    }

    /// The number of the edition that came of it.
    async fn edition(&self) -> i32 {
        self.0.edition
    }

    /// What differs from the edition before: names of fields of the document.
    async fn changed_fields(&self) -> Vec<String> {
        names(&self.0.fields)
    }

    /// The identifier of the piece: `node(id:)` takes it.
    async fn content_id(&self, ctx: &Context<'_>) -> Result<ID> {
        let node = rows(ctx)
            .ask(ById::<node::Entity>::new(self.0.node_id))
            .await?;
        let id = node.map(|node| Id {
            kind: node.kind,
            node: node.id,
        });
        Ok(ID(id.map(|id| id.to_string()).unwrap_or_default()))
    }

    /// The piece as it is now, whatever its `lifeCycle`.
    async fn content(&self, ctx: &Context<'_>) -> Nullable<AnyContent> {
        content(
            rows(ctx)
                .ask(ById::<node::Entity>::new(self.0.node_id))
                .await,
        )
    }
}

/// What happened to a piece of content.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "change::Action")]
pub enum ChangeAction {
    /// It was not there before.
    Create,
    /// It changed, or was put back.
    Update,
    /// It holds no more.
    Withdraw,
    /// It is found at another address.
    Redirect,
    /// It is not there any more.
    Delete,
}

impl From<Arc<change::Model>> for Change {
    fn from(row: Arc<change::Model>) -> Self {
        Self(row)
    }
}

impl Row for Change {
    type Table = change::Entity;

    fn order() -> Order<By<change::Column>> {
        Order::ascending([By::Row(change::Column::Seq)])
    }
}

/// What a piece of content is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "Kind")]
pub enum ContentType {
    /// A government's plan.
    Strategy,
    /// What a strategy wants to reach.
    Goal,
    /// What a government runs for people.
    Programme,
    /// An effort with an aim of its own.
    Initiative,
    /// An organisation.
    Partner,
    /// Something that takes place.
    Event,
    /// A picture, a video or a document.
    Media,
    /// Somebody who speaks for an organisation.
    Person,
    /// What somebody said.
    Quote,
    /// A figure.
    Statistic,
    /// An award, or a place in a ranking.
    Award,
    /// What makes it hard.
    Challenge,
    /// A page of a web site.
    Page,
    /// What content is about.
    Topic,
}

/// Changes of content of these kinds; of all kinds if there are none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct OfKinds(Vec<ContentType>);

impl Filter<Change> for OfKinds {
    fn condition(&self) -> Condition {
        if self.0.is_empty() {
            return Condition::all();
        }
        let kinds = self.0.iter().map(|kind| Kind::from(*kind).to_value());
        let nodes = Query::select()
            .column(node::Column::Id)
            .from(node::Entity)
            .and_where(node::Column::Kind.is_in(kinds))
            .take();
        Condition::all().add(Expr::col((change::Entity, change::Column::NodeId)).in_subquery(nodes))
    }
}

#[derive(Default)]
pub struct HistoryQuery;

#[Object]
impl HistoryQuery {
    /// Everything that happened to content, in order. A client that keeps the last `endCursor` and asks
    /// for what comes `after` it misses nothing, however long it was away: changes are only ever added
    /// at the end, and an empty page means that there is nothing new.
    fn changes(
        &self,
        #[graphql(desc = "Only of these kinds; of all if not given.")] kinds: Option<
            Vec<ContentType>,
        >,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        let page = Arguments::new(first, after, last, before);
        those(&page, OfKinds(kinds.unwrap_or_default()))
    }

    /// How often content was published. As long as it stays the same, so do all answers.
    async fn content_revision(&self, ctx: &Context<'_>) -> Result<i64> {
        rows(ctx).content_revision().await
    }
}
