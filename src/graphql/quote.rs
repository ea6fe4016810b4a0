//! Quotes.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    node::Kind,
    quote::{Column, Entity, Model},
    quote_about,
};

use super::{
    any_content::AnyContent,
    common::Common,
    connection::{Connection, all, children, one},
    event::Event,
    link::Showing,
    lists::{ContentFilter, ContentOrder, MediaFilter, MediaOrder, QuoteFilter, QuoteOrder},
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    person::Person,
    scalar::DatePrecision,
    written::Written,
};
use crate::{
    document::PartialDate,
    error::{Nullable, Result},
    load::{Arguments, By, Content, Linked, Order, Relation, RelationOrder, Row},
};

pub struct Quote(Arc<Model>);

/// What somebody said. The bundled catalogue tells it by its gist; imported sites keep the words.
#[Object]
impl Quote {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// As it was said, word for word; only from imported sites.
    fn words(&self) -> Option<&str> {
        self.0.words.as_deref()
    }

    /// What was said, in indirect speech.
    fn gist(&self) -> Option<&str> {
        self.0.gist.as_deref()
    }

    /// When it was said.
    fn said_on(&self) -> Option<PartialDate> {
        PartialDate::from_columns(self.0.said_on, self.0.said_precision)
    }

    /// How much of `saidOn` is known.
    fn said_on_precision(&self) -> Option<DatePrecision> {
        self.0.said_precision.map(DatePrecision::from)
    }

    /// Who said it.
    async fn speaker(&self, ctx: &Context<'_>) -> Nullable<Written<Person>> {
        one(ctx, Some(self.0.speaker_id)).await
    }

    /// Where it was said.
    async fn event(&self, ctx: &Context<'_>) -> Nullable<Written<Event>> {
        one(ctx, self.0.event_id).await
    }

    /// What it is about, the most important first.
    fn about(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ContentFilter>>,
        order_by: Option<Vec<ContentOrder>>,
    ) -> Result<Connection<AnyContent>> {
        let page = Arguments::new(first, after, last, before);
        children::<About, _>(self.0.id, &page, filter, order_by)
    }

    /// Pictures, videos and documents about it, the most telling first.
    fn media(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<MediaFilter>>,
        order_by: Option<Vec<MediaOrder>>,
    ) -> Result<Connection<Media, Showing>> {
        let page = Arguments::new(first, after, last, before);
        children::<Shown, _>(self.0.id, &page, filter, order_by)
    }
}

impl From<Arc<Model>> for Quote {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Quote {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::descending([By::Row(Column::SortDate)])
    }

    fn state() -> Option<Column> {
        Some(Column::State)
    }
}

impl Content for Entity {
    fn slug() -> Column {
        Column::Slug
    }
}

impl Piece for Quote {
    const KIND: Kind = Kind::Quote;
}

/// What a quote is about.
#[derive(Debug)]
pub struct About;

impl Relation for About {
    type Row = AnyContent;
    type Via = quote_about::Entity;
    type Link = Linked<quote_about::Entity>;

    fn parent() -> quote_about::Column {
        quote_about::Column::QuoteId
    }

    fn child() -> Option<quote_about::Column> {
        Some(quote_about::Column::NodeId)
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Link(quote_about::Column::Position)])
    }
}

#[derive(Default)]
pub struct QuoteQuery;

#[Object]
impl QuoteQuery {
    /// All quotes, the newest first; those without a date come last.
    fn quotes(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<QuoteFilter>>,
        order_by: Option<Vec<QuoteOrder>>,
    ) -> Result<Connection<Quote>> {
        let page = Arguments::new(first, after, last, before);
        all(&page, filter, order_by)
    }

    /// The quote that is meant; nothing if there is none.
    async fn quote(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Quote>> {
        by(ctx, which).await
    }
}
