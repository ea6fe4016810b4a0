//! Organisations as rows.

use entity::{node::Kind, partner};
use sea_orm::{ActiveEnum, ActiveValue::Set};

use super::{
    Targets,
    batch::{Batch, Columns},
    derived::Told,
};
use crate::document::Partner;

impl Batch {
    pub(super) fn add_partner(&mut self, row: &Columns<'_>, partner: &Partner, targets: &Targets) {
        let parent = partner.parent.as_ref();
        self.partners.push(partner::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            kind: Set(partner.kind),
            country: Set(partner.country.clone()),
            parent_id: Set(parent.map(|slug| targets.id(Kind::Partner, slug))),
        });
        let told = Told {
            kind: Some(partner.kind.to_value()),
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &partner.media, targets);
    }
}
