//! What clients can ask of lists of partners.

use async_graphql::{Enum, InputObject};
use entity::{derived, partner::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        facet::FacetBy,
        filter::{
            EnumFilter, Fields, Filter, IntFilter, Many, ManyInRole, One, OptionalWordFilter,
            Tests, WordFilter,
        },
        kind::ContentKind,
        media,
        order::{OrderBy, OrderField},
        partner::{self, Partner},
    },
    AwardFilter, EventFilter, InitiativeFilter, Listed, MediaFilter, PersonFilter, ProgrammeFilter,
    common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet, Path},
};

/// Which partners a list has.
pub type PartnerFilter = Filter<PartnerFields>;

/// What a list of partners goes by.
pub type PartnerOrder = OrderBy<PartnerOrderField>;

#[derive(InputObject)]
pub struct PartnerFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// What kind of organisation it is.
    kind: Option<EnumFilter<ContentKind>>,
    /// Where it is at home: two letters (ISO 3166-1 alpha-2), such as `SG`.
    country: Option<OptionalWordFilter>,
    /// The organisation that it is a part of.
    parent_organisation: Option<One<PartnerFilter>>,
    /// The organisations that are parts of it.
    sub_organisations: Option<Many<PartnerFilter>>,
    /// The programmes that it leads.
    led_programmes: Option<Many<ProgrammeFilter>>,
    /// The programmes that it works on without leading them.
    programmes: Option<ManyInRole<ProgrammeFilter>>,
    /// The initiatives that it works on.
    initiatives: Option<ManyInRole<InitiativeFilter>>,
    /// The events that it has a part in.
    events: Option<ManyInRole<EventFilter>>,
    /// The people who speak for it.
    people: Option<Many<PersonFilter>>,
    /// The awards that it got.
    awards: Option<Many<AwardFilter>>,
    /// The awards that it gave.
    awards_given: Option<Many<AwardFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
    /// How many programmes it works on without leading them.
    programme_count: Option<IntFilter>,
    /// How many programmes it leads.
    led_programme_count: Option<IntFilter>,
    /// How many initiatives it works on.
    initiative_count: Option<IntFilter>,
    /// How many events it has a part in.
    event_count: Option<IntFilter>,
}

impl Fields for PartnerFields {
    type Row = Partner;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.is("kind", Column::Kind.as_str(), self.kind.as_ref())?;
        tests.is("country", Column::Country.as_str(), self.country.as_ref())?;
        tests.one::<Partner, _>(
            "parentOrganisation",
            Column::ParentId,
            self.parent_organisation.as_ref(),
        )?;
        tests.many::<partner::SubOrganisations, _>(
            "subOrganisations",
            self.sub_organisations.as_ref(),
        )?;
        tests.many::<partner::LedProgrammes, _>("ledProgrammes", self.led_programmes.as_ref())?;
        tests.many_in_role::<partner::Programmes, _>("programmes", self.programmes.as_ref())?;
        tests.many_in_role::<partner::Initiatives, _>("initiatives", self.initiatives.as_ref())?;
        tests.many_in_role::<partner::Events, _>("events", self.events.as_ref())?;
        tests.many::<partner::People, _>("people", self.people.as_ref())?;
        tests.many::<partner::Awards, _>("awards", self.awards.as_ref())?;
        tests.many::<partner::AwardsGiven, _>("awardsGiven", self.awards_given.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        tests.is(
            "programmeCount",
            derived::partner::PROGRAMME_COUNT.name,
            self.programme_count.as_ref(),
        )?;
        tests.is(
            "ledProgrammeCount",
            derived::partner::LED_PROGRAMME_COUNT.name,
            self.led_programme_count.as_ref(),
        )?;
        tests.is(
            "initiativeCount",
            derived::partner::INITIATIVE_COUNT.name,
            self.initiative_count.as_ref(),
        )?;
        tests.is(
            "eventCount",
            derived::partner::EVENT_COUNT.name,
            self.event_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of partners can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartnerOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// How many programmes it works on without leading them.
    ProgrammeCount,
    /// How many programmes it leads.
    LedProgrammeCount,
    /// How many initiatives it works on.
    InitiativeCount,
    /// How many events it has a part in.
    EventCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for PartnerOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::ProgrammeCount => By::Beside(derived::partner::PROGRAMME_COUNT),
            Self::LedProgrammeCount => By::Beside(derived::partner::LED_PROGRAMME_COUNT),
            Self::InitiativeCount => By::Beside(derived::partner::INITIATIVE_COUNT),
            Self::EventCount => By::Beside(derived::partner::EVENT_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Partner {
    type Filter = PartnerFilter;
    type OrderField = PartnerOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Kind => ("kind", Facet::Word(Column::Kind.as_str())),
            FacetBy::Country => ("country", Facet::Word(Column::Country.as_str())),
            FacetBy::Programme => (
                "programmes",
                Facet::Content(Path::along::<partner::Programmes>()),
            ),
            by => return common_facet(by),
        })
    }
}
