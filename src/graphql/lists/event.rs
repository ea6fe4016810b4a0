//! What clients can ask of lists of events.

use async_graphql::{Enum, InputObject};
use entity::{derived, event::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        event::{self, Event},
        facet::FacetBy,
        filter::{
            DateFilter, EnumFilter, Fields, Filter, IntFilter, Many, ManyInRole, One,
            OptionalWordFilter, Tests, TextFilter, WordFilter,
        },
        initiative::Initiative,
        kind::ContentKind,
        media,
        order::{OrderBy, OrderField},
        programme::Programme,
    },
    ChallengeFilter, EventSessionFilter, InitiativeFilter, Listed, MediaFilter, PartnerFilter,
    ProgrammeFilter, QuoteFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet, Path},
};

/// Which events a list has.
pub type EventFilter = Filter<EventFields>;

/// What a list of events goes by.
pub type EventOrder = OrderBy<EventOrderField>;

#[derive(InputObject)]
pub struct EventFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// What kind of event it is.
    kind: Option<EnumFilter<ContentKind>>,
    /// When it starts.
    starts_on: Option<DateFilter>,
    /// When it ends.
    ends_on: Option<DateFilter>,
    /// Where it takes place.
    venue: Option<TextFilter>,
    /// The country where it takes place: two letters (ISO 3166-1 alpha-2), such as `SG`.
    country: Option<OptionalWordFilter>,
    /// The series that it is one of.
    series: Option<TextFilter>,
    /// The programme that it is about.
    programme: Option<One<ProgrammeFilter>>,
    /// The initiative that it is about.
    initiative: Option<One<InitiativeFilter>>,
    /// The organisations that have a part in it.
    partners: Option<ManyInRole<PartnerFilter>>,
    /// What people said there.
    quotes: Option<Many<QuoteFilter>>,
    /// The challenges that were named there.
    challenges: Option<Many<ChallengeFilter>>,
    /// Its parts.
    sessions: Option<Many<EventSessionFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
    /// How many organisations have a part in it.
    partner_count: Option<IntFilter>,
}

impl Fields for EventFields {
    type Row = Event;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.is("kind", Column::Kind.as_str(), self.kind.as_ref())?;
        tests.date(
            "startsOn",
            Column::SortDate.as_str(),
            derived::event::STARTS_LAST.name,
            self.starts_on.as_ref(),
        );
        tests.date(
            "endsOn",
            derived::event::ENDS_SORT_DATE.name,
            derived::event::ENDS_LAST.name,
            self.ends_on.as_ref(),
        );
        tests.text("venue", Column::Venue.as_str(), self.venue.as_ref())?;
        tests.is("country", Column::Country.as_str(), self.country.as_ref())?;
        tests.text("series", Column::Series.as_str(), self.series.as_ref())?;
        tests.one::<Programme, _>("programme", Column::ProgrammeId, self.programme.as_ref())?;
        tests.one::<Initiative, _>("initiative", Column::InitiativeId, self.initiative.as_ref())?;
        tests.many_in_role::<event::Partners, _>("partners", self.partners.as_ref())?;
        tests.many::<event::Quotes, _>("quotes", self.quotes.as_ref())?;
        tests.many::<event::Challenges, _>("challenges", self.challenges.as_ref())?;
        tests.many::<event::Sessions, _>("sessions", self.sessions.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        tests.is(
            "partnerCount",
            derived::event::PARTNER_COUNT.name,
            self.partner_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of events can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// When it starts.
    StartsOn,
    /// When it ends.
    EndsOn,
    /// The title of the programme that it is about.
    ProgrammeTitle,
    /// How many organisations have a part in it.
    PartnerCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for EventOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::StartsOn => By::Row(Column::SortDate),
            Self::EndsOn => By::Beside(derived::event::ENDS_SORT_DATE),
            Self::ProgrammeTitle => By::Beside(derived::event::PROGRAMME_SORT_TITLE),
            Self::PartnerCount => By::Beside(derived::event::PARTNER_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Event {
    type Filter = EventFilter;
    type OrderField = EventOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Kind => ("kind", Facet::Word(Column::Kind.as_str())),
            FacetBy::Country => ("country", Facet::Word(Column::Country.as_str())),
            FacetBy::Partner => ("partners", Facet::Content(Path::along::<event::Partners>())),
            FacetBy::Programme => (
                "programme",
                Facet::Content(Path::to::<Programme>(Column::ProgrammeId)),
            ),
            FacetBy::Year => ("startsOn", Facet::Year(Column::SortDate.as_str())),
            by => return common_facet(by),
        })
    }
}
