//! What clients can ask of lists of people.

use async_graphql::{Enum, InputObject};
use entity::{derived, person::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        facet::FacetBy,
        filter::{Fields, Filter, IntFilter, Many, One, Tests, TextFilter, WordFilter},
        media,
        order::{OrderBy, OrderField},
        partner::Partner,
        person::{self, Person},
    },
    Listed, MediaFilter, PartnerFilter, QuoteFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet, Path},
};

/// Which people a list has.
pub type PersonFilter = Filter<PersonFields>;

/// What a list of people goes by.
pub type PersonOrder = OrderBy<PersonOrderField>;

#[derive(InputObject)]
pub struct PersonFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// What they do.
    role: Option<TextFilter>,
    /// The organisation that they speak for.
    organisation: Option<One<PartnerFilter>>,
    /// What they said.
    quotes: Option<Many<QuoteFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
    /// How much of what they said is here.
    quote_count: Option<IntFilter>,
}

impl Fields for PersonFields {
    type Row = Person;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.text("role", Column::Role.as_str(), self.role.as_ref())?;
        tests.one::<Partner, _>(
            "organisation",
            Column::OrganisationId,
            self.organisation.as_ref(),
        )?;
        tests.many::<person::Quotes, _>("quotes", self.quotes.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        tests.is(
            "quoteCount",
            derived::person::QUOTE_COUNT.name,
            self.quote_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of people can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// The title of the organisation that they speak for.
    OrganisationTitle,
    /// How much of what they said is here.
    QuoteCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for PersonOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::OrganisationTitle => By::Beside(derived::person::ORGANISATION_SORT_TITLE),
            Self::QuoteCount => By::Beside(derived::person::QUOTE_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Person {
    type Filter = PersonFilter;
    type OrderField = PersonOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Partner => (
                "organisation",
                Facet::Content(Path::to::<Partner>(Column::OrganisationId)),
            ),
            by => return common_facet(by),
        })
    }
}
