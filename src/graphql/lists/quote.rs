//! What clients can ask of lists of quotes.

use async_graphql::{Enum, InputObject};
use entity::{derived, quote::Column};
use sea_orm::IdenStatic;

use super::{
    super::{
        event::Event,
        facet::FacetBy,
        filter::{DateFilter, Fields, Filter, LongTextFilter, Many, One, Tests, WordFilter},
        media,
        order::{OrderBy, OrderField},
        person::Person,
        quote::{self, Quote},
    },
    ContentFilter, EventFilter, Listed, MediaFilter, PersonFilter, common_facet,
};
use crate::{
    error::Result,
    load::{By, Facet},
};

/// Which quotes a list has.
pub type QuoteFilter = Filter<QuoteFields>;

/// What a list of quotes goes by.
pub type QuoteOrder = OrderBy<QuoteOrderField>;

#[derive(InputObject)]
pub struct QuoteFields {
    /// Its name in addresses.
    slug: Option<WordFilter>,
    /// When it was said.
    said_on: Option<DateFilter>,
    /// What was said, word for word.
    words: Option<LongTextFilter>,
    /// What was said, in indirect speech.
    gist: Option<LongTextFilter>,
    /// Who said it.
    speaker: Option<One<PersonFilter>>,
    /// The event at which it was said.
    event: Option<One<EventFilter>>,
    /// What it is about, of whatever kind.
    about: Option<Many<ContentFilter>>,
    /// What it shows.
    media: Option<Many<MediaFilter>>,
}

impl Fields for QuoteFields {
    type Row = Quote;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is("slug", Column::Slug.as_str(), self.slug.as_ref())?;
        tests.date(
            "saidOn",
            Column::SortDate.as_str(),
            derived::quote::SAID_LAST.name,
            self.said_on.as_ref(),
        );
        tests.folded("words", self.words.as_ref())?;
        tests.folded("gist", self.gist.as_ref())?;
        tests.one::<Person, _>("speaker", Column::SpeakerId, self.speaker.as_ref())?;
        tests.one::<Event, _>("event", Column::EventId, self.event.as_ref())?;
        tests.many::<quote::About, _>("about", self.about.as_ref())?;
        tests.many::<media::Shown, _>("media", self.media.as_ref())?;
        Ok(())
    }
}

/// What a list of quotes can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// When it was said.
    SaidOn,
    /// The name of who said it.
    SpeakerTitle,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for QuoteOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::SaidOn => By::Row(Column::SortDate),
            Self::SpeakerTitle => By::Beside(derived::quote::SPEAKER_SORT_TITLE),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for Quote {
    type Filter = QuoteFilter;
    type OrderField = QuoteOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        Some(match by {
            FacetBy::Year => ("saidOn", Facet::Year(Column::SortDate.as_str())),
            by => return common_facet(by),
        })
    }
}
