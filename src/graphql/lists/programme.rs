//! What clients can ask of lists of programmes.

use async_graphql::{Enum, InputObject};
use entity::{derived, node_facet, programme::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        facet::FacetBy,
        filter::{
            DateFilter, EnumFilter, Fields, Filter, IntFilter, Many, ManyInRole, One, Tests,
            WordFilter,
        },
        kind::ContentKind,
        media,
        order::{OrderBy, OrderField},
        partner::Partner,
        programme::{self, Audience, Programme},
    },
    AwardFilter, ChallengeFilter, EventFilter, GoalFilter, InitiativeFilter, Listed, MediaFilter,
    PartnerFilter, common_facet, words,
};
use crate::{
    error::Result,
    load::{By, Facet, Path},
};

/// Which programmes a list has.
pub type ProgrammeFilter = Filter<ProgrammeFields>;

/// What a list of programmes goes by.
pub type ProgrammeOrder = OrderBy<ProgrammeOrderField>;

#[derive(InputObject)]
pub struct ProgrammeFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// What kind of programme it is.
    kind: Option<EnumFilter<ContentKind>>,
    /// Whom it is for: one of its audiences is this.
    audience: Option<EnumFilter<Audience>>,
    /// When it began.
    started_on: Option<DateFilter>,
    /// When it ended.
    ended_on: Option<DateFilter>,
    /// The agency that leads it.
    lead_agency: Option<One<PartnerFilter>>,
    /// The programme that it is a part of.
    parent: Option<One<ProgrammeFilter>>,
    /// The goals that it works towards.
    goals: Option<Many<GoalFilter>>,
    /// The organisations that work on it beside the lead agency.
    partners: Option<ManyInRole<PartnerFilter>>,
    /// The programmes that are parts of it.
    parts: Option<Many<ProgrammeFilter>>,
    /// The initiatives inside it.
    initiatives: Option<Many<InitiativeFilter>>,
    /// The events about it.
    events: Option<Many<EventFilter>>,
    /// The awards that it was given.
    awards: Option<Many<AwardFilter>>,
    /// The challenges that it answers.
    challenges: Option<Many<ChallengeFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
    /// How many events are about it.
    event_count: Option<IntFilter>,
    /// How many initiatives are inside it.
    initiative_count: Option<IntFilter>,
    /// How many organisations work on it beside the lead agency.
    partner_count: Option<IntFilter>,
}

impl Fields for ProgrammeFields {
    type Row = Programme;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.is("kind", Column::Kind.as_str(), self.kind.as_ref())?;
        tests.facet(
            "audience",
            node_facet::Facet::Audience,
            self.audience.as_ref(),
        )?;
        tests.date(
            "startedOn",
            derived::programme::STARTED_SORT_DATE.name,
            derived::programme::STARTED_LAST.name,
            self.started_on.as_ref(),
        );
        tests.date(
            "endedOn",
            derived::programme::ENDED_SORT_DATE.name,
            derived::programme::ENDED_LAST.name,
            self.ended_on.as_ref(),
        );
        tests.one::<Partner, _>(
            "leadAgency",
            Column::LeadAgencyId,
            self.lead_agency.as_ref(),
        )?;
        tests.one::<Programme, _>("parent", Column::ParentId, self.parent.as_ref())?;
        tests.many::<programme::Goals, _>("goals", self.goals.as_ref())?;
        tests.many_in_role::<programme::Partners, _>("partners", self.partners.as_ref())?;
        tests.many::<programme::Parts, _>("parts", self.parts.as_ref())?;
        tests.many::<programme::Initiatives, _>("initiatives", self.initiatives.as_ref())?;
        tests.many::<programme::Events, _>("events", self.events.as_ref())?;
        tests.many::<programme::Awards, _>("awards", self.awards.as_ref())?;
        tests.many::<programme::Challenges, _>("challenges", self.challenges.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        tests.is(
            "eventCount",
            derived::programme::EVENT_COUNT.name,
            self.event_count.as_ref(),
        )?;
        tests.is(
            "initiativeCount",
            derived::programme::INITIATIVE_COUNT.name,
            self.initiative_count.as_ref(),
        )?;
        tests.is(
            "partnerCount",
            derived::programme::PARTNER_COUNT.name,
            self.partner_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of programmes can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgrammeOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// When it began.
    StartedOn,
    /// When it ended.
    EndedOn,
    /// The title of the agency that leads it.
    LeadAgencyTitle,
    /// How many events are about it.
    EventCount,
    /// How many initiatives are inside it.
    InitiativeCount,
    /// How many organisations work on it beside the lead agency.
    PartnerCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for ProgrammeOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::StartedOn => By::Beside(derived::programme::STARTED_SORT_DATE),
            Self::EndedOn => By::Beside(derived::programme::ENDED_SORT_DATE),
            Self::LeadAgencyTitle => By::Beside(derived::programme::LEAD_AGENCY_SORT_TITLE),
            Self::EventCount => By::Beside(derived::programme::EVENT_COUNT),
            Self::InitiativeCount => By::Beside(derived::programme::INITIATIVE_COUNT),
            Self::PartnerCount => By::Beside(derived::programme::PARTNER_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Programme {
    type Filter = ProgrammeFilter;
    type OrderField = ProgrammeOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Kind => ("kind", Facet::Word(Column::Kind.as_str())),
            FacetBy::Audience => words("audience", node_facet::Facet::Audience),
            FacetBy::Goal => ("goals", Facet::Content(Path::along::<programme::Goals>())),
            FacetBy::LeadAgency => (
                "leadAgency",
                Facet::Content(Path::to::<Partner>(Column::LeadAgencyId)),
            ),
            FacetBy::Partner => (
                "partners",
                Facet::Content(Path::along::<programme::Partners>()),
            ),
            FacetBy::Year => (
                "startedOn",
                Facet::Year(derived::programme::STARTED_SORT_DATE.name),
            ),
            by => return common_facet(by),
        })
    }
}
