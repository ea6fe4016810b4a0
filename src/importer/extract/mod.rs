//! What a page holds, in the form that `civigraph extract` prints.

mod address;
mod bound;
mod cards;
mod lists;
mod quotes;
mod tables;

use serde::Serialize;

pub use self::address::{is_document, mail_address, video};
pub(super) use self::quotes::{block_quotes, inner_attribution, likely_quotes};
use super::{
    dom::{Dom, NodeId, ROOT},
    front::{FrontMatter, day, day_of_file},
    problem::{ProblemKind, Problems},
};

/// What a page holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Extract {
    /// The site and the file.
    pub source: String,
    /// Its address on the site.
    pub permalink: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// The day that it is of.
    pub date: Option<String>,
    /// Where the date stands.
    pub date_source: Option<DateSource>,
    /// The picture that stands for it.
    pub image: Option<String>,
    /// How the site lays it out.
    pub layout: Option<String>,
    /// Which editor it says that it was written in.
    pub variant: Option<String>,
    /// The address that it leads to.
    pub external: Option<String>,
    /// The file that it leads to.
    pub file_url: Option<String>,
    /// Its folder's name in the navigation.
    pub third_nav_title: Option<String>,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// Its links but those to mailboxes and telephones, and but cards.
    pub links: Vec<Link>,
    /// Its pictures.
    pub images: Vec<Image>,
    /// The videos that play in it.
    pub videos: Vec<Video>,
    /// Other pages that it shows in a frame, by their addresses.
    pub embeds: Vec<String>,
    /// The videos that it links to.
    pub video_links: Vec<Video>,
    /// The documents that it links to, by their addresses.
    pub documents: Vec<String>,
    /// Its block quotes.
    pub quotes: Vec<Quote>,
    /// What reads like a quote though it is no block quote.
    pub quotes_heuristic: Vec<Quote>,
    /// Its cards.
    pub cards: Vec<Card>,
    /// Its tables.
    pub tables: Vec<Table>,
    /// What can be unfolded.
    pub accordions: Vec<Accordion>,
    /// The mailboxes that it links to, each once.
    pub mailto: Vec<String>,
}

/// Where a page's date stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// In the front matter.
    FrontMatter,
    /// In the name of the file.
    FileName,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// What it says.
    pub text: String,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The address, as it is written.
    pub href: String,
    /// What it says; empty for a picture.
    pub text: String,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Image {
    /// The address, as it is written.
    pub src: String,
    /// What it shows; empty if that is not told.
    pub alt: String,
}

/// A video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Video {
    /// Whose player shows it, such as `youtube`.
    pub provider: String,
    /// What the provider calls it.
    pub id: String,
    /// The address, as it is written.
    pub url: String,
}

/// A quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// What was said.
    pub text: String,
    /// Who said it.
    pub attribution: Option<String>,
}

/// A card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Its title.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Where it leads to.
    pub href: Option<String>,
    /// What its link says.
    pub link_text: Option<String>,
    /// Its picture.
    pub image: Option<String>,
    /// What the picture shows.
    pub alt: Option<String>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Its first row if that is a header.
    pub header: Vec<String>,
    /// Its other rows.
    pub rows: Vec<Vec<String>>,
}

/// Something that can be unfolded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Accordion {
    /// What it says before it is unfolded.
    pub summary: String,
}

impl Extract {
    /// What a front matter says.
    pub(super) fn of_front(
        source: &str,
        front: &FrontMatter,
        line: usize,
        problems: &mut Problems,
    ) -> Self {
        let written = front.address("date");
        let (date, date_source) = match written {
            Some(date) => {
                let day = day(&date);
                if !day.as_ref().is_some_and(|(_, proper)| *proper) {
                    let message = format!("`{date}` is no date such as 2024-10-08");
                    problems.add_at(Some(line), ProblemKind::BadDate, message);
                }
                let day = day
                    .filter(|(_, proper)| *proper)
                    .map_or(date, |(day, _)| day);
                (Some(day), Some(DateSource::FrontMatter))
            }
            None => match day_of_file(source) {
                Some(day) => (Some(day), Some(DateSource::FileName)),
                None => (None, None),
            },
        };
        Self {
            source: source.to_owned(),
            permalink: front.address("permalink"),
            title: front.text("title"),
            description: front.text("description"),
            date,
            date_source,
            image: front.address("image"),
            layout: front.text("layout"),
            variant: front.text("variant"),
            external: front.address("external"),
            file_url: front.address("file_url"),
            third_nav_title: front.text("third_nav_title"),
            ..Self::default()
        }
    }

    /// Whether the page only leads to another one.
    pub fn is_redirect(&self) -> bool {
        matches!(self.layout.as_deref(), Some("link" | "file"))
    }

    /// Whether the page is found elsewhere: posts may lead to other sites without a layout that says so.
    pub fn leads_elsewhere(&self) -> bool {
        let permalink = self.permalink.as_deref().unwrap_or_default();
        let away = permalink.starts_with("http://") || permalink.starts_with("https://");
        self.is_redirect() || self.external.is_some() || away
    }

    /// Adds what a page's elements hold.
    pub(super) fn add_body(&mut self, dom: &Dom) {
        self.add_texts(dom);
        self.add_addresses(dom);
        self.quotes = quotes::block_quotes(dom);
        self.quotes_heuristic = quotes::likely_quotes(dom);
        self.cards = cards::cards(dom);
        self.tables = tables::tables(dom);
    }

    /// Adds the documents that the front matter names.
    pub(super) fn add_documents_of_front(&mut self) {
        let named = [&self.external, &self.file_url].into_iter().flatten();
        let named: Vec<_> = named.filter(|href| is_document(href)).cloned().collect();
        self.documents.extend(named);
    }

    fn add_texts(&mut self, dom: &Dom) {
        for (id, element) in dom.elements(ROOT) {
            match &*element.name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    let level = element.name.as_bytes()[1] - b'0';
                    let text = dom.text(id);
                    if !text.is_empty() {
                        self.headings.push(Heading { level, text });
                    }
                }
                "details" => {
                    let own = |summary: &NodeId| {
                        let mut outer = dom.ancestors(*summary);
                        outer.find(|outer| dom.name(*outer) == "details") == Some(id)
                    };
                    let inside = dom
                        .elements(id)
                        .filter(|(_, inner)| &*inner.name == "summary");
                    let summary = inside.map(|(summary, _)| summary).find(own);
                    let summary = summary.map(|summary| dom.text(summary)).unwrap_or_default();
                    self.accordions.push(Accordion { summary });
                }
                _ => {}
            }
        }
    }
}
