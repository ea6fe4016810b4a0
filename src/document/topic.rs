//! Documents of topics.

use entity::node::Kind;
use serde::{Deserialize, Serialize};

use super::{Fault, Link, Piece, ShownMedia, own::Part};

/// What content is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Topic {
    fn links(&self) -> Vec<Link<'_>> {
        let media = self.media.iter().map(|shown| &shown.media);
        let media = Link::many("media", "media", Kind::Media, media);
        media.collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        Vec::new()
    }
}
