//! Documents of people.

use entity::node::Kind;
use serde::{Deserialize, Serialize};

use super::{Fault, Link, Piece, ShownMedia, Slug, own::Part, text::text};

/// Somebody who speaks for an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// What they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The organisation that they belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Slug>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Person {
    fn links(&self) -> Vec<Link<'_>> {
        let media = self.media.iter().map(|shown| &shown.media);
        let media = Link::many("media", "media", Kind::Media, media);
        let organisation = self.organisation.iter();
        let organisation = organisation.map(|slug| Link::one("organisation", Kind::Partner, slug));
        organisation.chain(media).collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let role = self.role.as_ref();
        role.and_then(|role| text("role", role, 200))
            .into_iter()
            .collect()
    }
}
