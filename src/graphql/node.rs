//! What all content has in common, and finding content of any kind.

use std::sync::Arc;

use async_graphql::{Context, ID, Interface, Object, OneofObject, futures_util::future::join_all};
use chrono::{DateTime, Utc};
use entity::{
    body,
    node::{self, Kind},
};
use sea_orm::{DbErr, EntityTrait};
use uuid::Uuid;

use super::{
    connection::find, event::Event, goal::Goal, initiative::Initiative, media::Media,
    partner::Partner, programme::Programme, scalar::Url, strategy::Strategy,
};
use crate::{
    document::{Id, Slug},
    error::{Error, Nullable, Result},
    load::{ById, BySlug, ByUrl, Content as Table, Row, rows},
};

/// Anything that has an identifier of its own.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Identifies it for ever, among all kinds: `node(id:)` gives it back. An example is `programme:3f0f…`."
))]
pub enum Node {
    Strategy(Strategy),
    Goal(Goal),
    Programme(Programme),
    Initiative(Initiative),
    Partner(Partner),
    Event(Event),
    Media(Media),
}

/// A piece of content: what strategies, goals, programmes, initiatives, partners, events and media have
/// in common.
// Its other fields are those of [`Common`]: `super::schema` copies them here.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Identifies it for ever, among all kinds: `node(id:)` gives it back. An example is `programme:3f0f…`."
))]
pub enum Content {
    Strategy(Strategy),
    Goal(Goal),
    Programme(Programme),
    Initiative(Initiative),
    Partner(Partner),
    Event(Event),
    Media(Media),
}

/// A kind of content, as clients see it.
pub trait Piece: Row<Table: Table> {
    /// Which.
    const KIND: Kind;
}

/// The identifier of a piece, as clients see it.
pub fn id<R: Piece>(node: Uuid) -> ID {
    let kind = R::KIND;
    ID(Id { kind, node }.to_string())
}

/// What all content has, shown as fields of each kind.
pub struct Common<'r> {
    id: Uuid,
    slug: &'r str,
    title: &'r str,
    summary: &'r str,
}

impl<'r> Common<'r> {
    /// From the columns that all kinds have.
    pub fn new(id: Uuid, slug: &'r str, title: &'r str, summary: &'r str) -> Self {
        Self {
            id,
            slug,
            title,
            summary,
        }
    }
}

#[Object]
impl Common<'_> {
    /// Its name in addresses and links, unique within its kind, such as `singpass`.
    fn slug(&self) -> &str {
        self.slug
    }

    /// Its name as people read it.
    fn title(&self) -> &str {
        self.title
    }

    /// What it is, in one to three sentences of plain text.
    fn summary(&self) -> &str {
        self.summary
    }

    /// All that is written about it, where there is more than the summary.
    async fn body(&self, ctx: &Context<'_>) -> Nullable<RichText> {
        let body = rows(ctx).ask(ById::<body::Entity>::new(self.id)).await;
        body.transpose().map(|body| body.map(RichText))
    }

    /// Its public address: its own website, or the page that is about it.
    async fn url(&self, ctx: &Context<'_>) -> Nullable<Url> {
        let node = self.node(ctx).await;
        node.map(|node| node.url.clone().map(Url)).transpose()
    }

    /// When it was first published here.
    async fn published_at(&self, ctx: &Context<'_>) -> Result<DateTime<Utc>> {
        Ok(self.node(ctx).await?.published_at)
    }

    /// When its words last changed: title, summary, body or other text.
    async fn content_updated_at(&self, ctx: &Context<'_>) -> Result<DateTime<Utc>> {
        Ok(self.node(ctx).await?.content_updated_at)
    }

    /// When anything of it last changed: its words, its links or its details.
    async fn record_updated_at(&self, ctx: &Context<'_>) -> Result<DateTime<Utc>> {
        Ok(self.node(ctx).await?.record_updated_at)
    }

    /// The number of the edition that is shown. It grows by one whenever the piece changes.
    async fn edition(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.node(ctx).await?.edition)
    }
}

impl Common<'_> {
    async fn node(&self, ctx: &Context<'_>) -> Result<Arc<node::Model>> {
        let node = rows(ctx).ask(ById::<node::Entity>::new(self.id)).await?;
        // A foreign key holds every row to its node.
        node.ok_or_else(|| DbErr::RecordNotFound(format!("node {}", self.id)).into())
    }
}

/// A text with structure, in three forms. All were made when it was written, none when it is read.
pub struct RichText(Arc<body::Model>);

/// A text with headings, lists and links, in three forms.
#[Object]
impl RichText {
    /// As it was written, in Markdown (CommonMark).
    fn markdown(&self) -> &str {
        &self.0.markdown
    }

    /// As HTML without scripts, styles or anything else that could do harm in a page.
    fn html(&self) -> &str {
        &self.0.html
    }

    /// Without any markup.
    fn plain_text(&self) -> &str {
        &self.0.plain_text
    }
}

/// Says which piece of content is meant: by its slug, its identifier or its public address.
#[derive(OneofObject, Clone, Debug)]
pub enum ContentBy {
    /// Its name in addresses, such as `singpass`.
    Slug(String),
    /// Its identifier, as its field `id` has it.
    Id(ID),
    /// Its public address, as its field `url` has it.
    Url(Url),
}

/// The piece of this kind that is meant, for a field that is null where there is none.
pub async fn by<R: Piece>(ctx: &Context<'_>, by: ContentBy) -> Nullable<R> {
    row::<R>(ctx, by)
        .await
        .transpose()
        .map(|row| row.map(R::from))
}

async fn row<R: Piece>(ctx: &Context<'_>, by: ContentBy) -> Result<Option<Arc<Model<R>>>> {
    match by {
        ContentBy::Slug(slug) if slug.parse::<Slug>().is_err() => Ok(None),
        ContentBy::Slug(slug) => rows(ctx).ask(BySlug::<R::Table>::new(slug)).await,
        ContentBy::Id(id) => {
            let id = parse(&id)?;
            if id.kind != R::KIND {
                let message = format!("`{id}` is the identifier of another kind of content");
                return Err(Error::BadInput(message));
            }
            rows(ctx).ask(ById::<R::Table>::new(id.node)).await
        }
        ContentBy::Url(url) => rows(ctx).ask(ByUrl::<R::Table>::new(url.0)).await,
    }
}

type Model<R> = <<R as Row>::Table as EntityTrait>::Model;

fn parse(id: &ID) -> Result<Id> {
    id.parse().map_err(|()| {
        let id: String = id.chars().take(60).collect();
        Error::BadInput(format!(
            "`{id}` is no identifier: it is what a field `id` gave, such as `programme:` and a UUID"
        ))
    })
}

const MOST_NODES: usize = 100;

#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with this identifier, of whatever kind; nothing if there is none.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What a field `id` gave.")] id: ID,
    ) -> Nullable<Node> {
        named(ctx, &id).await.transpose()
    }

    /// The objects with these identifiers, of whatever kinds, in the order asked for, and null for
    /// each that does not exist.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What fields `id` gave: at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Nullable<Node>>> {
        if ids.len() > MOST_NODES {
            return Err(Error::BadInput(format!(
                "`ids` has {} identifiers, but at most {MOST_NODES} are given at once",
                ids.len()
            )));
        }
        let nodes = ids.iter().map(|id| named(ctx, id));
        let nodes = join_all(nodes).await.into_iter();
        Ok(nodes.map(Result::transpose).collect())
    }
}

async fn named(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let Id { kind, node } = parse(id)?;
    Ok(match kind {
        Kind::Strategy => find(ctx, node).await?.map(Node::Strategy),
        Kind::Goal => find(ctx, node).await?.map(Node::Goal),
        Kind::Programme => find(ctx, node).await?.map(Node::Programme),
        Kind::Initiative => find(ctx, node).await?.map(Node::Initiative),
        Kind::Partner => find(ctx, node).await?.map(Node::Partner),
        Kind::Event => find(ctx, node).await?.map(Node::Event),
        Kind::Media => find(ctx, node).await?.map(Node::Media),
    })
}
