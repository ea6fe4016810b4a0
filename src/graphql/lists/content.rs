//! What clients can ask of lists of content of all kinds.

use async_graphql::{Enum, InputObject};
use entity::{derived, node::Column, node_facet};
use sea_orm::IdenStatic;

use super::{
    super::{
        any_content::AnyContent,
        change::ContentType,
        facet::FacetBy,
        filter::{EnumFilter, Fields, Filter, Many, Tests, YearFilter, of_facet},
        goal::Goal,
        kind::ContentKind,
        order::{OrderBy, OrderField},
        partner::Partner,
        programme::{Audience, Programme},
    },
    GoalFilter, Listed, PartnerFilter, ProgrammeFilter, common_facet, words,
};
use crate::{
    error::Result,
    load::{By, Facet, Path, Row},
};

/// Which content a list has.
pub type ContentFilter = Filter<ContentFields>;

/// What a list of content goes by.
pub type ContentOrder = OrderBy<ContentOrderField>;

/// The filter of what a piece is, which `search(kinds:)` stands for too.
pub const TYPE: &str = "type";

#[derive(InputObject)]
pub struct ContentFields {
    /// What it is: a programme, an event and so on.
    #[graphql(name = "type")]
    of_type: Option<EnumFilter<ContentType>>,
    /// What kind of programme, organisation, event or medium it is.
    kind: Option<EnumFilter<ContentKind>>,
    /// Whom it is for: one of its audiences is this.
    audience: Option<EnumFilter<Audience>>,
    /// The year in which it began, took place, was said or published, or in which the time begins that it
    /// speaks of.
    year: Option<YearFilter>,
    /// The goals that it works towards, or those of its programme.
    goals: Option<Many<GoalFilter>>,
    /// The organisations that have a part in it, whatever part.
    partners: Option<Many<PartnerFilter>>,
    /// The programmes that it belongs to; a programme belongs to itself.
    programmes: Option<Many<ProgrammeFilter>>,
}

impl Fields for ContentFields {
    type Row = AnyContent;

    fn add(&self, tests: &mut Tests) -> Result<()> {
        tests.is(TYPE, Column::Kind.as_str(), self.of_type.as_ref())?;
        tests.facet("kind", node_facet::Facet::Kind, self.kind.as_ref())?;
        tests.facet(
            "audience",
            node_facet::Facet::Audience,
            self.audience.as_ref(),
        )?;
        tests.facet("year", node_facet::Facet::Year, self.year.as_ref())?;
        if let Some(goals) = &self.goals {
            tests.along("goals", &told_by::<Goal>(node_facet::Facet::Goal), goals)?;
        }
        if let Some(partners) = &self.partners {
            let path = told_by::<Partner>(node_facet::Facet::Partner);
            tests.along("partners", &path, partners)?;
        }
        if let Some(programmes) = &self.programmes {
            let path = told_by::<Programme>(node_facet::Facet::Programme);
            tests.along("programmes", &path, programmes)?;
        }
        Ok(())
    }
}

/// From content to the pieces that it is told apart by.
fn told_by<R: Row>(facet: node_facet::Facet) -> Path {
    Path::through::<R>("node_facet", "node_id", "target_id", of_facet(facet))
}

/// What a list of content can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentOrderField {
    /// Its title, by its letters, without case and accents.
    Title,
    /// When it was first published here.
    PublishedAt,
    /// When its words last changed.
    ContentUpdatedAt,
    /// When anything of it last changed.
    RecordUpdatedAt,
}

impl OrderField<Column> for ContentOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Title => By::Row(Column::SortTitle),
            Self::PublishedAt => By::Beside(derived::node::PUBLISHED_AT),
            Self::ContentUpdatedAt => By::Beside(derived::node::CONTENT_UPDATED_AT),
            Self::RecordUpdatedAt => By::Beside(derived::node::RECORD_UPDATED_AT),
        }
    }
}

impl Listed for AnyContent {
    type Filter = ContentFilter;
    type OrderField = ContentOrderField;

    fn facet(by: FacetBy) -> Option<(&'static str, Facet)> {
        use node_facet::Facet as Of;
        Some(match by {
            FacetBy::ContentType => (TYPE, Facet::Word(Column::Kind.as_str())),
            FacetBy::Kind => words("kind", Of::Kind),
            FacetBy::Audience => words("audience", Of::Audience),
            FacetBy::Year => words("year", Of::Year),
            FacetBy::Language => ("language", Facet::Word(Column::Language.as_str())),
            FacetBy::Goal => ("goals", Facet::Content(told_by::<Goal>(Of::Goal))),
            FacetBy::Partner => ("partners", Facet::Content(told_by::<Partner>(Of::Partner))),
            FacetBy::Programme => {
                let path = told_by::<Programme>(Of::Programme);
                ("programmes", Facet::Content(path))
            }
            by => return common_facet(by),
        })
    }
}
