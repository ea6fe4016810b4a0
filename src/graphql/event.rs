//! Events.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    challenge,
    event::{Column, Entity, Model},
    event_partner, event_session,
    node::Kind,
    quote,
};

use super::{
    challenge::Challenge,
    common::Common,
    connection::{Connection, all, children, one},
    event_session::EventSession,
    initiative::Initiative,
    kind::ContentKind,
    link::{Participation, Showing},
    lists::{
        ChallengeFilter, ChallengeOrder, EventFilter, EventOrder, EventSessionFilter,
        EventSessionOrder, MediaFilter, MediaOrder, PartnerFilter, PartnerOrder, QuoteFilter,
        QuoteOrder,
    },
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    partner::Partner,
    programme::Programme,
    quote::Quote,
    scalar::DatePrecision,
    written::Written,
};
use crate::{
    document::PartialDate,
    error::{Nullable, Result},
    load::{Arguments, By, Content, Linked, Order, Relation, RelationOrder, Row},
};

pub struct Event(Arc<Model>);

/// Something that takes place, once or again and again: a conference, a hackathon, a visit, a signing.
/// An example is Industry Engagement 2024.
#[Object]
impl Event {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// What kind of event it is.
    fn kind(&self) -> ContentKind {
        self.0.kind.into()
    }

    /// When it starts.
    fn starts_on(&self) -> Option<PartialDate> {
        PartialDate::from_columns(self.0.starts_on, self.0.starts_precision)
    }

    /// How much of `startsOn` is known.
    fn starts_on_precision(&self) -> Option<DatePrecision> {
        self.0.starts_precision.map(DatePrecision::from)
    }

    /// When it ends, if it is not the day on which it starts.
    fn ends_on(&self) -> Option<PartialDate> {
        PartialDate::from_columns(self.0.ends_on, self.0.ends_precision)
    }

    /// How much of `endsOn` is known.
    fn ends_on_precision(&self) -> Option<DatePrecision> {
        self.0.ends_precision.map(DatePrecision::from)
    }

    /// Where it takes place.
    fn venue(&self) -> Option<&str> {
        self.0.venue.as_deref()
    }

    /// In which country: two letters (ISO 3166-1 alpha-2), such as `SG`.
    fn country(&self) -> Option<&str> {
        self.0.country.as_deref()
    }

    /// The name of the series that it belongs to, such as `Digital Government Exchange`.
    fn series(&self) -> Option<&str> {
        self.0.series.as_deref()
    }

    /// The organisations that have a part in it, by title.
    fn partners(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<PartnerFilter>>,
        order_by: Option<Vec<PartnerOrder>>,
    ) -> Result<Connection<Partner, Participation>> {
        let page = Arguments::new(first, after, last, before);
        children::<Partners, _>(self.0.id, &page, filter, order_by)
    }

    /// The programme that it is about.
    async fn programme(&self, ctx: &Context<'_>) -> Nullable<Written<Programme>> {
        one(ctx, self.0.programme_id).await
    }

    /// The initiative that it is about.
    async fn initiative(&self, ctx: &Context<'_>) -> Nullable<Written<Initiative>> {
        one(ctx, self.0.initiative_id).await
    }

    /// Its sessions, in order.
    fn sessions(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<EventSessionFilter>>,
        order_by: Option<Vec<EventSessionOrder>>,
    ) -> Result<Connection<EventSession>> {
        let page = Arguments::new(first, after, last, before);
        children::<Sessions, _>(self.0.id, &page, filter, order_by)
    }

    /// What was said there, the newest first.
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
        children::<Quotes, _>(self.0.id, &page, filter, order_by)
    }

    /// The challenges that were named there, in their order.
    fn challenges(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ChallengeFilter>>,
        order_by: Option<Vec<ChallengeOrder>>,
    ) -> Result<Connection<Challenge>> {
        let page = Arguments::new(first, after, last, before);
        children::<Challenges, _>(self.0.id, &page, filter, order_by)
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

impl From<Arc<Model>> for Event {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Event {
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

impl Piece for Event {
    const KIND: Kind = Kind::Event;
}

/// The partners of an event.
#[derive(Debug)]
pub struct Partners;

impl Relation for Partners {
    type Row = Partner;
    type Via = event_partner::Entity;
    type Link = Linked<event_partner::Entity>;

    fn parent() -> event_partner::Column {
        event_partner::Column::EventId
    }

    fn child() -> Option<event_partner::Column> {
        Some(event_partner::Column::PartnerId)
    }
}

/// The sessions of an event.
#[derive(Debug)]
pub struct Sessions;

impl Relation for Sessions {
    type Row = EventSession;
    type Via = event_session::Entity;
    type Link = ();

    fn parent() -> event_session::Column {
        event_session::Column::EventId
    }
}

/// What was said at an event.
#[derive(Debug)]
pub struct Quotes;

impl Relation for Quotes {
    type Row = Quote;
    type Via = quote::Entity;
    type Link = ();

    fn parent() -> quote::Column {
        quote::Column::EventId
    }
}

/// The challenges that were named at an event.
#[derive(Debug)]
pub struct Challenges;

impl Relation for Challenges {
    type Row = Challenge;
    type Via = challenge::Entity;
    type Link = ();

    fn parent() -> challenge::Column {
        challenge::Column::EventId
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Row(challenge::Column::Position)])
    }
}

#[derive(Default)]
pub struct EventQuery;

#[Object]
impl EventQuery {
    /// All events, the newest first; those without a date come last.
    fn events(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<EventFilter>>,
        order_by: Option<Vec<EventOrder>>,
    ) -> Result<Connection<Event>> {
        let page = Arguments::new(first, after, last, before);
        all(&page, filter, order_by)
    }

    /// The event that is meant; nothing if there is none.
    async fn event(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Event>> {
        by(ctx, which).await
    }
}
