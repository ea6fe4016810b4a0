//! What clients can ask of lists: one module for each kind, with its filter, its orders and its facets.

mod award;
mod challenge;
mod content;
mod edition;
mod event;
mod event_session;
mod goal;
mod initiative;
mod media;
mod page;
mod partner;
mod person;
mod programme;
mod quote;
mod statistic;
mod strategy;
mod topic;

use entity::node_facet;
use sea_orm::EntityTrait;

pub use self::{
    award::{AwardFilter, AwardOrder},
    challenge::{ChallengeFilter, ChallengeOrder},
    content::{ContentFilter, ContentOrder, TYPE},
    edition::{EditionFilter, EditionOrder},
    event::{EventFilter, EventOrder},
    event_session::{EventSessionFilter, EventSessionOrder},
    goal::{GoalFilter, GoalOrder},
    initiative::{InitiativeFilter, InitiativeOrder},
    media::{MediaFilter, MediaOrder},
    page::{PageFilter, PageOrder},
    partner::{PartnerFilter, PartnerOrder},
    person::{PersonFilter, PersonOrder},
    programme::{ProgrammeFilter, ProgrammeOrder},
    quote::{QuoteFilter, QuoteOrder},
    statistic::{StatisticFilter, StatisticOrder},
    strategy::{StrategyFilter, StrategyOrder},
    topic::{TopicFilter, TopicOrder},
};
use super::{
    common::Topics,
    facet::FacetBy,
    filter::{Asked, of_facet},
    order::OrderField,
};
use crate::load::{Facet, Path, Row};

/// Rows that clients can ask of a list.
pub trait Listed: Row {
    /// Which rows a list has.
    type Filter: Asked;
    /// What a list can go by.
    type OrderField: OrderField<<Self::Table as EntityTrait>::Column>;

    /// What its rows are counted by, and the name of the filter that a client would choose one of the
    /// values with; nothing if it makes no sense for them.
    fn facet(by: FacetBy) -> Option<(&'static str, Facet)>;
}

/// What content of any kind is counted by.
fn common_facet(by: FacetBy) -> Option<(&'static str, Facet)> {
    match by {
        FacetBy::Topic => Some(("topics", Facet::Content(Path::along::<Topics>()))),
        FacetBy::Language => {
            let node = Path::having("node", "id");
            Some(("language", Facet::WordOf(node, "language")))
        }
        _ => None,
    }
}

/// Counts by the words that content of any kind is told apart by.
fn words(filter: &'static str, facet: node_facet::Facet) -> (&'static str, Facet) {
    let values = Path::having("node_facet", "node_id").only(of_facet(facet));
    (filter, Facet::WordOf(values, "value"))
}
