//! Documents of goals.

use entity::node::Kind;
use serde::{Deserialize, Serialize};

use super::{Fault, Link, Piece, ShownMedia, Slug, own::Part};

/// What a strategy wants to reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// The strategy that it belongs to.
    pub strategy: Slug,
    /// Its place there, from 1.
    pub position: i32,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Goal {
    fn links(&self) -> Vec<Link<'_>> {
        let media = self.media.iter().map(|shown| &shown.media);
        [Link::one("strategy", Kind::Strategy, &self.strategy)]
            .into_iter()
            .chain(Link::many("media", "media", Kind::Media, media))
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let wrong = self.position < 1;
        let fault = || {
            Fault::new(
                "position",
                format!("{} is no place: the first is 1", self.position),
            )
        };
        wrong.then(fault).into_iter().collect()
    }
}
