//! Strategies as rows.

use entity::{node::Kind, strategy};
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns, sort_date},
    derived::Told,
};
use crate::document::{PartialDate, Strategy};

impl Batch {
    pub(super) fn add_strategy(
        &mut self,
        row: &Columns<'_>,
        strategy: &Strategy,
        targets: &Targets,
    ) {
        let predecessor = strategy.predecessor.as_ref();
        self.strategies.push(strategy::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            launched_on: Set(strategy.launched_on.map(PartialDate::first_day)),
            launched_precision: Set(strategy.launched_on.map(PartialDate::precision)),
            refreshed_on: Set(strategy.refreshed_on.map(PartialDate::first_day)),
            refreshed_precision: Set(strategy.refreshed_on.map(PartialDate::precision)),
            sort_date: Set(sort_date(strategy.launched_on)),
            predecessor_id: Set(predecessor.map(|slug| targets.id(Kind::Strategy, slug))),
        });
        let told = Told {
            date: strategy.launched_on,
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &strategy.media, targets);
    }
}
