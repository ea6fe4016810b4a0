//! What clients can ask of lists of topics.

use async_graphql::{Enum, InputObject};
use entity::{derived, topic::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        facet::FacetBy,
        filter::{Fields, Filter, IntFilter, Many, Tests, WordFilter},
        media,
        order::{OrderBy, OrderField},
        topic::{self, Topic},
    },
    ContentFilter, Listed, MediaFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet},
};

/// Which topics a list has.
pub type TopicFilter = Filter<TopicFields>;

/// What a list of topics goes by.
pub type TopicOrder = OrderBy<TopicOrderField>;

#[derive(InputObject)]
pub struct TopicFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// The content about it, of whatever kind.
    content: Option<Many<ContentFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
    /// How much content is about it.
    content_count: Option<IntFilter>,
}

impl Fields for TopicFields {
    type Row = Topic;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.many::<topic::TopicContent, _>("content", self.content.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        tests.is(
            "contentCount",
            derived::topic::CONTENT_COUNT.name,
            self.content_count.as_ref(),
        )?;
        Ok(())
    }
}

/// What a list of topics can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum TopicOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// How much content is about it.
    ContentCount,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for TopicOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::ContentCount => By::Beside(derived::topic::CONTENT_COUNT),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Topic {
    type Filter = TopicFilter;
    type OrderField = TopicOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        common_facet(by)
    }
}
