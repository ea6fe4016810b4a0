//! Documents of organisations.

use entity::{node::Kind, partner};
use serde::{Deserialize, Serialize};

use super::{Fault, Link, Piece, ShownMedia, Slug, own::Part};

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// What kind of organisation it is.
    pub kind: partner::Kind,
    /// Where it is at home: ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The organisation that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Slug>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Partner {
    fn links(&self) -> Vec<Link<'_>> {
        let parent = self.parent.iter();
        let parent = parent.map(|slug| Link::one("parent", Kind::Partner, slug));
        let media = self.media.iter().map(|shown| &shown.media);
        parent
            .chain(Link::many("media", "media", Kind::Media, media))
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        self.country
            .as_deref()
            .and_then(|code| country("country", code))
            .into_iter()
            .collect()
    }
}

/// A country must look like one.
pub fn country(path: &str, code: &str) -> Option<Fault> {
    let two_letters = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    (!two_letters).then(|| {
        let message =
            format!("`{code}` is no country: two capital letters are expected (ISO 3166-1 alpha-2), such as SG");
        Fault::new(path, message)
    })
}
