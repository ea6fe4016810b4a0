//! What all content has in common, and finding content of any kind.

use std::sync::Arc;

use async_graphql::{
    Context, ContextSelectionSet, ID, Interface, Object, OneofObject, Positioned, ServerResult,
    Value, futures_util::future::join_all, parser::types::Field,
};
use entity::node::{self, Kind};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{
    any_content::{AnyContent, content},
    award::Award,
    challenge::Challenge,
    connection::find,
    event::Event,
    goal::Goal,
    initiative::Initiative,
    media::Media,
    page::Page,
    partner::Partner,
    person::Person,
    programme::Programme,
    quote::Quote,
    scalar::Url,
    statistic::Statistic,
    strategy::Strategy,
    topic::Topic,
    written::{Show, Written},
};
use crate::{
    document::{Id, Slug},
    error::{Error, Nullable, Result},
    load::{ById, BySlug, ByUrl, Content as Table, Row, Rows, rows},
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
    Person(Person),
    Quote(Quote),
    Statistic(Statistic),
    Award(Award),
    Challenge(Challenge),
    Page(Page),
    Topic(Topic),
}

/// A piece of content, of whatever kind: what all of them have in common.
// Its other fields are those of `Common`: `query::complete` copies them here.
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
    Person(Person),
    Quote(Quote),
    Statistic(Statistic),
    Award(Award),
    Challenge(Challenge),
    Page(Page),
    Topic(Topic),
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
pub async fn by<R: Piece>(ctx: &Context<'_>, by: ContentBy) -> Nullable<Written<R>> {
    let row = row::<R>(ctx, by).await.transpose()?;
    Some(row.map(R::from).map(Written))
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

/// The identifier that a client gave.
pub fn parse(id: &ID) -> Result<Id> {
    id.parse().map_err(|()| {
        let id: String = id.chars().take(60).collect();
        Error::BadInput(format!(
            "`{id}` is no identifier: it is what a field `id` gave, such as `programme:` and a UUID"
        ))
    })
}

const MOST_NODES: usize = 100;

impl Content {
    /// The piece that this node is the anchor of.
    pub async fn of(rows: &Rows, node: &node::Model) -> Result<Option<Self>> {
        let id = node.id;
        Ok(match node.kind {
            Kind::Strategy => find(rows, id).await?.map(Self::Strategy),
            Kind::Goal => find(rows, id).await?.map(Self::Goal),
            Kind::Programme => find(rows, id).await?.map(Self::Programme),
            Kind::Initiative => find(rows, id).await?.map(Self::Initiative),
            Kind::Partner => find(rows, id).await?.map(Self::Partner),
            Kind::Event => find(rows, id).await?.map(Self::Event),
            Kind::Media => find(rows, id).await?.map(Self::Media),
            Kind::Person => find(rows, id).await?.map(Self::Person),
            Kind::Quote => find(rows, id).await?.map(Self::Quote),
            Kind::Statistic => find(rows, id).await?.map(Self::Statistic),
            Kind::Award => find(rows, id).await?.map(Self::Award),
            Kind::Challenge => find(rows, id).await?.map(Self::Challenge),
            Kind::Page => find(rows, id).await?.map(Self::Page),
            Kind::Topic => find(rows, id).await?.map(Self::Topic),
        })
    }
}

impl Content {
    /// Shows the piece as what it is: the interface itself resolves no more than `id`.
    pub async fn shown(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        match self {
            Self::Strategy(piece) => piece.show(ctx, field).await,
            Self::Goal(piece) => piece.show(ctx, field).await,
            Self::Programme(piece) => piece.show(ctx, field).await,
            Self::Initiative(piece) => piece.show(ctx, field).await,
            Self::Partner(piece) => piece.show(ctx, field).await,
            Self::Event(piece) => piece.show(ctx, field).await,
            Self::Media(piece) => piece.show(ctx, field).await,
            Self::Person(piece) => piece.show(ctx, field).await,
            Self::Quote(piece) => piece.show(ctx, field).await,
            Self::Statistic(piece) => piece.show(ctx, field).await,
            Self::Award(piece) => piece.show(ctx, field).await,
            Self::Challenge(piece) => piece.show(ctx, field).await,
            Self::Page(piece) => piece.show(ctx, field).await,
            Self::Topic(piece) => piece.show(ctx, field).await,
        }
    }
}

#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The content with this public address, of whatever kind, and whatever its `lifeCycle`: live,
    /// withdrawn, redirected or gone. Nothing if no content has or had this address.
    async fn resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The public address, such as `https://www.scamshield.gov.sg/`.")] url: Url,
    ) -> Nullable<Written<AnyContent>> {
        let node = rows(ctx).ask(ByUrl::<node::Entity>::new(url.0)).await;
        content(node)
    }

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
    let rows = rows(ctx);
    Ok(match kind {
        Kind::Strategy => find(rows, node).await?.map(Node::Strategy),
        Kind::Goal => find(rows, node).await?.map(Node::Goal),
        Kind::Programme => find(rows, node).await?.map(Node::Programme),
        Kind::Initiative => find(rows, node).await?.map(Node::Initiative),
        Kind::Partner => find(rows, node).await?.map(Node::Partner),
        Kind::Event => find(rows, node).await?.map(Node::Event),
        Kind::Media => find(rows, node).await?.map(Node::Media),
        Kind::Person => find(rows, node).await?.map(Node::Person),
        Kind::Quote => find(rows, node).await?.map(Node::Quote),
        Kind::Statistic => find(rows, node).await?.map(Node::Statistic),
        Kind::Award => find(rows, node).await?.map(Node::Award),
        Kind::Challenge => find(rows, node).await?.map(Node::Challenge),
        Kind::Page => find(rows, node).await?.map(Node::Page),
        Kind::Topic => find(rows, node).await?.map(Node::Topic),
    })
}
