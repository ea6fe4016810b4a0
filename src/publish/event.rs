//! Events and their sessions as rows.

use entity::{event, event_partner, event_session, node::Kind};
use sea_orm::{ActiveEnum, ActiveValue::Set};
use uuid::Uuid;

use super::{
    Targets,
    batch::{Batch, Columns, sort_date},
    derived::Told,
};
use crate::document::{Event, PartialDate};

impl Batch {
    pub(super) fn add_event(&mut self, row: &Columns<'_>, event: &Event, targets: &Targets) {
        let programme = event.programme.as_ref();
        let initiative = event.initiative.as_ref();
        let sort_date = sort_date(event.starts_on);
        self.events.push(event::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            kind: Set(event.kind),
            starts_on: Set(event.starts_on.map(PartialDate::first_day)),
            starts_precision: Set(event.starts_on.map(PartialDate::precision)),
            ends_on: Set(event.ends_on.map(PartialDate::first_day)),
            ends_precision: Set(event.ends_on.map(PartialDate::precision)),
            sort_date: Set(sort_date),
            venue: Set(event.venue.clone()),
            country: Set(event.country.clone()),
            series: Set(event.series.clone()),
            programme_id: Set(programme.map(|slug| targets.id(Kind::Programme, slug))),
            initiative_id: Set(initiative.map(|slug| targets.id(Kind::Initiative, slug))),
        });
        for link in &event.partners {
            self.event_partners.push(event_partner::ActiveModel {
                event_id: Set(row.id),
                partner_id: Set(targets.id(Kind::Partner, &link.partner)),
                role: Set(link.role),
                event_sort_date: Set(sort_date),
            });
        }
        for (session, position) in event.sessions.iter().zip(1i32..) {
            self.event_sessions.push(event_session::ActiveModel {
                id: Set(Uuid::new_v5(&row.id, &position.to_be_bytes())),
                event_id: Set(row.id),
                position: Set(position),
                title: Set(session.title.clone()),
                summary: Set(session.summary.clone()),
                access: Set(session.access),
            });
        }
        self.say(
            row,
            [
                ("venue", event.venue.as_deref()),
                ("series", event.series.as_deref()),
            ],
        );
        for session in &event.sessions {
            self.mention(row, [session.title.as_str(), session.summary.as_str()]);
        }
        let told = Told {
            kind: Some(event.kind.to_value()),
            partners: event.partners.iter().map(|link| &link.partner).collect(),
            programmes: event.programme.iter().collect(),
            date: event.starts_on,
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &event.media, targets);
    }
}
