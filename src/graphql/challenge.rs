//! Challenges.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    challenge::{Column, Entity, Model},
    challenge_programme,
    node::Kind,
};

use super::{
    common::Common,
    connection::{Connection, all, children, one},
    event::Event,
    link::Showing,
    lists::{
        ChallengeFilter, ChallengeOrder, MediaFilter, MediaOrder, ProgrammeFilter, ProgrammeOrder,
    },
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    programme::Programme,
    written::Written,
};
use crate::{
    error::{Nullable, Result},
    load::{Arguments, By, Content, Order, Relation, Row},
};

pub struct Challenge(Arc<Model>);

/// What makes a government's work hard, and what is done about it.
#[Object]
impl Challenge {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// What is done about it.
    fn mitigation(&self) -> &str {
        &self.0.mitigation
    }

    /// Its place in the list that it is from, from 1; 0 where there is no list.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// Where it was named.
    async fn event(&self, ctx: &Context<'_>) -> Nullable<Written<Event>> {
        one(ctx, self.0.event_id).await
    }

    /// The programmes that answer it, by title.
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
        children::<Programmes, _>(self.0.id, &page, filter, order_by)
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

impl From<Arc<Model>> for Challenge {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Challenge {
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

impl Piece for Challenge {
    const KIND: Kind = Kind::Challenge;
}

/// What answers a challenge.
#[derive(Debug)]
pub struct Programmes;

impl Relation for Programmes {
    type Row = Programme;
    type Via = challenge_programme::Entity;
    type Link = ();

    fn parent() -> challenge_programme::Column {
        challenge_programme::Column::ChallengeId
    }

    fn child() -> Option<challenge_programme::Column> {
        Some(challenge_programme::Column::ProgrammeId)
    }
}

#[derive(Default)]
pub struct ChallengeQuery;

#[Object]
impl ChallengeQuery {
    /// All challenges, by title.
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
        all(&page, filter, order_by)
    }

    /// The challenge that is meant; nothing if there is none.
    async fn challenge(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Challenge>> {
        by(ctx, which).await
    }
}
