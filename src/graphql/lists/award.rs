//! What clients can ask of lists of awards.

use async_graphql::{Enum, InputObject};
use entity::{award::Column, derived};
use sea_orm::IdenStatic;

use super::{
    super::{
        award::{self, Award},
        facet::FacetBy,
        filter::{
            DateFilter, Fields, Filter, IntFilter, Many, One, OptionalIntFilter, Tests, TextFilter,
            WordFilter,
        },
        media,
        order::{OrderBy, OrderField},
        partner::Partner,
        programme::Programme,
    },
    Listed, MediaFilter, PartnerFilter, ProgrammeFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet, Path},
};

/// Which awards a list has.
pub type AwardFilter = Filter<AwardFields>;

/// What a list of awards goes by.
pub type AwardOrder = OrderBy<AwardOrderField>;

#[derive(InputObject)]
pub struct AwardFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// When it was given.
    awarded_on: Option<DateFilter>,
    /// The place in a ranking.
    rank: Option<OptionalIntFilter>,
    /// The part of the award that it is.
    category: Option<TextFilter>,
    /// Who gave it.
    awarded_by: Option<One<PartnerFilter>>,
    /// The programme that it was given for.
    programme: Option<One<ProgrammeFilter>>,
    /// Who got it.
    recipients: Option<Many<PartnerFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
    /// How many got it.
    recipient_count: Option<IntFilter>,
}

impl Fields for AwardFields {
    type Row = Award;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.date(
            "awardedOn",
            Column::SortDate.as_str(),
            derived::award::AWARDED_LAST.name,
            self.awarded_on.as_ref(),
        );
        tests.is("rank", Column::Rank.as_str(), self.rank.as_ref())?;
        tests.text(
            "category",
            Column::Category.as_str(),
            self.category.as_ref(),
        )?;
        tests.one::<Partner, _>("awardedBy", Column::AwardedById, self.awarded_by.as_ref())?;
        tests.one::<Programme, _>("programme", Column::ProgrammeId, self.programme.as_ref())?;
        tests.many::<award::Recipients, _>("recipients", self.recipients.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        tests.is(
            "recipientCount",
            derived::award::RECIPIENT_COUNT.name,
            self.recipient_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of awards can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwardOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// When it was given.
    AwardedOn,
    /// The title of the programme that it was given for.
    ProgrammeTitle,
    /// How many got it.
    RecipientCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for AwardOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::AwardedOn => By::Row(Column::SortDate),
            Self::ProgrammeTitle => By::Beside(derived::award::PROGRAMME_SORT_TITLE),
            Self::RecipientCount => By::Beside(derived::award::RECIPIENT_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Award {
    type Filter = AwardFilter;
    type OrderField = AwardOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Partner => (
                "recipients",
                Facet::Content(Path::along::<award::Recipients>()),
            ),
            FacetBy::Programme => (
                "programme",
                Facet::Content(Path::to::<Programme>(Column::ProgrammeId)),
            ),
            FacetBy::Year => ("awardedOn", Facet::Year(Column::SortDate.as_str())),
            by => return common_facet(by),
        })
    }
}
