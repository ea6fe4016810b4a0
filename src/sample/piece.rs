//! What made-up pieces of all kinds have.

use chrono::Days;
use entity::{node::Kind, node_media::Role};
use sea_orm::ActiveEnum;

use super::{
    Chance, Size,
    words::{TOPICS, Theme},
};
use crate::document::{PartnerLink, Piece, ShownMedia, Slug, Source, Withdrawn};

/// The slug of the piece of this kind and number, such as `programme-00042`.
pub(super) fn slug(kind: Kind, index: usize) -> Slug {
    let slug = format!("{}-{index:05}", kind.to_value());
    slug.parse()
        .expect("a kind, a hyphen and digits are a slug")
}

/// The slugs of these pieces of a kind.
pub(super) fn slugs(kind: Kind, indexes: Vec<usize>) -> Vec<Slug> {
    indexes.into_iter().map(|index| slug(kind, index)).collect()
}

/// What a piece has whatever its kind.
pub(super) fn piece(
    size: Size,
    kind: Kind,
    index: usize,
    theme: &Theme,
    chance: &mut Chance,
) -> Piece {
    let slug = slug(kind, index);
    let reviewed_on = chance.one_in(3).then(|| chance.day());
    let topics = if chance.one_in(3) {
        let count = 1 + chance.below(2);
        slugs(Kind::Topic, chance.indexes(count, TOPICS.len()))
    } else {
        Vec::new()
    };
    Piece {
        first_slug: None,
        title: theme.title(index),
        summary: theme.summary(chance),
        body: None,
        url: Some(format!("https://civigraph.example/{slug}")),
        language: "en".to_owned(),
        licence: Some("CC0-1.0".to_owned()),
        attribution: None,
        owner: None,
        reviewed_on,
        review_due_on: reviewed_on.map(|day| day + Days::new(365)),
        topics,
        translations: Vec::new(),
        contacts: Vec::new(),
        sources: source(size, chance).into_iter().collect(),
        withdrawn: withdrawn(kind, index, chance),
        redirected: None,
        gone: None,
        slug,
    }
}

/// The place where a piece is said to be from.
fn source(size: Size, chance: &mut Chance) -> Option<Source> {
    Some(Source {
        page: slug(Kind::Page, chance.index(size.pages())?),
        locator: format!("Section {}", 1 + chance.below(40)),
        field: None,
        quoted_words: None,
        retrieved_at: None,
        content_hash: None,
    })
}

/// One of a hundred pieces holds no more; never the first of a kind, by which benchmarks ask.
fn withdrawn(kind: Kind, index: usize, chance: &mut Chance) -> Option<Withdrawn> {
    let few = matches!(kind, Kind::Page | Kind::Topic | Kind::Strategy | Kind::Goal);
    let holds = !chance.one_in(100) || few;
    let before = index.checked_sub(1).filter(|_| !holds)?;
    Some(Withdrawn {
        reason: "It was merged with another.".to_owned(),
        successor: chance.one_in(2).then(|| slug(kind, before)),
    })
}

/// So many media, the first of them as the cover.
pub(super) fn shown(size: Size, wanted: u16, chance: &mut Chance) -> Vec<ShownMedia> {
    let media = chance.indexes(wanted, size.media).into_iter();
    let shown = media.enumerate().map(|(place, index)| ShownMedia {
        media: slug(Kind::Media, index),
        role: if place == 0 {
            Role::Cover
        } else {
            chance.any()
        },
    });
    shown.collect()
}

/// These organisations, each with something to do.
pub(super) fn partners(indexes: Vec<usize>, chance: &mut Chance) -> Vec<PartnerLink> {
    let partners = indexes.into_iter().map(|index| PartnerLink {
        partner: slug(Kind::Partner, index),
        role: chance.any(),
    });
    partners.collect()
}
