//! What clients can ask of lists of pages.

use async_graphql::{Enum, InputObject};
use entity::{derived, page::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        facet::FacetBy,
        filter::{DateFilter, Fields, Filter, Many, OptionalWordFilter, Tests, WordFilter},
        media,
        order::{OrderBy, OrderField},
        page::{self, Page},
    },
    ContentFilter, Listed, MediaFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet},
};

/// Which pages a list has.
pub type PageFilter = Filter<PageFields>;

/// What a list of pages goes by.
pub type PageOrder = OrderBy<PageOrderField>;

#[derive(InputObject)]
pub struct PageFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// The name of the site, such as `tech.gov.sg`.
    site: Option<OptionalWordFilter>,
    /// Its address within the site.
    permalink: Option<OptionalWordFilter>,
    /// What the site calls its form.
    layout: Option<OptionalWordFilter>,
    /// When the site published it.
    published_on: Option<DateFilter>,
    /// The content that it is a source of, of whatever kind.
    source_of: Option<Many<ContentFilter>>,
    /// The content that it mentions, of whatever kind.
    mentions: Option<Many<ContentFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
}

impl Fields for PageFields {
    type Row = Page;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.is("site", Column::Site.as_str(), self.site.as_ref())?;
        tests.is(
            "permalink",
            Column::Permalink.as_str(),
            self.permalink.as_ref(),
        )?;
        tests.is("layout", Column::Layout.as_str(), self.layout.as_ref())?;
        tests.date(
            "publishedOn",
            Column::SortDate.as_str(),
            derived::page::PUBLISHED_LAST.name,
            self.published_on.as_ref(),
        );
        tests.many::<page::SourceOf, _>("sourceOf", self.source_of.as_ref())?;
        tests.many::<page::Mentions, _>("mentions", self.mentions.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        Ok(())
    }
}

/// What a list of pages can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// When the site published it.
    PublishedOn,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for PageOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::PublishedOn => By::Row(Column::SortDate),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Page {
    type Filter = PageFilter;
    type OrderField = PageOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Site => ("site", Facet::Word(Column::Site.as_str())),
            FacetBy::Year => ("publishedOn", Facet::Year(Column::SortDate.as_str())),
            by => return common_facet(by),
        })
    }
}
