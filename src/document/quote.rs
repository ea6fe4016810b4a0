//! Documents of quotes.

use entity::node::Kind;
use serde::{Deserialize, Serialize};

use super::{AnySlug, Fault, Link, PartialDate, Piece, ShownMedia, Slug, own::Part, text::text};

/// What somebody said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// Who said it.
    pub speaker: Slug,
    /// As it was said; from imported sites only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// In indirect speech, in our own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gist: Option<String>,
    /// When it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_on: Option<PartialDate>,
    /// Where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Slug>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<AnySlug>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Quote {
    fn links(&self) -> Vec<Link<'_>> {
        let media = self.media.iter().map(|shown| &shown.media);
        let media = Link::many("media", "media", Kind::Media, media);
        let event = self.event.iter();
        let event = event.map(|slug| Link::one("event", Kind::Event, slug));
        [Link::one("speaker", Kind::Person, &self.speaker)]
            .into_iter()
            .chain(event)
            .chain(AnySlug::links("about", &self.about))
            .chain(media)
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.words.is_none() && self.gist.is_none() {
            let message = "it is missing: tell what was said, in indirect speech";
            faults.push(Fault::new("gist", message));
        }
        let texts = [("words", &self.words, 10_000), ("gist", &self.gist, 1_000)];
        let texts = texts
            .into_iter()
            .filter_map(|(path, value, most)| text(path, value.as_ref()?, most));
        faults.extend(texts);
        faults
    }
}
