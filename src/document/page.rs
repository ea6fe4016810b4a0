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

/// How much a page may have of what is served as a whole list, not page by page.
pub struct PageBounds;

impl PageBounds {
    /// How many headings.
    pub const SECTIONS: usize = 1_000;
    /// How many tables.
    pub const TABLES: usize = 200;
    /// How many cells in all tables together.
    pub const CELLS: usize = 20_000;
    /// How many links.
    pub const LINKS: usize = 5_000;
    /// How many characters in a heading, a cell, or the text of a link.
    pub const TEXT: usize = 10_000;
    /// How many characters in the address of a link.
    pub const ADDRESS: usize = 2_000;
}

impl Page {
    /// Lists that are too long, and texts in them.
    fn too_much(&self) -> Vec<Fault> {
        let rows = |table: &PageTable| table.rows.iter().map(Vec::len).sum::<usize>();
        let cells = |table: &PageTable| table.header.len() + rows(table);
        let counts = [
            (
                "sections",
                self.sections.len(),
                PageBounds::SECTIONS,
                "headings",
            ),
            ("tables", self.tables.len(), PageBounds::TABLES, "tables"),
            (
                "tables",
                self.tables.iter().map(cells).sum(),
                PageBounds::CELLS,
                "cells",
            ),
            ("links", self.links.len(), PageBounds::LINKS, "links"),
        ];
        let counts = counts
            .into_iter()
            .filter(|(_, there, most, _)| there > most);
        let counts = counts.map(|(path, there, most, what)| {
            let message = format!("there are {there} {what}, but at most {most} are allowed");
            Fault::new(path, message)
        });
        let headings = self.sections.iter().map(|section| &section.heading);
        let cells = self
            .tables
            .iter()
            .flat_map(|table| table.header.iter().chain(table.rows.iter().flatten()));
        let links = self.links.iter();
        let texts = [
            ("sections", longest(headings), PageBounds::TEXT),
            ("tables", longest(cells), PageBounds::TEXT),
            (
                "links",
                longest(links.clone().map(|link| &link.text)),
                PageBounds::TEXT,
            ),
            (
                "links",
                longest(links.map(|link| &link.url)),
                PageBounds::ADDRESS,
            ),
        ];
        let texts = texts.into_iter().filter(|(_, length, most)| length > most);
        let texts = texts.map(|(path, length, most)| {
            let message = format!("a text has {length} characters, but at most {most} are allowed");
            Fault::new(path, message)
        });
        counts.chain(texts).collect()
    }
}

/// How many characters the longest text has.
fn longest<'t>(texts: impl Iterator<Item = &'t String>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
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
        names.chain(levels).chain(self.too_much()).collect()
    }
}
