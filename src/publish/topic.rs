//! Topics as rows.

use entity::topic;
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns},
};
use crate::document::Topic;

impl Batch {
    pub(super) fn add_topic(&mut self, row: &Columns<'_>, topic: &Topic, targets: &Targets) {
        self.topics.push(topic::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
        });
        self.add_shown(row.id, &topic.media, targets);
    }
}
