//! What clients can ask of lists of challenges.

use async_graphql::{Enum, InputObject};
use entity::{challenge::Column, derived};
use sea_orm::IdenStatic;

use super::{
    super::{
        challenge::{self, Challenge},
        event::Event,
        facet::FacetBy,
        filter::{Fields, Filter, IntFilter, LongTextFilter, Many, One, Tests, WordFilter},
        media,
        order::{OrderBy, OrderField},
    },
    EventFilter, Listed, MediaFilter, ProgrammeFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet, Path},
};

/// Which challenges a list has.
pub type ChallengeFilter = Filter<ChallengeFields>;

/// What a list of challenges goes by.
pub type ChallengeOrder = OrderBy<ChallengeOrderField>;

#[derive(InputObject)]
pub struct ChallengeFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// Its place in the list that it is from, from 1; 0 where there is none.
    position: Option<IntFilter>,
    /// What is done about it.
    mitigation: Option<LongTextFilter>,
    /// The event at which it was named.
    event: Option<One<EventFilter>>,
    /// The programmes that answer it.
    programmes: Option<Many<ProgrammeFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
    /// How many programmes answer it.
    programme_count: Option<IntFilter>,
}

impl Fields for ChallengeFields {
    type Row = Challenge;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.is(
            "position",
            Column::Position.as_str(),
            self.position.as_ref(),
        )?;
        tests.folded("mitigation", self.mitigation.as_ref())?;
        tests.one::<Event, _>("event", Column::EventId, self.event.as_ref())?;
        tests.many::<challenge::Programmes, _>("programmes", self.programmes.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        tests.is(
            "programmeCount",
            derived::challenge::PROGRAMME_COUNT.name,
            self.programme_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of challenges can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengeOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// Its place in the list that it is from.
    Position,
    /// How many programmes answer it.
    ProgrammeCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for ChallengeOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::Position => By::Row(Column::Position),
            Self::ProgrammeCount => By::Beside(derived::challenge::PROGRAMME_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Challenge {
    type Filter = ChallengeFilter;
    type OrderField = ChallengeOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Programme => (
                "programmes",
                Facet::Content(Path::along::<challenge::Programmes>()),
            ),
            by => return common_facet(by),
        })
    }
}
