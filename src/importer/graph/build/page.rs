//! The page itself.

use std::collections::HashSet;

use entity::{
    node::Kind,
    page::{PageLink, PageTable, Section},
};

use super::Work;
use crate::{
    document::{AnySlug, Contact, Own, Page, PageBounds, Redirected, Slug},
    importer::{
        ProblemKind, Table,
        graph::{Standing, address::key, name::cut},
    },
};

/// How many pieces a page mentions at most, and how many contacts it has.
const MENTIONS: usize = 500;
const CONTACTS: usize = 100;
/// As many characters as a body has at most.
const BODY: usize = 1_000_000;

impl Work<'_> {
    pub(super) fn add_page(&mut self) {
        let extract = &self.page.extract;
        let content = &self.page.content;
        let summary = extract
            .description
            .as_ref()
            .or(content.first_paragraph.as_ref());
        let summary = summary.map_or("", |summary| summary);
        let mut piece = self.piece(self.named, &self.sketch.title, summary);
        let entry = &self.builder.index.pages[self.number];
        piece.url = self.sketch.url.clone().filter(|_| entry.has_address);
        piece.topics = self.topics();
        if let Standing::Redirect(to) = &self.sketch.standing {
            piece.redirected = Some(Redirected { to: to.clone() });
        }
        if !content.markdown.trim().is_empty() {
            piece.body = Some(self.body());
        }
        piece.contacts = self.contacts();
        let own = Page {
            site: Some(self.builder.context.site.clone()),
            permalink: self.sketch.permalink.as_deref().map(|text| cut(text, 500)),
            layout: extract.layout.as_deref().map(|text| cut(text, 500)),
            published_on: self.published_on(),
            sections: self.sections(),
            tables: self.tables(),
            links: self.links(),
            mentions: self.mentions(),
            media: self.media(),
        };
        let named = self.named.clone();
        self.add(&named, piece, Own::Page(own));
    }

    fn body(&mut self) -> String {
        let markdown = &self.page.content.markdown;
        if markdown.chars().count() > BODY {
            let message =
                format!("the text is longer than {BODY} characters: the rest is left out");
            self.warn(ProblemKind::TooMany, message);
        }
        cut(markdown, BODY)
    }

    fn sections(&mut self) -> Vec<Section> {
        let headings = &self.page.extract.headings;
        self.bounded("headings", headings.len(), PageBounds::SECTIONS);
        let headings = headings.iter().take(PageBounds::SECTIONS);
        let sections = headings.map(|heading| Section {
            heading: cut(&heading.text, PageBounds::TEXT),
            level: i32::from(heading.level),
        });
        sections.collect()
    }

    fn tables(&mut self) -> Vec<PageTable> {
        let tables = &self.page.extract.tables;
        let mut room = PageBounds::CELLS;
        let cells =
            |table: &Table| table.header.len() + table.rows.iter().map(Vec::len).sum::<usize>();
        let all = tables.iter().map(cells).sum();
        let cell = |text: &String| cut(text, PageBounds::TEXT);
        let mut kept = Vec::new();
        for table in tables.iter().take(PageBounds::TABLES) {
            let rows = table.rows.iter().take_while(|row| {
                let fits = row.len() <= room;
                room = room.saturating_sub(row.len());
                fits
            });
            let rows = rows.map(|row| row.iter().map(cell).collect()).collect();
            let header = table.header.iter().take(room).map(cell).collect();
            room = room.saturating_sub(table.header.len());
            kept.push(PageTable { header, rows });
        }
        self.bounded("tables", tables.len(), PageBounds::TABLES);
        self.bounded("cells of tables", all, PageBounds::CELLS);
        kept
    }

    /// Links, and what is shown in frames.
    fn links(&mut self) -> Vec<PageLink> {
        let extract = &self.page.extract;
        let cards = extract.cards.iter().filter_map(|card| {
            let title = card.title.as_ref().or(card.link_text.as_ref());
            Some((card.href.as_ref()?, title.map_or("", |title| title)))
        });
        let links = extract.links.iter().map(|link| (&link.href, &*link.text));
        let frames = extract.embeds.iter().map(|src| (src, ""));
        let links = links.chain(cards).chain(frames);
        // Whoever shows a link must not run what it says.
        let links: Vec<_> = links.filter(|(href, _)| is_harmless(href)).collect();
        let kept = links.iter().take(PageBounds::LINKS);
        let kept = kept.map(|(href, text)| PageLink {
            url: cut(href, PageBounds::ADDRESS),
            text: cut(text, PageBounds::TEXT),
        });
        let kept = kept.collect();
        let all = links.len();
        self.bounded("links", all, PageBounds::LINKS);
        kept
    }

    fn contacts(&mut self) -> Vec<Contact> {
        let mailboxes = &self.page.extract.mailto;
        self.bounded("mailboxes", mailboxes.len(), CONTACTS);
        let purpose = &self.sketch.title;
        let contacts = mailboxes.iter().map(|address| Contact {
            address: address.clone(),
            purpose: purpose.clone(),
        });
        contacts.filter(Contact::is_good).take(CONTACTS).collect()
    }

    /// What the page links to, then what it names.
    fn mentions(&mut self) -> Vec<AnySlug> {
        let builder = self.builder;
        let extract = &self.page.extract;
        let cards = extract.cards.iter().filter_map(|card| card.href.as_ref());
        let hrefs = extract.links.iter().map(|link| &link.href).chain(cards);
        let linked = hrefs.filter_map(|href| {
            let url = builder.context.address.absolute(href)?;
            if let Some((_, page)) = builder.index.page_at(&url) {
                return Some((Kind::Page, page.slug.clone()));
            }
            builder.addresses.get(&key(&url)).cloned()
        });
        let text = format!("{}\n{}", self.sketch.title, self.page.content.text);
        let named = builder.directory.mentioned(&text);
        let itself = |(kind, slug): &(Kind, Slug)| *kind == Kind::Page && *slug == self.named.slug;
        let mut seen = HashSet::new();
        let mentions = linked.chain(named).filter(|mention| !itself(mention));
        let mentions = mentions.filter(|mention| seen.insert(mention.clone()));
        let mentions: Vec<_> = mentions
            .map(|(kind, slug)| AnySlug { kind, slug })
            .collect();
        self.bounded("mentions", mentions.len(), MENTIONS);
        mentions.into_iter().take(MENTIONS).collect()
    }

    fn bounded(&mut self, what: &str, there: usize, most: usize) {
        if there > most {
            let message =
                format!("there are {there} {what}: those after the first {most} are left out");
            self.warn(ProblemKind::TooMany, message);
        }
    }
}

/// Whether an address only leads somewhere.
fn is_harmless(href: &str) -> bool {
    let scheme = url::Url::parse(href.trim()).map(|url| url.scheme().to_owned());
    let known = ["http", "https", "mailto", "tel", "sms", "ftp"];
    // What has no scheme is an address on the site.
    !href.is_empty() && scheme.map_or(true, |scheme| known.contains(&&*scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_run_something_are_no_links() {
        for good in [
            "/a b/",
            "https://x.sg",
            "mailto:a@x.sg",
            "x.html",
            "#top",
            "www.x.sg",
            "?q=1",
        ] {
            assert!(is_harmless(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            " JavaScript:x",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "",
        ] {
            assert!(!is_harmless(bad), "{bad}");
        }
    }
}
