//! Initiatives.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::{
    event,
    initiative::{self, Column, Entity, Model},
    initiative_goal, initiative_partner,
    node::Kind,
};

use super::{
    common::Common,
    connection::{Connection, all, children, one},
    event::Event,
    goal::Goal,
    link::{Partnership, Showing},
    lists::{
        EventFilter, EventOrder, GoalFilter, GoalOrder, InitiativeFilter, InitiativeOrder,
        MediaFilter, MediaOrder, PartnerFilter, PartnerOrder,
    },
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    partner::Partner,
    programme::Programme,
    scalar::DatePrecision,
    written::Written,
};
use crate::{
    document::PartialDate,
    error::{Nullable, Result},
    load::{Arguments, By, Content, Linked, Order, Relation, Row},
};

pub struct Initiative(Arc<Model>);

/// An effort with an aim of its own, inside a programme or across several. An example is AI Trailblazers.
#[Object]
impl Initiative {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// Where it stands.
    fn status(&self) -> InitiativeStatus {
        self.0.status.into()
    }

    /// When it began.
    fn started_on(&self) -> Option<PartialDate> {
        PartialDate::from_columns(self.0.started_on, self.0.started_precision)
    }

    /// How much of `startedOn` is known.
    fn started_on_precision(&self) -> Option<DatePrecision> {
        self.0.started_precision.map(DatePrecision::from)
    }

    /// When it ended; nothing if it goes on, or nobody knows.
    fn ended_on(&self) -> Option<PartialDate> {
        PartialDate::from_columns(self.0.ended_on, self.0.ended_precision)
    }

    /// How much of `endedOn` is known.
    fn ended_on_precision(&self) -> Option<DatePrecision> {
        self.0.ended_precision.map(DatePrecision::from)
    }

    /// The programme that it is a part of.
    async fn programme(&self, ctx: &Context<'_>) -> Nullable<Written<Programme>> {
        one(ctx, self.0.programme_id).await
    }

    /// The goals that it works towards: those of the newest strategy first, in its own order.
    fn goals(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<GoalFilter>>,
        order_by: Option<Vec<GoalOrder>>,
    ) -> Result<Connection<Goal>> {
        let page = Arguments::new(first, after, last, before);
        children::<Goals, _>(self.0.id, &page, filter, order_by)
    }

    /// The organisations that work on it, by title.
    fn partners(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<PartnerFilter>>,
        order_by: Option<Vec<PartnerOrder>>,
    ) -> Result<Connection<Partner, Partnership>> {
        let page = Arguments::new(first, after, last, before);
        children::<Partners, _>(self.0.id, &page, filter, order_by)
    }

    /// The events about it, the newest first; those without a date come last.
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
        children::<Events, _>(self.0.id, &page, filter, order_by)
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

/// Where an initiative stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "initiative::Status")]
pub enum InitiativeStatus {
    /// It is announced.
    Planned,
    /// It goes on.
    Active,
    /// It is done.
    Completed,
}

impl From<Arc<Model>> for Initiative {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Initiative {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::ascending([By::Row(Column::SortTitle)])
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

impl Piece for Initiative {
    const KIND: Kind = Kind::Initiative;
}

/// The goals of an initiative.
#[derive(Debug)]
pub struct Goals;

impl Relation for Goals {
    type Row = Goal;
    type Via = initiative_goal::Entity;
    type Link = ();

    fn parent() -> initiative_goal::Column {
        initiative_goal::Column::InitiativeId
    }

    fn child() -> Option<initiative_goal::Column> {
        Some(initiative_goal::Column::GoalId)
    }
}

/// The partners of an initiative.
#[derive(Debug)]
pub struct Partners;

impl Relation for Partners {
    type Row = Partner;
    type Via = initiative_partner::Entity;
    type Link = Linked<initiative_partner::Entity>;

    fn parent() -> initiative_partner::Column {
        initiative_partner::Column::InitiativeId
    }

    fn child() -> Option<initiative_partner::Column> {
        Some(initiative_partner::Column::PartnerId)
    }
}

/// The events about an initiative.
#[derive(Debug)]
pub struct Events;

impl Relation for Events {
    type Row = Event;
    type Via = event::Entity;
    type Link = ();

    fn parent() -> event::Column {
        event::Column::InitiativeId
    }
}

#[derive(Default)]
pub struct InitiativeQuery;

#[Object]
impl InitiativeQuery {
    /// All initiatives, by title.
    fn initiatives(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<InitiativeFilter>>,
        order_by: Option<Vec<InitiativeOrder>>,
    ) -> Result<Connection<Initiative>> {
        let page = Arguments::new(first, after, last, before);
        all(&page, filter, order_by)
    }

    /// The initiative that is meant; nothing if there is none.
    async fn initiative(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Initiative>> {
        by(ctx, which).await
    }
}
