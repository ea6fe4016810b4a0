//! From a page to the documents that are published of it.

mod page;
mod shared;
mod subject;

use std::collections::HashMap;

use entity::node::Kind;

use super::{Context, Directory, Index, Named, Shown, Sketch, name::cut, script::language};
use crate::{
    document::{Document, Own, PartialDate, Piece, Quote, ShownMedia, Slug, Source},
    importer::{Page, Problem, ProblemKind},
};

/// Makes the documents of one page after the other.
pub struct Builder<'b> {
    /// What holds for the whole site.
    pub context: &'b Context,
    /// What the whole site yields.
    pub index: &'b Index,
    /// The names that the graph knows.
    pub directory: &'b Directory,
    /// The pieces that have an address that pages link to, beside the site's own pages.
    pub addresses: &'b HashMap<String, (Kind, Slug)>,
}

/// A document, and the piece that it is of.
#[derive(Debug)]
pub struct Made {
    /// The piece.
    pub named: Named,
    /// What the site says of it.
    pub document: Document,
}

/// A page on its way to documents.
struct Work<'w> {
    builder: &'w Builder<'w>,
    number: usize,
    page: &'w Page,
    sketch: &'w Sketch,
    /// The page's own piece: what all others are from.
    named: &'w Named,
    made: Vec<Made>,
    problems: Vec<Problem>,
}

impl Builder<'_> {
    /// The documents that are published with a page, the page first.
    pub fn documents(
        &self,
        number: usize,
        page: &Page,
        sketch: &Sketch,
    ) -> (Vec<Made>, Vec<Problem>) {
        let Some(named) = &self.index.pages[number].page else {
            return (Vec::new(), Vec::new());
        };
        let mut work = Work {
            builder: self,
            number,
            page,
            sketch,
            named,
            made: Vec::new(),
            problems: Vec::new(),
        };
        work.add_page();
        work.add_subject();
        work.add_quotes();
        work.add_shared();
        (work.made, work.problems)
    }
}

impl Work<'_> {
    fn warn(&mut self, kind: ProblemKind, message: String) {
        let source = &self.page.extract.source;
        self.problems.push(Problem::of(source, kind, message));
    }

    fn add(&mut self, named: &Named, piece: Piece, own: Own) {
        self.made.push(Made {
            named: named.clone(),
            document: Document { piece, own },
        });
    }

    /// What all kinds have, from this page.
    fn piece(&self, named: &Named, title: &str, summary: &str) -> Piece {
        let terms = &self.builder.context.map.site;
        let title = cut(title, 200);
        Piece {
            slug: named.slug.clone(),
            first_slug: None,
            summary: cut(
                if summary.trim().is_empty() {
                    &title
                } else {
                    summary
                },
                500,
            ),
            title,
            body: None,
            url: None,
            language: self.language(),
            licence: terms.licence.clone(),
            attribution: terms.attribution.clone(),
            owner: terms.owner.clone(),
            reviewed_on: None,
            review_due_on: None,
            topics: Vec::new(),
            translations: Vec::new(),
            contacts: Vec::new(),
            sources: Vec::new(),
            withdrawn: None,
            redirected: None,
            gone: None,
        }
    }

    /// The language that the page is written in: it tells, or its letters do, or the map.
    fn language(&self) -> String {
        let told = ["lang", "language"]
            .into_iter()
            .find_map(|key| self.page.front.text(key));
        let told = told.filter(|tag| crate::document::language("", tag).is_none());
        let text = &self.page.content.text;
        let text = if text.is_empty() {
            &self.sketch.title
        } else {
            text
        };
        let of_site = self.builder.context.map.site.language.clone();
        told.or_else(|| language(text).map(str::to_owned))
            .or(of_site)
            .unwrap_or_else(|| "en".to_owned())
    }

    /// That something stands on this page.
    fn source(&self, locator: &str) -> Source {
        Source {
            page: self.named.slug.clone(),
            locator: cut(locator, 500),
            field: None,
            quoted_words: None,
            retrieved_at: None,
            content_hash: None,
        }
    }

    /// That a field is from this page, by these words of it.
    fn source_of(&self, field: &str, words: &str) -> Source {
        Source {
            field: Some(field.to_owned()),
            quoted_words: Some(cut(words, 10_000)),
            ..self.source("Whole page")
        }
    }

    /// What the page shows.
    fn media(&self) -> Vec<ShownMedia> {
        let media = self.sketch.media.iter().filter_map(|shown: &Shown| {
            let known = self.builder.index.medium_at(&shown.url)?;
            Some(ShownMedia {
                media: known.named.slug.clone(),
                role: shown.role,
            })
        });
        let mut list: Vec<ShownMedia> = Vec::new();
        // Two addresses may be one piece of the graph.
        for shown in media {
            if !list.iter().any(|known| known.media == shown.media) {
                list.push(shown);
            }
        }
        list
    }

    fn topics(&self) -> Vec<Slug> {
        let topics = self.sketch.topics.iter();
        let topics = topics.filter_map(|(slug, _)| self.builder.index.topics.get(slug));
        let mut slugs: Vec<_> = topics.map(|topic| topic.named.slug.clone()).collect();
        slugs.sort();
        slugs.dedup();
        slugs
    }

    fn add_quotes(&mut self) {
        let said = self
            .sketch
            .quotes
            .iter()
            .zip(&self.builder.index.pages[self.number].quotes);
        for (number, (said, named)) in said.enumerate() {
            let key = super::speaker::name_key(&said.speaker.name);
            let Some(person) = self.builder.index.people.get(&key) else {
                continue;
            };
            let title = format!("{} on {}", said.speaker.name, self.sketch.title);
            let summary = format!("Said on the page “{}”.", cut(&self.sketch.title, 300));
            let mut piece = self.piece(named, &title, &summary);
            piece.topics = self.topics();
            piece.sources = vec![self.source(&format!("Quotation {}", number + 1))];
            let subject = self.builder.index.pages[self.number].subject.as_ref();
            let of_kind = |kind| subject.filter(move |(named, _)| named.kind == kind);
            let event = of_kind(Kind::Event).map(|(named, _)| named.slug.clone());
            let about = subject.filter(|(named, _)| named.kind != Kind::Event);
            let about = about.map(|(named, _)| crate::document::AnySlug {
                kind: named.kind,
                slug: named.slug.clone(),
            });
            let quote = Quote {
                speaker: person.named.slug.clone(),
                words: Some(said.words.clone()),
                gist: None,
                said_on: None,
                event,
                about: about.into_iter().collect(),
                media: Vec::new(),
            };
            self.add(named, piece, Own::Quote(quote));
        }
    }

    /// The day that the page tells, if it is one.
    fn published_on(&self) -> Option<PartialDate> {
        self.page.extract.date.as_deref()?.parse().ok()
    }
}
