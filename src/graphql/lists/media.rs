//! What clients can ask of lists of media.

use async_graphql::{Enum, InputObject};
use entity::{derived, media::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        any_content::AnyContent,
        facet::FacetBy,
        filter::{
            EnumFilter, Fields, Filter, IntFilter, LongTextFilter, Many, OptionalWordFilter, Tests,
            WordFilter,
        },
        kind::ContentKind,
        media::{self, Media},
        order::{OrderBy, OrderField},
    },
    ContentFilter, Listed, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet},
};

/// Which media a list has.
pub type MediaFilter = Filter<MediaFields>;

/// What a list of media goes by.
pub type MediaOrder = OrderBy<MediaOrderField>;

#[derive(InputObject)]
pub struct MediaFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// What kind of medium it is.
    kind: Option<EnumFilter<ContentKind>>,
    /// Where it is.
    url: Option<WordFilter>,
    /// The type of the file, such as `image/png`.
    mime_type: Option<OptionalWordFilter>,
    /// Whose player shows it, such as `youtube`.
    provider: Option<OptionalWordFilter>,
    /// Whether it only decorates.
    decorative: Option<bool>,
    /// What it shows, for people who do not see it.
    alt_text: Option<LongTextFilter>,
    /// What is written below it.
    caption: Option<LongTextFilter>,
    /// What shows it, of whatever kind.
    shown_by: Option<Many<ContentFilter>>,
    /// How much content shows it.
    shown_count: Option<IntFilter>,
}

impl Fields for MediaFields {
    type Row = Media;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.is("kind", Column::Kind.as_str(), self.kind.as_ref())?;
        tests.is("url", Column::SourceUrl.as_str(), self.url.as_ref())?;
        tests.is(
            "mimeType",
            Column::MimeType.as_str(),
            self.mime_type.as_ref(),
        )?;
        tests.is(
            "provider",
            Column::Provider.as_str(),
            self.provider.as_ref(),
        )?;
        tests.is(
            "decorative",
            Column::Decorative.as_str(),
            self.decorative.as_ref(),
        )?;
        tests.folded("altText", self.alt_text.as_ref())?;
        tests.folded("caption", self.caption.as_ref())?;
        tests.many::<media::ShownBy<AnyContent>, _>("shownBy", self.shown_by.as_ref())?;
        tests.is(
            "shownCount",
            derived::media::SHOWN_COUNT.name,
            self.shown_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of media can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// How much content shows it.
    ShownCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for MediaOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::ShownCount => By::Beside(derived::media::SHOWN_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Media {
    type Filter = MediaFilter;
    type OrderField = MediaOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Kind => ("kind", Facet::Word(Column::Kind.as_str())),
            by => return common_facet(by),
        })
    }
}
