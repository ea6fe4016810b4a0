//! Awards and places in rankings.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    award::{Column, Entity, Model},
    award_recipient,
    node::Kind,
};

use super::{
    common::Common,
    connection::{Connection, all, children, one},
    link::Showing,
    lists::{AwardFilter, AwardOrder, MediaFilter, MediaOrder, PartnerFilter, PartnerOrder},
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
    load::{Arguments, By, Content, Order, Relation, Row},
};

pub struct Award(Arc<Model>);

/// Recognition: an award that was won, or a place in a ranking.
#[Object]
impl Award {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// When it was given.
    fn awarded_on(&self) -> Option<PartialDate> {
        PartialDate::from_columns(self.0.awarded_on, self.0.awarded_precision)
    }

    /// How much of `awardedOn` is known.
    fn awarded_on_precision(&self) -> Option<DatePrecision> {
        self.0.awarded_precision.map(DatePrecision::from)
    }

    /// Who gave it.
    async fn awarded_by(&self, ctx: &Context<'_>) -> Nullable<Written<Partner>> {
        one(ctx, self.0.awarded_by_id).await
    }

    /// The place, from 1.
    fn rank(&self) -> Option<i32> {
        self.0.rank
    }

    /// How many places there were.
    fn out_of(&self) -> Option<i32> {
        self.0.out_of
    }

    /// In which category.
    fn category(&self) -> Option<&str> {
        self.0.category.as_deref()
    }

    /// Who got it, by title.
    fn recipients(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<PartnerFilter>>,
        order_by: Option<Vec<PartnerOrder>>,
    ) -> Result<Connection<Partner>> {
        let page = Arguments::new(first, after, last, before);
        children::<Recipients, _>(self.0.id, &page, filter, order_by)
    }

    /// The programme that it was given for.
    async fn programme(&self, ctx: &Context<'_>) -> Nullable<Written<Programme>> {
        one(ctx, self.0.programme_id).await
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

impl From<Arc<Model>> for Award {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Award {
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

impl Piece for Award {
    const KIND: Kind = Kind::Award;
}

/// Who got an award.
#[derive(Debug)]
pub struct Recipients;

impl Relation for Recipients {
    type Row = Partner;
    type Via = award_recipient::Entity;
    type Link = ();

    fn parent() -> award_recipient::Column {
        award_recipient::Column::AwardId
    }

    fn child() -> Option<award_recipient::Column> {
        Some(award_recipient::Column::PartnerId)
    }
}

#[derive(Default)]
pub struct AwardQuery;

#[Object]
impl AwardQuery {
    /// All awards, the newest first; those without a date come last.
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
        all(&page, filter, order_by)
    }

    /// The award that is meant; nothing if there is none.
    async fn award(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Award>> {
        by(ctx, which).await
    }
}
