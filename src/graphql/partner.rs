//! Partners.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    award, award_recipient, event_partner, initiative_partner,
    node::Kind,
    partner::{self, Column, Entity, Model},
    person, programme, programme_partner,
};

use super::{
    award::Award,
    common::Common,
    connection::{Connection, all, children, few, one},
    contact::{Contact, Contacts},
    event::Event,
    initiative::Initiative,
    kind::ContentKind,
    link::{Participation, Partnership, Showing},
    lists::{
        AwardFilter, AwardOrder, EventFilter, EventOrder, InitiativeFilter, InitiativeOrder,
        MediaFilter, MediaOrder, PartnerFilter, PartnerOrder, PersonFilter, PersonOrder,
        ProgrammeFilter, ProgrammeOrder,
    },
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    person::Person,
    programme::Programme,
    written::Written,
};
use crate::{
    error::{Nullable, Result},
    load::{Arguments, By, Content, Linked, Order, Relation, RelationOrder, Row},
};

pub struct Partner(Arc<Model>);

/// An organisation that has a part in what is listed here: an agency, a company, another country's
/// government, an international organisation. An example is Google Cloud.
#[Object]
impl Partner {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// What kind of organisation it is.
    fn kind(&self) -> ContentKind {
        self.0.kind.into()
    }

    /// Where it is at home: two letters (ISO 3166-1 alpha-2), such as `SG`.
    fn country(&self) -> Option<&str> {
        self.0.country.as_deref()
    }

    /// The organisation that it is a part of.
    async fn parent_organisation(&self, ctx: &Context<'_>) -> Nullable<Written<Partner>> {
        one(ctx, self.0.parent_id).await
    }

    /// The organisations that are parts of it, by title.
    fn sub_organisations(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<PartnerFilter>>,
        order_by: Option<Vec<PartnerOrder>>,
    ) -> Result<Connection<Partner>> {
        let page = Arguments::new(first, after, last, before);
        children::<SubOrganisations, _>(self.0.id, &page, filter, order_by)
    }

    /// The programmes that it leads, by title.
    fn led_programmes(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ProgrammeFilter>>,
        order_by: Option<Vec<ProgrammeOrder>>,
    ) -> Result<Connection<Programme>> {
        let page = Arguments::new(first, after, last, before);
        children::<LedProgrammes, _>(self.0.id, &page, filter, order_by)
    }

    /// The programmes that it works on without leading them, by title.
    fn programmes(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ProgrammeFilter>>,
        order_by: Option<Vec<ProgrammeOrder>>,
    ) -> Result<Connection<Programme, Partnership>> {
        let page = Arguments::new(first, after, last, before);
        children::<Programmes, _>(self.0.id, &page, filter, order_by)
    }

    /// The initiatives that it works on, by title.
    fn initiatives(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<InitiativeFilter>>,
        order_by: Option<Vec<InitiativeOrder>>,
    ) -> Result<Connection<Initiative, Partnership>> {
        let page = Arguments::new(first, after, last, before);
        children::<Initiatives, _>(self.0.id, &page, filter, order_by)
    }

    /// The events that it has a part in, the newest first; those without a date come last.
    fn events(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<EventFilter>>,
        order_by: Option<Vec<EventOrder>>,
    ) -> Result<Connection<Event, Participation>> {
        let page = Arguments::new(first, after, last, before);
        children::<Events, _>(self.0.id, &page, filter, order_by)
    }

    /// The people who speak for it, by name.
    fn people(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<PersonFilter>>,
        order_by: Option<Vec<PersonOrder>>,
    ) -> Result<Connection<Person>> {
        let page = Arguments::new(first, after, last, before);
        children::<People, _>(self.0.id, &page, filter, order_by)
    }

    /// The awards that it got, the newest first.
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

    /// The awards that it gave, the newest first.
    fn awards_given(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<AwardFilter>>,
        order_by: Option<Vec<AwardOrder>>,
    ) -> Result<Connection<Award>> {
        let page = Arguments::new(first, after, last, before);
        children::<AwardsGiven, _>(self.0.id, &page, filter, order_by)
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

impl From<Arc<Model>> for Partner {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Partner {
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

impl Piece for Partner {
    const KIND: Kind = Kind::Partner;
}

/// The parts of an organisation.
#[derive(Debug)]
pub struct SubOrganisations;

impl Relation for SubOrganisations {
    type Row = Partner;
    type Via = partner::Entity;
    type Link = ();

    fn parent() -> partner::Column {
        partner::Column::ParentId
    }
}

/// The programmes that an organisation leads.
#[derive(Debug)]
pub struct LedProgrammes;

impl Relation for LedProgrammes {
    type Row = Programme;
    type Via = programme::Entity;
    type Link = ();

    fn parent() -> programme::Column {
        programme::Column::LeadAgencyId
    }
}

/// The programmes that an organisation works on.
#[derive(Debug)]
pub struct Programmes;

impl Relation for Programmes {
    type Row = Programme;
    type Via = programme_partner::Entity;
    type Link = Linked<programme_partner::Entity>;

    fn parent() -> programme_partner::Column {
        programme_partner::Column::PartnerId
    }

    fn child() -> Option<programme_partner::Column> {
        Some(programme_partner::Column::ProgrammeId)
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Link(programme_partner::Column::ProgrammeSortTitle)])
    }
}

/// The initiatives that an organisation works on.
#[derive(Debug)]
pub struct Initiatives;

impl Relation for Initiatives {
    type Row = Initiative;
    type Via = initiative_partner::Entity;
    type Link = Linked<initiative_partner::Entity>;

    fn parent() -> initiative_partner::Column {
        initiative_partner::Column::PartnerId
    }

    fn child() -> Option<initiative_partner::Column> {
        Some(initiative_partner::Column::InitiativeId)
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Link(initiative_partner::Column::InitiativeSortTitle)])
    }
}

/// The events that an organisation has a part in.
#[derive(Debug)]
pub struct Events;

impl Relation for Events {
    type Row = Event;
    type Via = event_partner::Entity;
    type Link = Linked<event_partner::Entity>;

    fn parent() -> event_partner::Column {
        event_partner::Column::PartnerId
    }

    fn child() -> Option<event_partner::Column> {
        Some(event_partner::Column::EventId)
    }

    fn order() -> RelationOrder<Self> {
        Order::descending([By::Link(event_partner::Column::EventSortDate)])
    }
}

/// The people of an organisation.
#[derive(Debug)]
pub struct People;

impl Relation for People {
    type Row = Person;
    type Via = person::Entity;
    type Link = ();

    fn parent() -> person::Column {
        person::Column::OrganisationId
    }
}

/// The awards that an organisation got.
#[derive(Debug)]
pub struct Awards;

impl Relation for Awards {
    type Row = Award;
    type Via = award_recipient::Entity;
    type Link = Linked<award_recipient::Entity>;

    fn parent() -> award_recipient::Column {
        award_recipient::Column::PartnerId
    }

    fn child() -> Option<award_recipient::Column> {
        Some(award_recipient::Column::AwardId)
    }

    fn order() -> RelationOrder<Self> {
        Order::descending([By::Link(award_recipient::Column::AwardSortDate)])
    }
}

/// The awards that an organisation gave.
#[derive(Debug)]
pub struct AwardsGiven;

impl Relation for AwardsGiven {
    type Row = Award;
    type Via = award::Entity;
    type Link = ();

    fn parent() -> award::Column {
        award::Column::AwardedById
    }
}

#[derive(Default)]
pub struct PartnerQuery;

#[Object]
impl PartnerQuery {
    /// All organisations, by title.
    fn partners(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<PartnerFilter>>,
        order_by: Option<Vec<PartnerOrder>>,
    ) -> Result<Connection<Partner>> {
        let page = Arguments::new(first, after, last, before);
        all(&page, filter, order_by)
    }

    /// The organisation that is meant; nothing if there is none.
    async fn partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Partner>> {
        by(ctx, which).await
    }
}
