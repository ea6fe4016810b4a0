//! Content made up for measurements: as much as asked for, the same every time.
//!
//! A piece follows from the size, its kind and its number ([`chance`]): nothing is kept, so memory does
//! not grow with the size. [`setting`] makes what work is done in and with, [`work`] the work.

mod chance;
mod piece;
mod setting;
mod words;
mod work;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use self::chance::Chance;
use crate::{
    document::Document,
    publish::{PublishError, Published, publish},
};

/// How much content: how many pieces of each kind. Strategies, topics and pages follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Goals, three to a strategy.
    pub goals: usize,
    /// Programmes.
    pub programmes: usize,
    /// Initiatives.
    pub initiatives: usize,
    /// Organisations.
    pub partners: usize,
    /// Events.
    pub events: usize,
    /// Pictures, videos and documents.
    pub media: usize,
}

impl Size {
    /// About as much as a small government says.
    pub const S: Self = Self {
        goals: 3,
        programmes: 100,
        initiatives: 300,
        partners: 100,
        events: 500,
        media: 1_000,
    };

    /// More than any government says.
    pub const L: Self = Self {
        goals: 30,
        programmes: 20_000,
        initiatives: 60_000,
        partners: 5_000,
        events: 100_000,
        media: 200_000,
    };

    /// How many pieces there are in all, but for the pages that they are from.
    fn pieces(self) -> usize {
        let work = self.programmes + self.initiatives + self.events;
        words::TOPICS.len() + self.partners + self.strategies() + self.goals + self.media + work
    }

    fn strategies(self) -> usize {
        self.goals.div_ceil(3)
    }

    /// One for a thousand pieces: there is always one, since there are always topics.
    fn pages(self) -> usize {
        self.pieces().div_ceil(1_000)
    }
}

/// The content of this size, each piece behind those that it names.
///
/// Any two sizes start with the same page, `page-00000`.
pub fn documents(size: Size) -> impl Iterator<Item = Document> {
    let pages = (0..size.pages()).map(move |index| setting::page(size, index));
    let topics = (0..words::TOPICS.len()).map(move |index| setting::topic(size, index));
    let partners = (0..size.partners).map(move |index| setting::partner(size, index));
    let strategies = (0..size.strategies()).map(move |index| setting::strategy(size, index));
    let goals = (0..size.goals).map(move |index| setting::goal(size, index));
    let media = (0..size.media).map(move |index| setting::media(size, index));
    let programmes = (0..size.programmes).map(move |index| work::programme(size, index));
    let initiatives = (0..size.initiatives).map(move |index| work::initiative(size, index));
    let events = (0..size.events).map(move |index| work::event(size, index));
    pages
        .chain(topics)
        .chain(partners)
        .chain(strategies)
        .chain(goals)
        .chain(media)
        .chain(programmes)
        .chain(initiatives)
        .chain(events)
}

/// How many documents are published at once, and so are in memory at once.
const CHUNK: usize = 5_000;

/// Publishes the content of this size, in several publications. What a failure left undone, a second
/// call does.
pub async fn publish_all(
    db: &DatabaseConnection,
    size: Size,
    at: DateTime<Utc>,
) -> Result<Published, PublishError> {
    let mut documents = documents(size);
    let mut all = Published::default();
    loop {
        let chunk: Vec<_> = documents.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok(all);
        }
        let published = publish(db, &chunk, at).await?;
        all.created += published.created;
        all.updated += published.updated;
        all.unchanged += published.unchanged;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn check(size: Size) {
        let mut known = HashSet::new();
        let mut addresses = HashSet::new();
        for document in documents(size) {
            let (kind, piece) = (document.kind(), &document.piece);
            let faults = document.faults();
            assert!(faults.is_empty(), "{}: {faults:?}", piece.slug);
            for link in document.links() {
                let named = (link.kind, link.slug.clone());
                assert!(known.contains(&named), "{}: {link:?}", piece.slug);
            }
            assert!(known.insert((kind, piece.slug.clone())), "{}", piece.slug);
            let address = piece.url.clone();
            assert!(address.is_none_or(|address| addresses.insert(address)));
        }
        assert_eq!(known.len(), size.pieces() + size.pages());
    }

    #[test]
    fn what_is_made_up_is_valid_and_names_only_what_came_before() {
        check(Size::S);
    }

    #[test]
    fn however_little_is_asked_for_it_is_valid() {
        let none = Size {
            goals: 0,
            programmes: 0,
            initiatives: 0,
            partners: 0,
            events: 0,
            media: 0,
        };
        check(none);
        check(Size {
            programmes: 30,
            initiatives: 30,
            events: 30,
            ..none
        });
        check(Size {
            partners: 1,
            media: 1,
            goals: 1,
            programmes: 30,
            initiatives: 30,
            events: 30,
        });
    }

    #[test]
    fn it_is_the_same_every_time() {
        assert!(documents(Size::S).eq(documents(Size::S)));
        let title = |index| documents(Size::S).nth(index).map(|made| made.piece.title);
        // The first partner: behind three pages and 24 topics.
        assert_eq!(title(27).as_deref(), Some("Shared Research Institute 0"));
    }
}
