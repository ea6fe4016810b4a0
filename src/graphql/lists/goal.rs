//! What clients can ask of lists of goals.

use async_graphql::{Enum, InputObject};
use entity::{derived, goal::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        facet::FacetBy,
        filter::{Fields, Filter, IntFilter, Many, One, Tests, WordFilter},
        goal::{self, Goal},
        media,
        order::{OrderBy, OrderField},
        strategy::Strategy,
    },
    InitiativeFilter, Listed, MediaFilter, ProgrammeFilter, StrategyFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet, Path},
};

/// Which goals a list has.
pub type GoalFilter = Filter<GoalFields>;

/// What a list of goals goes by.
pub type GoalOrder = OrderBy<GoalOrderField>;

#[derive(InputObject)]
pub struct GoalFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// Its place among the goals of its strategy, from 1.
    position: Option<IntFilter>,
    /// The strategy that it is of.
    strategy: Option<One<StrategyFilter>>,
    /// The programmes that work towards it.
    programmes: Option<Many<ProgrammeFilter>>,
    /// The initiatives that work towards it.
    initiatives: Option<Many<InitiativeFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
    /// How many programmes work towards it.
    programme_count: Option<IntFilter>,
    /// How many initiatives work towards it.
    initiative_count: Option<IntFilter>,
}

impl Fields for GoalFields {
    type Row = Goal;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.is(
            "position",
            Column::Position.as_str(),
            self.position.as_ref(),
        )?;
        tests.one::<Strategy, _>("strategy", Column::StrategyId, self.strategy.as_ref())?;
        tests.many::<goal::Programmes, _>("programmes", self.programmes.as_ref())?;
        tests.many::<goal::Initiatives, _>("initiatives", self.initiatives.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        tests.is(
            "programmeCount",
            derived::goal::PROGRAMME_COUNT.name,
            self.programme_count.as_ref(),
        )?;
        tests.is(
            "initiativeCount",
            derived::goal::INITIATIVE_COUNT.name,
            self.initiative_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of goals can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// When its strategy was launched.
    StrategyLaunchedOn,
    /// Its place among the goals of its strategy.
    Position,
    /// How many programmes work towards it.
    ProgrammeCount,
    /// How many initiatives work towards it.
    InitiativeCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for GoalOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::StrategyLaunchedOn => By::Row(Column::StrategySortDate),
            Self::Position => By::Row(Column::Position),
            Self::ProgrammeCount => By::Beside(derived::goal::PROGRAMME_COUNT),
            Self::InitiativeCount => By::Beside(derived::goal::INITIATIVE_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Goal {
    type Filter = GoalFilter;
    type OrderField = GoalOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Programme => (
                "programmes",
                Facet::Content(Path::along::<goal::Programmes>()),
            ),
            by => return common_facet(by),
        })
    }
}
