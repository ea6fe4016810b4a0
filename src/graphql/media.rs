//! Media.

use std::{
    fmt::{self, Debug},
    marker::PhantomData,
    sync::Arc,
};

use async_graphql::{Context, ID, Object};
use entity::{
    media::{Column, Entity, Model},
    node::Kind,
    node_media, transcript,
};

use super::{
    accessibility::{Accessibility, inaccessible},
    any_content::AnyContent,
    common::Common,
    connection::{Connection, all, children, those},
    event::Event,
    goal::Goal,
    initiative::Initiative,
    kind::ContentKind,
    link::Showing,
    lists::{
        ContentFilter, ContentOrder, EventFilter, EventOrder, GoalFilter, GoalOrder,
        InitiativeFilter, InitiativeOrder, MediaFilter, MediaOrder, PartnerFilter, PartnerOrder,
        ProgrammeFilter, ProgrammeOrder, StrategyFilter, StrategyOrder,
    },
    node::{ContentBy, Piece, by, id},
    partner::Partner,
    programme::Programme,
    scalar::Url,
    strategy::Strategy,
    written::Written,
};
use crate::{
    error::{Nullable, Result},
    load::{
        Arguments, By, ById, ColumnSet, Content, Linked, Order, Relation, RelationOrder, Row,
        by_name, rows,
    },
};

pub struct Media(Arc<Model>);

/// A picture, a video or a document.
#[Object]
impl Media {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// What kind of medium it is.
    fn kind(&self) -> ContentKind {
        self.0.kind.into()
    }

    /// Where it is: the file itself, or the page of the player that shows it.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "as `Content.url`, so that both can be asked for at once"
    )]
    fn url(&self) -> Option<Url> {
        Some(self.0.source_url.clone().into())
    }

    /// The type of the file, such as `image/png` (RFC 6838).
    fn mime_type(&self) -> Option<&str> {
        self.0.mime_type.as_deref()
    }

    /// The size of the file, in bytes.
    fn bytes(&self) -> Option<i64> {
        self.0.bytes
    }

    /// The width of the picture, in pixels.
    fn width(&self) -> Option<i32> {
        self.0.width
    }

    /// The height of the picture, in pixels.
    fn height(&self) -> Option<i32> {
        self.0.height
    }

    /// How long it takes, in seconds.
    fn duration_seconds(&self) -> Option<i32> {
        self.0.duration_seconds
    }

    /// Whose player shows it, such as `youtube`.
    fn provider(&self) -> Option<&str> {
        self.0.provider.as_deref()
    }

    /// What the provider calls it, such as `aEgsYHFy1CQ`.
    fn provider_id(&self) -> Option<&str> {
        self.0.provider_id.as_deref()
    }

    /// What it shows, for people who do not see it. Decorative pictures have none: see `decorative`.
    fn alt_text(&self) -> Option<&str> {
        self.0.alt_text.as_deref()
    }

    /// Whether it only decorates, so that it needs no alternative text.
    fn decorative(&self) -> bool {
        self.0.decorative
    }

    /// What is written below it.
    fn caption(&self) -> Option<&str> {
        self.0.caption.as_deref()
    }

    /// What is said in it.
    async fn transcript(&self, ctx: &Context<'_>) -> Nullable<String> {
        if !self.0.has_transcript {
            return None;
        }
        let transcript = rows(ctx)
            .ask(ById::<transcript::Entity>::new(self.0.id))
            .await;
        let transcript = transcript.transpose()?;
        Some(transcript.map(|transcript| transcript.text.clone()))
    }

    /// Whether people who do not see or hear can make use of it, and what is missing for that.
    fn accessibility(&self) -> Accessibility {
        Accessibility(self.0.clone())
    }

    /// All content that shows it, of whatever kind, by title.
    fn shown_by(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ContentFilter>>,
        order_by: Option<Vec<ContentOrder>>,
    ) -> Result<Connection<AnyContent, Showing>> {
        let page = Arguments::new(first, after, last, before);
        children::<ShownBy<AnyContent>, _>(self.0.id, &page, filter, order_by)
    }

    /// The strategies that show it, the newest first.
    fn strategies(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<StrategyFilter>>,
        order_by: Option<Vec<StrategyOrder>>,
    ) -> Result<Connection<Strategy, Showing>> {
        let page = Arguments::new(first, after, last, before);
        children::<ShownBy<Strategy>, _>(self.0.id, &page, filter, order_by)
    }

    /// The goals that show it: those of the newest strategy first, in its own order.
    fn goals(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<GoalFilter>>,
        order_by: Option<Vec<GoalOrder>>,
    ) -> Result<Connection<Goal, Showing>> {
        let page = Arguments::new(first, after, last, before);
        children::<ShownBy<Goal>, _>(self.0.id, &page, filter, order_by)
    }

    /// The programmes that show it, by title.
    fn programmes(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ProgrammeFilter>>,
        order_by: Option<Vec<ProgrammeOrder>>,
    ) -> Result<Connection<Programme, Showing>> {
        let page = Arguments::new(first, after, last, before);
        children::<ShownBy<Programme>, _>(self.0.id, &page, filter, order_by)
    }

    /// The initiatives that show it, by title.
    fn initiatives(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<InitiativeFilter>>,
        order_by: Option<Vec<InitiativeOrder>>,
    ) -> Result<Connection<Initiative, Showing>> {
        let page = Arguments::new(first, after, last, before);
        children::<ShownBy<Initiative>, _>(self.0.id, &page, filter, order_by)
    }

    /// The organisations that show it, by title.
    fn partners(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<PartnerFilter>>,
        order_by: Option<Vec<PartnerOrder>>,
    ) -> Result<Connection<Partner, Showing>> {
        let page = Arguments::new(first, after, last, before);
        children::<ShownBy<Partner>, _>(self.0.id, &page, filter, order_by)
    }

    /// The events that show it, the newest first; those without a date come last.
    fn events(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<EventFilter>>,
        order_by: Option<Vec<EventOrder>>,
    ) -> Result<Connection<Event, Showing>> {
        let page = Arguments::new(first, after, last, before);
        children::<ShownBy<Event>, _>(self.0.id, &page, filter, order_by)
    }
}

impl From<Arc<Model>> for Media {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Media {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::ascending([By::Row(Column::SortTitle)])
    }

    fn state() -> Option<Column> {
        Some(Column::State)
    }

    fn columns(field: &str) -> Option<ColumnSet> {
        match field {
            "url" => Some(ColumnSet::of::<Entity>(Column::SourceUrl)),
            "transcript" => Some(ColumnSet::of::<Entity>(Column::HasTranscript)),
            _ => by_name::<Entity>(field),
        }
    }
}

impl Content for Entity {
    fn slug() -> Column {
        Column::Slug
    }
}

impl Piece for Media {
    const KIND: Kind = Kind::Media;
}

/// The media that a piece of content shows.
#[derive(Debug)]
pub struct Shown;

impl Relation for Shown {
    type Row = Media;
    type Via = node_media::Entity;
    type Link = Linked<node_media::Entity>;

    fn parent() -> node_media::Column {
        node_media::Column::NodeId
    }

    fn child() -> Option<node_media::Column> {
        Some(node_media::Column::MediaId)
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Link(node_media::Column::Position)])
    }
}

/// The pieces of one kind, or of all, that show a medium.
pub struct ShownBy<R>(PhantomData<fn() -> R>);

impl<R> Debug for ShownBy<R> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ShownBy")
    }
}

impl<R: Row> Relation for ShownBy<R> {
    type Row = R;
    type Via = node_media::Entity;
    type Link = Linked<node_media::Entity>;

    fn parent() -> node_media::Column {
        node_media::Column::MediaId
    }

    fn child() -> Option<node_media::Column> {
        Some(node_media::Column::NodeId)
    }
}

#[derive(Default)]
pub struct MediaQuery;

#[Object]
impl MediaQuery {
    /// All pictures, videos and documents, by title.
    fn media(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<MediaFilter>>,
        order_by: Option<Vec<MediaOrder>>,
    ) -> Result<Connection<Media>> {
        let page = Arguments::new(first, after, last, before);
        all(&page, filter, order_by)
    }

    /// The pictures, videos and documents that lack something for people who do not see or hear, by title:
    /// their `accessibility { missing }` says what.
    fn inaccessible_media(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<MediaFilter>>,
        order_by: Option<Vec<MediaOrder>>,
    ) -> Result<Connection<Media>> {
        let page = Arguments::new(first, after, last, before);
        those(&page, inaccessible(), filter, order_by)
    }

    /// The picture, video or document that is meant; nothing if there is none.
    async fn media_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Media>> {
        by(ctx, which).await
    }
}
