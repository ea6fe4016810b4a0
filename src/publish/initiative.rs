//! Initiatives as rows.

use entity::{initiative, initiative_goal, initiative_partner, node::Kind};
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns},
    derived::Told,
};
use crate::document::{Initiative, PartialDate};

impl Batch {
    pub(super) fn add_initiative(
        &mut self,
        row: &Columns<'_>,
        initiative: &Initiative,
        targets: &Targets,
    ) {
        let programme = initiative.programme.as_ref();
        self.initiatives.push(initiative::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            status: Set(initiative.status),
            started_on: Set(initiative.started_on.map(PartialDate::first_day)),
            started_precision: Set(initiative.started_on.map(PartialDate::precision)),
            ended_on: Set(initiative.ended_on.map(PartialDate::first_day)),
            ended_precision: Set(initiative.ended_on.map(PartialDate::precision)),
            programme_id: Set(programme.map(|slug| targets.id(Kind::Programme, slug))),
        });
        for goal in &initiative.goals {
            self.initiative_goals.push(initiative_goal::ActiveModel {
                initiative_id: Set(row.id),
                goal_id: Set(targets.id(Kind::Goal, goal)),
                initiative_sort_title: Set(row.sort_title()),
            });
        }
        for link in &initiative.partners {
            self.initiative_partners
                .push(initiative_partner::ActiveModel {
                    initiative_id: Set(row.id),
                    partner_id: Set(targets.id(Kind::Partner, &link.partner)),
                    role: Set(link.role),
                    initiative_sort_title: Set(row.sort_title()),
                });
        }
        let told = Told {
            goals: initiative.goals.iter().collect(),
            partners: initiative
                .partners
                .iter()
                .map(|link| &link.partner)
                .collect(),
            programmes: initiative.programme.iter().collect(),
            date: initiative.started_on,
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &initiative.media, targets);
    }
}
