//! What clients can ask of lists of editions.

use async_graphql::{Enum, InputObject};
use entity::edition::Column;
use sea_orm::IdenStatic;

use super::{
    super::{
        edition::Edition,
        facet::FacetBy,
        filter::{Asked, DateTimeFilter, IntFilter, Tests},
        order::{OrderBy, OrderField},
    },
    Listed,
};
use crate::{
    error::Result,
    load::{By, Facet, Test},
};

/// Which editions a list has: all that is given must hold of them.
#[derive(InputObject)]
pub struct EditionFilter {
    /// Its number.
    number: Option<IntFilter>,
    /// When it was published.
    published_at: Option<DateTimeFilter>,
    /// All of these must hold too.
    and: Option<Vec<EditionFilter>>,
    /// At least one of these must hold too.
    or: Option<Vec<EditionFilter>>,
    /// This must not hold.
    not: Option<Box<EditionFilter>>,
}

/// What a list of editions goes by.
pub type EditionOrder = OrderBy<EditionOrderField>;

impl Asked for EditionFilter {
    fn test(&self, depth: usize) -> Result<Test> {
        let mut tests = Tests::of::<Edition>(depth)?;
        tests.is("number", Column::Number.as_str(), self.number.as_ref())?;
        tests.is(
            "publishedAt",
            Column::PublishedAt.as_str(),
            self.published_at.as_ref(),
        )?;
        tests.combined(self.and.as_deref(), self.or.as_deref(), self.not.as_deref())?;
        Ok(tests.all())
    }
}

/// What a list of editions can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditionOrderField {
    /// Its number.
    Number,
    /// When it was published.
    PublishedAt,
}

impl OrderField<Column> for EditionOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Number => By::Row(Column::Number),
            Self::PublishedAt => By::Row(Column::PublishedAt),
        }
    }
}

impl Listed for Edition {
    type Filter = EditionFilter;
    type OrderField = EditionOrderField;

    fn facet(_: FacetBy) -> Option<(&'static str, Facet)> {
        None
    }
}
