//! Programmes.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::{
    award, challenge_programme, event, initiative,
    node::Kind,
    programme::{self, Column, Entity, Model},
    programme_goal, programme_partner,
};

use super::{
    award::Award,
    challenge::Challenge,
    common::Common,
    connection::{Connection, all, children, few, one},
    contact::{Contact, Contacts},
    event::Event,
    goal::Goal,
    initiative::Initiative,
    kind::ContentKind,
    link::{Partnership, Showing},
    lists::{
        AwardFilter, AwardOrder, ChallengeFilter, ChallengeOrder, EventFilter, EventOrder,
        GoalFilter, GoalOrder, InitiativeFilter, InitiativeOrder, MediaFilter, MediaOrder,
        PartnerFilter, PartnerOrder, ProgrammeFilter, ProgrammeOrder,
    },
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    partner::Partner,
    scalar::DatePrecision,
    written::Written,
};
use crate::{
    document::PartialDate,
    error::{Nullable, Result},
    load::{Arguments, By, Content, Linked, Order, Relation, Row},
};

pub struct Programme(Arc<Model>);

/// What a government runs for people: a digital service, a platform, a scheme, a law, a policy, a
/// community. An example is Singpass.
#[Object]
impl Programme {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// What kind of programme it is.
    fn kind(&self) -> ContentKind {
        self.0.kind.into()
    }

    /// Whom it is for, the most important first.
    fn audiences(&self) -> Vec<Audience> {
        self.0
            .audiences
            .0
            .iter()
            .copied()
            .map(Audience::from)
            .collect()
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

    /// The agency that leads it.
    async fn lead_agency(&self, ctx: &Context<'_>) -> Nullable<Written<Partner>> {
        one(ctx, self.0.lead_agency_id).await
    }

    /// The organisations that work on it beside the lead agency, by title.
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

    /// The programme that it is a part of.
    async fn parent(&self, ctx: &Context<'_>) -> Nullable<Written<Programme>> {
        one(ctx, self.0.parent_id).await
    }

    /// The programmes that are parts of it, by title.
    fn parts(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ProgrammeFilter>>,
        order_by: Option<Vec<ProgrammeOrder>>,
    ) -> Result<Connection<Programme>> {
        let page = Arguments::new(first, after, last, before);
        children::<Parts, _>(self.0.id, &page, filter, order_by)
    }

    /// The initiatives inside it, by title.
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
        children::<Initiatives, _>(self.0.id, &page, filter, order_by)
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

    /// The awards that it was given, the newest first.
    fn awards(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<AwardFilter>>,
        order_by: Option<Vec<AwardOrder>>,
    ) -> Result<Connection<Award>> {
        let page = Arguments::new(first, after, last, before);
        children::<Awards, _>(self.0.id, &page, filter, order_by)
    }

    /// The challenges that it answers, by title.
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

    /// Where to write to about it, and what for.
    async fn contacts(&self, ctx: &Context<'_>) -> Result<Vec<Contact>> {
        few::<Contacts>(ctx, self.0.id).await
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

/// Whom a programme is for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "programme::Audience")]
pub enum Audience {
    /// People who live in the country.
    Citizens,
    /// Companies and other employers.
    Businesses,
    /// Agencies and public officers.
    Government,
    /// People who build software.
    Developers,
    /// People at school or university.
    Students,
}

impl From<Arc<Model>> for Programme {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Programme {
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

impl Piece for Programme {
    const KIND: Kind = Kind::Programme;
}

/// The goals of a programme.
#[derive(Debug)]
pub struct Goals;

impl Relation for Goals {
    type Row = Goal;
    type Via = programme_goal::Entity;
    type Link = ();

    fn parent() -> programme_goal::Column {
        programme_goal::Column::ProgrammeId
    }

    fn child() -> Option<programme_goal::Column> {
        Some(programme_goal::Column::GoalId)
    }
}

/// The partners of a programme.
#[derive(Debug)]
pub struct Partners;

impl Relation for Partners {
    type Row = Partner;
    type Via = programme_partner::Entity;
    type Link = Linked<programme_partner::Entity>;

    fn parent() -> programme_partner::Column {
        programme_partner::Column::ProgrammeId
    }

    fn child() -> Option<programme_partner::Column> {
        Some(programme_partner::Column::PartnerId)
    }
}

/// The parts of a programme.
#[derive(Debug)]
pub struct Parts;

impl Relation for Parts {
    type Row = Programme;
    type Via = programme::Entity;
    type Link = ();

    fn parent() -> programme::Column {
        programme::Column::ParentId
    }
}

/// The initiatives inside a programme.
#[derive(Debug)]
pub struct Initiatives;

impl Relation for Initiatives {
    type Row = Initiative;
    type Via = initiative::Entity;
    type Link = ();

    fn parent() -> initiative::Column {
        initiative::Column::ProgrammeId
    }
}

/// The events about a programme.
#[derive(Debug)]
pub struct Events;

impl Relation for Events {
    type Row = Event;
    type Via = event::Entity;
    type Link = ();

    fn parent() -> event::Column {
        event::Column::ProgrammeId
    }
}

/// The awards of a programme.
#[derive(Debug)]
pub struct Awards;

impl Relation for Awards {
    type Row = Award;
    type Via = award::Entity;
    type Link = ();

    fn parent() -> award::Column {
        award::Column::ProgrammeId
    }
}

/// The challenges that a programme answers.
#[derive(Debug)]
pub struct Challenges;

impl Relation for Challenges {
    type Row = Challenge;
    type Via = challenge_programme::Entity;
    type Link = ();

    fn parent() -> challenge_programme::Column {
        challenge_programme::Column::ProgrammeId
    }

    fn child() -> Option<challenge_programme::Column> {
        Some(challenge_programme::Column::ChallengeId)
    }
}

#[derive(Default)]
pub struct ProgrammeQuery;

#[Object]
impl ProgrammeQuery {
    /// All programmes, by title.
    fn programmes(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ProgrammeFilter>>,
        order_by: Option<Vec<ProgrammeOrder>>,
    ) -> Result<Connection<Programme>> {
        let page = Arguments::new(first, after, last, before);
        all(&page, filter, order_by)
    }

    /// The programme that is meant; nothing if there is none.
    async fn programme(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Programme>> {
        by(ctx, which).await
    }
}
