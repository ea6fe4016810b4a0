//! What clients can ask of a list's rows: the form that all filters have.

mod compare;
mod tests;

use std::borrow::Cow;

use async_graphql::{InputObject, InputObjectType, InputType, TypeName};
use entity::{derived, node::Column};
use sea_orm::IdenStatic;

pub use self::{
    compare::{
        DateFilter, DateTimeFilter, DayFilter, DecimalFilter, EnumFilter, IdFilter, IntFilter,
        LongTextFilter, OptionalIntFilter, OptionalWordFilter, TextFilter, TitleFilter, WordFilter,
        YearFilter,
    },
    tests::{Tests, of_facet},
};
use super::{
    common::Topics,
    life_cycle::LifeCycleState,
    link::PartnerRole,
    lists::{PageFilter, PartnerFilter, TopicFilter},
    source::SourcePages,
};
use crate::{
    error::{Error, Result},
    load::{Row, Test},
};

/// The name that the filter of life cycles has, in all filters.
const LIFE_CYCLE: &str = "lifeCycle";

/// What a filter says of rows.
pub trait Asked: InputType {
    /// As a test. `depth` is how many filters it is inside of.
    fn test(&self, depth: usize) -> Result<Test>;
}

/// What can be asked of one kind of content alone.
pub trait Fields: InputObjectType {
    /// What is listed.
    type Row: Row;

    /// Adds what is asked to what must hold.
    fn add(&self, tests: &mut Tests) -> Result<()>;
}

/// Which pieces a list has: all that is given must hold of them. Lists have only what is live, unless
/// `lifeCycle` says otherwise.
#[derive(InputObject)]
#[graphql(name_type)]
pub struct Filter<F: Fields> {
    #[graphql(flatten)]
    own: F,
    /// Its identifier.
    id: Option<IdFilter>,
    /// Its title.
    title: Option<TitleFilter>,
    /// Its summary.
    summary: Option<LongTextFilter>,
    /// The language of the original, such as `en`.
    language: Option<WordFilter>,
    /// The licence's name, such as `CC-BY-4.0`.
    licence: Option<OptionalWordFilter>,
    /// Where it stands in its life. Without this, only what is `LIVE` is listed; as soon as a filter has it
    /// anywhere, also inside `or`, it alone decides.
    life_cycle: Option<EnumFilter<LifeCycleState>>,
    /// What it is about.
    topics: Option<Many<TopicFilter>>,
    /// The pages that it, or one of its fields, is from.
    source_pages: Option<Many<PageFilter>>,
    /// The agency whose duty it is to keep it right.
    owner: Option<One<PartnerFilter>>,
    /// When it was first published here.
    published_at: Option<DateTimeFilter>,
    /// When its words last changed.
    content_updated_at: Option<DateTimeFilter>,
    /// When anything of it last changed.
    record_updated_at: Option<DateTimeFilter>,
    /// When somebody last looked whether it still holds.
    reviewed_on: Option<DayFilter>,
    /// When somebody must look again.
    review_due_by: Option<DayFilter>,
    /// All of these must hold too.
    and: Option<Vec<Filter<F>>>,
    /// At least one of these must hold too.
    or: Option<Vec<Filter<F>>>,
    /// This must not hold. What nobody knows does not hold: `not: {startedOn: {gte: "2020"}}` has those
    /// without a date too.
    not: Option<Box<Filter<F>>>,
}

impl<F: Fields> TypeName for Filter<F> {
    fn type_name() -> Cow<'static, str> {
        named(&F::type_name(), "Fields", "Filter")
    }
}

/// A name with another ending.
pub(super) fn named(name: &str, ending: &str, other: &str) -> Cow<'static, str> {
    let stem = name.strip_suffix(ending).unwrap_or(name);
    format!("{stem}{other}").into()
}

impl<F: Fields> Asked for Filter<F> {
    fn test(&self, depth: usize) -> Result<Test> {
        let mut tests = Tests::of::<F::Row>(depth)?;
        tests.is("id", "id", self.id.as_ref())?;
        tests.is("title", "sort_title", self.title.as_ref())?;
        tests.folded("summary", self.summary.as_ref())?;
        tests.node(
            "language",
            Column::Language.as_str(),
            self.language.as_ref(),
        )?;
        tests.node("licence", Column::Licence.as_str(), self.licence.as_ref())?;
        tests.is(LIFE_CYCLE, "state", self.life_cycle.as_ref())?;
        tests.many::<Topics, _>("topics", self.topics.as_ref())?;
        tests.many::<SourcePages, _>("sourcePages", self.source_pages.as_ref())?;
        tests.owner("owner", self.owner.as_ref())?;
        let moments = [
            (
                "publishedAt",
                derived::node::PUBLISHED_AT,
                &self.published_at,
            ),
            (
                "contentUpdatedAt",
                derived::node::CONTENT_UPDATED_AT,
                &self.content_updated_at,
            ),
            (
                "recordUpdatedAt",
                derived::node::RECORD_UPDATED_AT,
                &self.record_updated_at,
            ),
        ];
        for (name, column, filter) in moments {
            tests.node(name, column.name, filter.as_ref())?;
        }
        let reviewed = Column::ReviewedOn.as_str();
        tests.node("reviewedOn", reviewed, self.reviewed_on.as_ref())?;
        let due = Column::ReviewDueOn.as_str();
        tests.node("reviewDueBy", due, self.review_due_by.as_ref())?;
        self.own.add(&mut tests)?;
        tests.combined(self.and.as_deref(), self.or.as_deref(), self.not.as_deref())?;
        Ok(tests.all())
    }
}

/// What a list shows that a client asks for with this filter: only what is live, unless it says otherwise.
pub fn shown<R: Row>(filter: Option<&impl Asked>) -> Result<Test> {
    let test = filter.map_or_else(|| Ok(Test::always()), |filter| filter.test(0))?;
    let size = test.size();
    if size > MOST_COMPARISONS {
        return Err(Error::TooMuch(format!(
            "`filter` makes {size} comparisons, but at most {MOST_COMPARISONS} are made"
        )));
    }
    if test.names(LIFE_CYCLE) {
        return Ok(test);
    }
    Ok(Test::live::<R>().and(test))
}

/// How deep filters stand in each other: `and`, `or`, `not` and related pieces.
pub const MOST_DEPTH: usize = 8;

/// How many comparisons a filter makes.
pub const MOST_COMPARISONS: usize = 200;

/// Pieces that a piece is related to.
#[derive(InputObject)]
#[graphql(name_type)]
pub struct Many<F: Asked> {
    /// Of at least one of them this holds.
    some: Option<Box<F>>,
    /// Of none of them this holds.
    none: Option<Box<F>>,
    /// Of all of them this holds; also where there are none.
    every: Option<Box<F>>,
}

impl<F: Asked> TypeName for Many<F> {
    fn type_name() -> Cow<'static, str> {
        named(&F::type_name(), "Filter", "ListFilter")
    }
}

/// Pieces that a piece is related to in a role.
#[derive(InputObject)]
#[graphql(name_type)]
pub struct ManyInRole<F: Asked> {
    /// Of at least one of them this holds.
    some: Option<Box<F>>,
    /// Of none of them this holds.
    none: Option<Box<F>>,
    /// Of all of them this holds; also where there are none.
    every: Option<Box<F>>,
    /// Only those in one of these roles are looked at. Alone, it asks that there are some.
    role: Option<EnumFilter<PartnerRole>>,
}

impl<F: Asked> TypeName for ManyInRole<F> {
    fn type_name() -> Cow<'static, str> {
        named(&F::type_name(), "Filter", "RoleListFilter")
    }
}

/// The piece that a piece is related to.
#[derive(InputObject)]
#[graphql(name_type)]
pub struct One<F: Asked> {
    /// There is one, and this holds of it.
    is: Option<Box<F>>,
    /// Whether there is none.
    is_null: Option<bool>,
}

impl<F: Asked> TypeName for One<F> {
    fn type_name() -> Cow<'static, str> {
        named(&F::type_name(), "Filter", "LinkFilter")
    }
}
