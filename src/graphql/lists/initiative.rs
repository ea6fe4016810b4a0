//! What clients can ask of lists of initiatives.

use async_graphql::{Enum, InputObject};
use entity::{derived, initiative::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        facet::FacetBy,
        filter::{
            DateFilter, EnumFilter, Fields, Filter, IntFilter, Many, ManyInRole, One, Tests,
            WordFilter,
        },
        initiative::{self, Initiative, InitiativeStatus},
        media,
        order::{OrderBy, OrderField},
        programme::Programme,
    },
    EventFilter, GoalFilter, Listed, MediaFilter, PartnerFilter, ProgrammeFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet, Path},
};

/// Which initiatives a list has.
pub type InitiativeFilter = Filter<InitiativeFields>;

/// What a list of initiatives goes by.
pub type InitiativeOrder = OrderBy<InitiativeOrderField>;

#[derive(InputObject)]
pub struct InitiativeFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// How far it is.
    status: Option<EnumFilter<InitiativeStatus>>,
    /// When it began.
    started_on: Option<DateFilter>,
    /// When it ended.
    ended_on: Option<DateFilter>,
    /// The programme that it is inside of.
    programme: Option<One<ProgrammeFilter>>,
    /// The goals that it works towards.
    goals: Option<Many<GoalFilter>>,
    /// The organisations that work on it.
    partners: Option<ManyInRole<PartnerFilter>>,
    /// The events about it.
    events: Option<Many<EventFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
    /// How many events are about it.
    event_count: Option<IntFilter>,
    /// How many organisations work on it.
    partner_count: Option<IntFilter>,
}

impl Fields for InitiativeFields {
    type Row = Initiative;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.is("status", Column::Status.as_str(), self.status.as_ref())?;
        tests.date(
            "startedOn",
            derived::initiative::STARTED_SORT_DATE.name,
            derived::initiative::STARTED_LAST.name,
            self.started_on.as_ref(),
        );
        tests.date(
            "endedOn",
            derived::initiative::ENDED_SORT_DATE.name,
            derived::initiative::ENDED_LAST.name,
            self.ended_on.as_ref(),
        );
        tests.one::<Programme, _>("programme", Column::ProgrammeId, self.programme.as_ref())?;
        tests.many::<initiative::Goals, _>("goals", self.goals.as_ref())?;
        tests.many_in_role::<initiative::Partners, _>("partners", self.partners.as_ref())?;
        tests.many::<initiative::Events, _>("events", self.events.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        tests.is(
            "eventCount",
            derived::initiative::EVENT_COUNT.name,
            self.event_count.as_ref(),
        )?;
        tests.is(
            "partnerCount",
            derived::initiative::PARTNER_COUNT.name,
            self.partner_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of initiatives can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitiativeOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// When it began.
    StartedOn,
    /// When it ended.
    EndedOn,
    /// The title of the programme that it is inside of.
    ProgrammeTitle,
    /// How many events are about it.
    EventCount,
    /// How many organisations work on it.
    PartnerCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for InitiativeOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::StartedOn => By::Beside(derived::initiative::STARTED_SORT_DATE),
            Self::EndedOn => By::Beside(derived::initiative::ENDED_SORT_DATE),
            Self::ProgrammeTitle => By::Beside(derived::initiative::PROGRAMME_SORT_TITLE),
            Self::EventCount => By::Beside(derived::initiative::EVENT_COUNT),
            Self::PartnerCount => By::Beside(derived::initiative::PARTNER_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Initiative {
    type Filter = InitiativeFilter;
    type OrderField = InitiativeOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Status => ("status", Facet::Word(Column::Status.as_str())),
            FacetBy::Goal => ("goals", Facet::Content(Path::along::<initiative::Goals>())),
            FacetBy::Partner => (
                "partners",
                Facet::Content(Path::along::<initiative::Partners>()),
            ),
            FacetBy::Programme => (
                "programme",
                Facet::Content(Path::to::<Programme>(Column::ProgrammeId)),
            ),
            FacetBy::Year => (
                "startedOn",
                Facet::Year(derived::initiative::STARTED_SORT_DATE.name),
            ),
            by => return common_facet(by),
        })
    }
}
