//! What clients can ask of lists of statistics.

use async_graphql::{Enum, InputObject};
use entity::{derived, statistic::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        facet::FacetBy,
        filter::{
            DateFilter, DecimalFilter, EnumFilter, Fields, Filter, Many, OptionalWordFilter, Tests,
            TextFilter, WordFilter,
        },
        media,
        order::{OrderBy, OrderField},
        statistic::{self, Qualifier, Statistic},
    },
    ContentFilter, Listed, MediaFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet},
};

/// Which statistics a list has.
pub type StatisticFilter = Filter<StatisticFields>;

/// What a list of statistics goes by.
pub type StatisticOrder = OrderBy<StatisticOrderField>;

#[derive(InputObject)]
pub struct StatisticFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// The exact number.
    value: Option<DecimalFilter>,
    /// What is counted: `percent`, `people`, or a currency such as `SGD`.
    unit: Option<WordFilter>,
    /// How exact the number is.
    qualifier: Option<EnumFilter<Qualifier>>,
    /// The time that it speaks of: it meets what is asked as a date does, with all its days.
    period: Option<DateFilter>,
    /// The country that it speaks of: two letters (ISO 3166-1 alpha-2).
    geography: Option<OptionalWordFilter>,
    /// What it shares with figures of the same thing.
    series: Option<TextFilter>,
    /// What it measures, of whatever kind.
    measures: Option<Many<ContentFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
}

impl Fields for StatisticFields {
    type Row = Statistic;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.is("value", Column::ValueMicros.as_str(), self.value.as_ref())?;
        tests.is("unit", Column::Unit.as_str(), self.unit.as_ref())?;
        tests.is(
            "qualifier",
            Column::Qualifier.as_str(),
            self.qualifier.as_ref(),
        )?;
        tests.period(
            "period",
            Column::SortDate.as_str(),
            derived::statistic::PERIOD_LAST.name,
            self.period.as_ref(),
        );
        tests.is(
            "geography",
            Column::Geography.as_str(),
            self.geography.as_ref(),
        )?;
        tests.text("series", Column::Series.as_str(), self.series.as_ref())?;
        tests.many::<statistic::Measures, _>("measures", self.measures.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        Ok(())
    }
}

/// What a list of statistics can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatisticOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// The number. Numbers of different units are compared as numbers: filter by `unit`.
    Value,
    /// When the time begins that it speaks of.
    Period,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for StatisticOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::Value => By::Row(Column::ValueMicros),
            Self::Period => By::Row(Column::SortDate),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Statistic {
    type Filter = StatisticFilter;
    type OrderField = StatisticOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Unit => ("unit", Facet::Word(Column::Unit.as_str())),
            FacetBy::Country => ("geography", Facet::Word(Column::Geography.as_str())),
            FacetBy::Year => ("period", Facet::Year(Column::SortDate.as_str())),
            by => return common_facet(by),
        })
    }
}
