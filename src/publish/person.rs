//! People as rows.

use entity::{node::Kind, person};
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns},
    derived::Told,
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
        self.say(row, [("role", person.role.as_deref())]);
        let told = Told {
            partners: person.organisation.iter().collect(),
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &person.media, targets);
    }
}
