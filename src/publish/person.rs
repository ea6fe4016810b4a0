//! People as rows.

use entity::{node::Kind, person};
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns},
};
use crate::document::Person;

impl Batch {
    pub(super) fn add_person(&mut self, row: &Columns<'_>, person: &Person, targets: &Targets) {
        let organisation = person.organisation.as_ref();
        self.people.push(person::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            role: Set(person.role.clone()),
            organisation_id: Set(organisation.map(|slug| targets.id(Kind::Partner, slug))),
        });
        self.add_shown(row.id, &person.media, targets);
    }
}
