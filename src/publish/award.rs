//! Awards as rows.

use entity::{award, award_recipient, node::Kind};
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns, sort_date},
    derived::Told,
};
use crate::document::{Award, PartialDate};

impl Batch {
    pub(super) fn add_award(&mut self, row: &Columns<'_>, award: &Award, targets: &Targets) {
        let awarded_by = award.awarded_by.as_ref();
        let programme = award.programme.as_ref();
        let sort_date = sort_date(award.awarded_on);
        self.awards.push(award::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            awarded_on: Set(award.awarded_on.map(PartialDate::first_day)),
            awarded_precision: Set(award.awarded_on.map(PartialDate::precision)),
            sort_date: Set(sort_date),
            awarded_by_id: Set(awarded_by.map(|slug| targets.id(Kind::Partner, slug))),
            rank: Set(award.rank),
            out_of: Set(award.out_of),
            category: Set(award.category.clone()),
            programme_id: Set(programme.map(|slug| targets.id(Kind::Programme, slug))),
        });
        for recipient in &award.recipients {
            self.award_recipients.push(award_recipient::ActiveModel {
                award_id: Set(row.id),
                partner_id: Set(targets.id(Kind::Partner, recipient)),
                award_sort_date: Set(sort_date),
            });
        }
        self.say(row, [("category", award.category.as_deref())]);
        let told = Told {
            partners: award.recipients.iter().chain(&award.awarded_by).collect(),
            programmes: award.programme.iter().collect(),
            date: award.awarded_on,
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &award.media, targets);
    }
}
