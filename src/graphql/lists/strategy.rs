//! What clients can ask of lists of strategies.

use async_graphql::{Enum, InputObject};
use entity::{derived, strategy::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        facet::FacetBy,
        filter::{DateFilter, Fields, Filter, IntFilter, Many, One, Tests, WordFilter},
        media,
        order::{OrderBy, OrderField},
        strategy::{self, Strategy},
    },
    GoalFilter, Listed, MediaFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet},
};

/// Which strategies a list has.
pub type StrategyFilter = Filter<StrategyFields>;

/// What a list of strategies goes by.
pub type StrategyOrder = OrderBy<StrategyOrderField>;

#[derive(InputObject)]
pub struct StrategyFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// When it was launched.
    launched_on: Option<DateFilter>,
    /// When it was refreshed.
    refreshed_on: Option<DateFilter>,
    /// The strategy that it follows.
    predecessor: Option<One<StrategyFilter>>,
    /// Its goals.
    goals: Option<Many<GoalFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
    /// How many goals it has.
    goal_count: Option<IntFilter>,
}

impl Fields for StrategyFields {
    type Row = Strategy;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.date(
            "launchedOn",
            Column::SortDate.as_str(),
            derived::strategy::LAUNCHED_LAST.name,
            self.launched_on.as_ref(),
        );
        tests.date(
            "refreshedOn",
            derived::strategy::REFRESHED_SORT_DATE.name,
            derived::strategy::REFRESHED_LAST.name,
            self.refreshed_on.as_ref(),
        );
        tests.one::<Strategy, _>(
            "predecessor",
            Column::PredecessorId,
            self.predecessor.as_ref(),
        )?;
        tests.many::<strategy::Goals, _>("goals", self.goals.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        tests.is(
            "goalCount",
            derived::strategy::GOAL_COUNT.name,
            self.goal_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of strategies can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrategyOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// When it was launched.
    LaunchedOn,
    /// When it was refreshed.
    RefreshedOn,
    /// How many goals it has.
    GoalCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for StrategyOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::LaunchedOn => By::Row(Column::SortDate),
            Self::RefreshedOn => By::Beside(derived::strategy::REFRESHED_SORT_DATE),
            Self::GoalCount => By::Beside(derived::strategy::GOAL_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Strategy {
    type Filter = StrategyFilter;
    type OrderField = StrategyOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Year => ("launchedOn", Facet::Year(Column::SortDate.as_str())),
            by => return common_facet(by),
        })
    }
}
