//! Goals.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    goal::{Column, Entity, Model},
    initiative_goal,
    node::Kind,
    programme_goal,
};

use super::{
    common::Common,
    connection::{Connection, all, children, one},
    initiative::Initiative,
    link::Showing,
    lists::{
        GoalFilter, GoalOrder, InitiativeFilter, InitiativeOrder, MediaFilter, MediaOrder,
        ProgrammeFilter, ProgrammeOrder,
    },
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    programme::Programme,
    strategy::Strategy,
    written::Written,
};
use crate::{
    error::{Nullable, Result},
    load::{Arguments, By, Content, Linked, Order, Relation, RelationOrder, Row},
};

pub struct Goal(Arc<Model>);

/// What a strategy wants to reach. Examples are Trust, Growth and Community.
#[Object]
impl Goal {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// Its place among the goals of its strategy, from 1.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// The strategy that it belongs to.
    async fn strategy(&self, ctx: &Context<'_>) -> Nullable<Written<Strategy>> {
        one(ctx, Some(self.0.strategy_id)).await
    }

    /// The programmes that work towards it, by title.
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

    /// The initiatives that work towards it, by title.
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

impl From<Arc<Model>> for Goal {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Goal {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::descending([By::Row(Column::StrategySortDate)])
            .then_ascending(By::Row(Column::Position))
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

impl Piece for Goal {
    const KIND: Kind = Kind::Goal;
}

/// The programmes that work towards a goal.
#[derive(Debug)]
pub struct Programmes;

impl Relation for Programmes {
    type Row = Programme;
    type Via = programme_goal::Entity;
    type Link = Linked<programme_goal::Entity>;

    fn parent() -> programme_goal::Column {
        programme_goal::Column::GoalId
    }

    fn child() -> Option<programme_goal::Column> {
        Some(programme_goal::Column::ProgrammeId)
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Link(programme_goal::Column::ProgrammeSortTitle)])
    }
}

/// The initiatives that work towards a goal.
#[derive(Debug)]
pub struct Initiatives;

impl Relation for Initiatives {
    type Row = Initiative;
    type Via = initiative_goal::Entity;
    type Link = Linked<initiative_goal::Entity>;

    fn parent() -> initiative_goal::Column {
        initiative_goal::Column::GoalId
    }

    fn child() -> Option<initiative_goal::Column> {
        Some(initiative_goal::Column::InitiativeId)
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Link(initiative_goal::Column::InitiativeSortTitle)])
    }
}

#[derive(Default)]
pub struct GoalQuery;

#[Object]
impl GoalQuery {
    /// All goals: those of the newest strategy first, each strategy's in its own order.
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
        all(&page, filter, order_by)
    }

    /// The goal that is meant; nothing if there is none.
    async fn goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Goal>> {
        by(ctx, which).await
    }
}
