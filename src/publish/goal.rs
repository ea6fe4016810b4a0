//! Goals as rows.

use entity::{goal, node::Kind};
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns, sort_date},
};
use crate::document::Goal;

impl Batch {
    pub(super) fn add_goal(&mut self, row: &Columns<'_>, goal: &Goal, targets: &Targets) {
        self.goals.push(goal::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            strategy_id: Set(targets.id(Kind::Strategy, &goal.strategy)),
            position: Set(goal.position),
            // Copied from the strategy once all strategies are written.
            strategy_sort_date: Set(sort_date(None)),
        });
        self.add_shown(row.id, &goal.media, targets);
    }
}
