//! Challenges as rows.

use entity::{challenge, challenge_programme, node::Kind};
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns},
    derived::Told,
};
use crate::document::Challenge;

impl Batch {
    pub(super) fn add_challenge(
        &mut self,
        row: &Columns<'_>,
        challenge: &Challenge,
        targets: &Targets,
    ) {
        let event = challenge.event.as_ref();
        self.challenges.push(challenge::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            mitigation: Set(challenge.mitigation.clone()),
            position: Set(challenge.position.unwrap_or_default()),
            event_id: Set(event.map(|slug| targets.id(Kind::Event, slug))),
        });
        for programme in &challenge.programmes {
            self.challenge_programmes
                .push(challenge_programme::ActiveModel {
                    challenge_id: Set(row.id),
                    programme_id: Set(targets.id(Kind::Programme, programme)),
                });
        }
        self.say(row, [("mitigation", Some(&challenge.mitigation))]);
        let told = Told {
            programmes: challenge.programmes.iter().collect(),
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &challenge.media, targets);
    }
}
