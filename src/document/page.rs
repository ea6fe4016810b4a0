//! Documents of pages.

use entity::{
    node::Kind,
    page::{PageLink, PageTable, Section},
};
use serde::{Deserialize, Serialize};

use super::{AnySlug, Fault, Link, PartialDate, Piece, ShownMedia, own::Part, text::text};

/// A page of a web site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The site's name, such as `tech.gov.sg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Its address on the site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// How the site lays it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<PartialDate>,
    /// Its headings, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Its tables, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<PageTable>,
    /// Its links, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<PageLink>,
    /// The pieces that it mentions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<AnySlug>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Page {
    fn links(&self) -> Vec<Link<'_>> {
        let media = self.media.iter().map(|shown| &shown.media);
        let media = Link::many("media", "media", Kind::Media, media);
        AnySlug::links("mentions", &self.mentions)
            .chain(media)
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let names = [
            ("site", &self.site),
            ("permalink", &self.permalink),
            ("layout", &self.layout),
        ];
        let names = names
            .into_iter()
            .filter_map(|(path, name)| text(path, name.as_ref()?, 500));
        let level = |(index, section): (usize, &Section)| {
            let wrong = !(1..=6).contains(&section.level);
            let message = || format!("{} is no level of a heading: from 1 to 6", section.level);
            wrong.then(|| Fault::new(format!("sections[{index}].level"), message()))
        };
        let levels = self.sections.iter().enumerate().filter_map(level);
        names.chain(levels).collect()
    }
}
