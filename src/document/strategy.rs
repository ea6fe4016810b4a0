//! Documents of strategies.

use entity::node::Kind;
use serde::{Deserialize, Serialize};

use super::{Fault, Link, PartialDate, Piece, ShownMedia, Slug, own::Part, partial_date::in_order};

/// A government's plan, with goals. The goals name it, not it the goals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strategy {
    /// When it was launched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launched_on: Option<PartialDate>,
    /// When it was last renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refreshed_on: Option<PartialDate>,
    /// The strategy whose place it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<Slug>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Strategy {
    fn links(&self) -> Vec<Link<'_>> {
        let predecessor = self.predecessor.iter();
        let predecessor = predecessor.map(|slug| Link::one("predecessor", Kind::Strategy, slug));
        let media = self.media.iter().map(|shown| &shown.media);
        predecessor
            .chain(Link::many("media", "media", Kind::Media, media))
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let dates = in_order(
            "launched_on",
            self.launched_on,
            "refreshed_on",
            self.refreshed_on,
        );
        dates.into_iter().collect()
    }
}
