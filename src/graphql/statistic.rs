//! Figures.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{
    node::Kind,
    statistic::{self, Column, Entity, Model},
    statistic_measure,
};

use super::{
    any_content::AnyContent,
    common::Common,
    connection::{Connection, all, children},
    link::Showing,
    lists::{
        ContentFilter, ContentOrder, MediaFilter, MediaOrder, StatisticFilter, StatisticOrder,
    },
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    written::Written,
};
use crate::{
    document::{Decimal, PartialDate, series_id},
    error::{Nullable, Result},
    load::{
        Arguments, By, ColumnSet, Content, Linked, Order, Relation, RelationOrder, Row, by_name,
    },
};

pub struct Statistic(Arc<Model>);

/// A figure: exact, with what it counts, when and where, and the page that tells it. Two pages that
/// differ on the same figure are two statistics of one series.
#[Object]
impl Statistic {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// The exact number.
    fn value(&self) -> Decimal {
        Decimal::from_micros(self.0.value_micros)
    }

    /// What is counted: `percent`, `people`, or a currency such as `SGD` (ISO 4217).
    fn unit(&self) -> &str {
        &self.0.unit
    }

    /// How exact the number is.
    fn qualifier(&self) -> Qualifier {
        self.0.qualifier.into()
    }

    /// The figure as people write it, such as `S$3.36 billion`.
    fn display_value(&self) -> &str {
        &self.0.display_value
    }

    /// The time that it speaks of.
    fn period(&self) -> Option<Period> {
        Some(Period {
            starts_on: PartialDate::from_columns(
                self.0.period_start,
                self.0.period_start_precision,
            )?,
            ends_on: PartialDate::from_columns(self.0.period_end, self.0.period_end_precision)?,
            label: self.0.period_label.clone(),
        })
    }

    /// The country that it speaks of: two letters (ISO 3166-1 alpha-2), such as `SG`.
    fn geography(&self) -> Option<&str> {
        self.0.geography.as_deref()
    }

    /// What it shares with figures of the same thing at other times, or from other pages.
    fn series(&self) -> Option<&str> {
        self.0.series.as_deref()
    }

    /// All figures of its series, itself among them, in the order of their periods: those of one period
    /// stand side by side. Empty if it belongs to no series.
    fn series_points(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<StatisticFilter>>,
        order_by: Option<Vec<StatisticOrder>>,
    ) -> Result<Connection<Statistic>> {
        let page = Arguments::new(first, after, last, before);
        // No series has the nil identifier.
        children::<Points, _>(
            self.0.series_id.unwrap_or_default(),
            &page,
            filter,
            order_by,
        )
    }

    /// What it is a figure of.
    fn measures(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ContentFilter>>,
        order_by: Option<Vec<ContentOrder>>,
    ) -> Result<Connection<AnyContent>> {
        let page = Arguments::new(first, after, last, before);
        children::<Measures, _>(self.0.id, &page, filter, order_by)
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

/// How exact a number is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "statistic::Qualifier")]
pub enum Qualifier {
    /// It is the number.
    Exactly,
    /// It is more than the number, or at least the number.
    Over,
    /// It is near the number.
    About,
    /// It is the number or less.
    AtMost,
    /// It is less than the number.
    Under,
}

/// The time that a figure speaks of, both ends included.
#[derive(SimpleObject)]
pub struct Period {
    /// When it begins.
    starts_on: PartialDate,
    /// When it ends.
    ends_on: PartialDate,
    /// What it is called, such as `FY24`.
    label: Option<String>,
}

impl From<Arc<Model>> for Statistic {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Statistic {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::ascending([By::Row(Column::SortTitle)])
    }

    fn state() -> Option<Column> {
        Some(Column::State)
    }

    fn columns(field: &str) -> Option<ColumnSet> {
        match field {
            "seriesPoints" => Some(ColumnSet::of::<Entity>(Column::SeriesId)),
            _ => by_name::<Entity>(field),
        }
    }
}

impl Content for Entity {
    fn slug() -> Column {
        Column::Slug
    }
}

impl Piece for Statistic {
    const KIND: Kind = Kind::Statistic;
}

/// The figures of a series.
#[derive(Debug)]
pub struct Points;

impl Relation for Points {
    type Row = Statistic;
    type Via = statistic::Entity;
    type Link = ();

    fn parent() -> statistic::Column {
        statistic::Column::SeriesId
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Row(Column::SortDate)])
    }
}

/// What a figure is one of.
#[derive(Debug)]
pub struct Measures;

impl Relation for Measures {
    type Row = AnyContent;
    type Via = statistic_measure::Entity;
    type Link = Linked<statistic_measure::Entity>;

    fn parent() -> statistic_measure::Column {
        statistic_measure::Column::StatisticId
    }

    fn child() -> Option<statistic_measure::Column> {
        Some(statistic_measure::Column::NodeId)
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Link(statistic_measure::Column::Position)])
    }
}

#[derive(Default)]
pub struct StatisticQuery;

#[Object]
impl StatisticQuery {
    /// All figures, by title.
    fn statistics(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<StatisticFilter>>,
        order_by: Option<Vec<StatisticOrder>>,
    ) -> Result<Connection<Statistic>> {
        let page = Arguments::new(first, after, last, before);
        all(&page, filter, order_by)
    }

    /// The figures of one series, in the order of their periods.
    #[expect(clippy::needless_pass_by_value, reason = "it comes from a request")]
    fn statistic_series(
        &self,
        #[graphql(desc = "The series' name, as a figure's `series` has it.")] series: String,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<StatisticFilter>>,
        order_by: Option<Vec<StatisticOrder>>,
    ) -> Result<Connection<Statistic>> {
        let page = Arguments::new(first, after, last, before);
        children::<Points, _>(series_id(&series), &page, filter, order_by)
    }

    /// The figure that is meant; nothing if there is none.
    async fn statistic(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Statistic>> {
        by(ctx, which).await
    }
}
