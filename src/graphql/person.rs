//! People.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    node::Kind,
    person::{Column, Entity, Model},
    quote,
};

use super::{
    common::Common,
    connection::{Connection, all, children, one},
    link::Showing,
    lists::{MediaFilter, MediaOrder, PersonFilter, PersonOrder, QuoteFilter, QuoteOrder},
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    partner::Partner,
    quote::Quote,
    written::Written,
};
use crate::{
    error::{Nullable, Result},
    load::{Arguments, By, Content, Order, Relation, Row},
};

pub struct Person(Arc<Model>);

/// Somebody who speaks for an organisation. An example is a chief executive who is quoted.
#[Object]
impl Person {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// What they are, such as `Chief Executive, GovTech`.
    fn role(&self) -> Option<&str> {
        self.0.role.as_deref()
    }

    /// The organisation that they belong to.
    async fn organisation(&self, ctx: &Context<'_>) -> Nullable<Written<Partner>> {
        one(ctx, self.0.organisation_id).await
    }

    /// What they said, the newest first; what has no date comes last.
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

impl From<Arc<Model>> for Person {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Person {
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

impl Piece for Person {
    const KIND: Kind = Kind::Person;
}

/// What a person said.
#[derive(Debug)]
pub struct Quotes;

impl Relation for Quotes {
    type Row = Quote;
    type Via = quote::Entity;
    type Link = ();

    fn parent() -> quote::Column {
        quote::Column::SpeakerId
    }
}

#[derive(Default)]
pub struct PersonQuery;

#[Object]
impl PersonQuery {
    /// All people, by name.
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
        all(&page, filter, order_by)
    }

    /// The person who is meant; nothing if there is none.
    async fn person(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Person>> {
        by(ctx, which).await
    }
}
