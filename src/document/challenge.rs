//! Documents of challenges.

use entity::node::Kind;
use serde::{Deserialize, Serialize};

use super::{Fault, Link, Piece, ShownMedia, Slug, own::Part, text::text};

/// What makes it hard, and what is done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    /// What is done about it.
    pub mitigation: String,
    /// Its place in the list that it is from, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i32>,
    /// Where it was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Slug>,
    /// What answers it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<Slug>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Challenge {
    fn links(&self) -> Vec<Link<'_>> {
        let media = self.media.iter().map(|shown| &shown.media);
        let media = Link::many("media", "media", Kind::Media, media);
        let event = self.event.iter();
        let event = event.map(|slug| Link::one("event", Kind::Event, slug));
        event
            .chain(Link::many(
                "programmes",
                "",
                Kind::Programme,
                &self.programmes,
            ))
            .chain(media)
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let position = self.position.filter(|position| *position < 1);
        let position = position.map(|position| {
            Fault::new(
                "position",
                format!("{position} is no place: the first is 1"),
            )
        });
        let mitigation = text("mitigation", &self.mitigation, 1_000);
        mitigation.into_iter().chain(position).collect()
    }
}
