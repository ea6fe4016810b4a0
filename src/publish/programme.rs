//! Programmes as rows.

use entity::{
    node::Kind,
    programme::{self, Audience, Audiences},
    programme_goal, programme_partner,
};
use sea_orm::{ActiveEnum, ActiveValue::Set};

use super::{
    Targets,
    batch::{Batch, Columns},
    derived::Told,
};
use crate::document::{PartialDate, Programme};

impl Batch {
    pub(super) fn add_programme(
        &mut self,
        row: &Columns<'_>,
        programme: &Programme,
        targets: &Targets,
    ) {
        let lead_agency = programme.lead_agency.as_ref();
        let parent = programme.parent.as_ref();
        self.programmes.push(programme::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            kind: Set(programme.kind),
            audiences: Set(Audiences(programme.audiences.clone())),
            started_on: Set(programme.started_on.map(PartialDate::first_day)),
            started_precision: Set(programme.started_on.map(PartialDate::precision)),
            ended_on: Set(programme.ended_on.map(PartialDate::first_day)),
            ended_precision: Set(programme.ended_on.map(PartialDate::precision)),
            lead_agency_id: Set(lead_agency.map(|slug| targets.id(Kind::Partner, slug))),
            parent_id: Set(parent.map(|slug| targets.id(Kind::Programme, slug))),
        });
        for goal in &programme.goals {
            self.programme_goals.push(programme_goal::ActiveModel {
                programme_id: Set(row.id),
                goal_id: Set(targets.id(Kind::Goal, goal)),
                programme_sort_title: Set(row.sort_title()),
            });
        }
        for link in &programme.partners {
            self.programme_partners
                .push(programme_partner::ActiveModel {
                    programme_id: Set(row.id),
                    partner_id: Set(targets.id(Kind::Partner, &link.partner)),
                    role: Set(link.role),
                    programme_sort_title: Set(row.sort_title()),
                });
        }
        let audiences = programme.audiences.iter().map(|audience| word(*audience));
        let audiences = audiences.collect();
        let partners = programme.partners.iter().map(|link| &link.partner);
        let told = Told {
            kind: Some(programme.kind.to_value()),
            audiences,
            goals: programme.goals.iter().collect(),
            partners: partners.chain(&programme.lead_agency).collect(),
            date: programme.started_on,
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &programme.media, targets);
    }
}

/// An audience as it is stored.
fn word(audience: Audience) -> String {
    match serde_json::to_value(audience) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("an audience is a word, not {other:?}"),
    }
}
