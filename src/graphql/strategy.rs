//! Strategies.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    goal,
    node::Kind,
    strategy::{self, Column, Entity, Model},
};

use super::{
    common::Common,
    connection::{Connection, all, children, one},
    goal::Goal,
    link::Showing,
    lists::{GoalFilter, GoalOrder, MediaFilter, MediaOrder, StrategyFilter, StrategyOrder},
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    scalar::DatePrecision,
    written::Written,
};
use crate::{
    document::PartialDate,
    error::{Nullable, Result},
    load::{Arguments, By, Content, Order, Relation, RelationOrder, Row},
};

pub struct Strategy(Arc<Model>);

/// A government's plan for the years ahead, with goals. An example is Smart Nation 2.0.
#[Object]
impl Strategy {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// When it was launched.
    fn launched_on(&self) -> Option<PartialDate> {
        PartialDate::from_columns(self.0.launched_on, self.0.launched_precision)
    }

    /// How much of `launchedOn` is known.
    fn launched_on_precision(&self) -> Option<DatePrecision> {
        self.0.launched_precision.map(DatePrecision::from)
    }

    /// When it was last renewed.
    fn refreshed_on(&self) -> Option<PartialDate> {
        PartialDate::from_columns(self.0.refreshed_on, self.0.refreshed_precision)
    }

    /// How much of `refreshedOn` is known.
    fn refreshed_on_precision(&self) -> Option<DatePrecision> {
        self.0.refreshed_precision.map(DatePrecision::from)
    }

    /// What it wants to reach, in its own order.
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

    /// The strategy whose place it took.
    async fn predecessor(&self, ctx: &Context<'_>) -> Nullable<Written<Strategy>> {
        one(ctx, self.0.predecessor_id).await
    }

    /// The strategies that took its place, the newest first.
    fn successors(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<StrategyFilter>>,
        order_by: Option<Vec<StrategyOrder>>,
    ) -> Result<Connection<Strategy>> {
        let page = Arguments::new(first, after, last, before);
        children::<Successors, _>(self.0.id, &page, filter, order_by)
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

impl From<Arc<Model>> for Strategy {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Strategy {
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

impl Piece for Strategy {
    const KIND: Kind = Kind::Strategy;
}

/// The goals of a strategy.
#[derive(Debug)]
pub struct Goals;

impl Relation for Goals {
    type Row = Goal;
    type Via = goal::Entity;
    type Link = ();

    fn parent() -> goal::Column {
        goal::Column::StrategyId
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Row(goal::Column::Position)])
    }
}

/// The strategies that took the place of a strategy.
#[derive(Debug)]
pub struct Successors;

impl Relation for Successors {
    type Row = Strategy;
    type Via = strategy::Entity;
    type Link = ();

    fn parent() -> strategy::Column {
        strategy::Column::PredecessorId
    }
}

#[derive(Default)]
pub struct StrategyQuery;

#[Object]
impl StrategyQuery {
    /// All strategies, the newest first; those without a date come last.
    fn strategies(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<StrategyFilter>>,
        order_by: Option<Vec<StrategyOrder>>,
    ) -> Result<Connection<Strategy>> {
        let page = Arguments::new(first, after, last, before);
        all(&page, filter, order_by)
    }

    /// The strategy that is meant; nothing if there is none.
    async fn strategy(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Strategy>> {
        by(ctx, which).await
    }
}
