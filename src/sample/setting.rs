//! What made-up work is done in and with: pages, topics, organisations, strategies, goals and media.

use entity::{media, node::Kind};

use super::{
    Chance, Size,
    piece::{piece, slug},
    words::{TOPICS, Theme},
};
use crate::document::{Document, Goal, Media, Own, Page, Partner, Piece, Strategy, Topic};

/// Where organisations are at home and events take place.
pub(super) const COUNTRIES: [&str; 12] = [
    "SG", "MY", "ID", "TH", "VN", "IN", "AU", "NZ", "GB", "EE", "KR", "JP",
];

/// A page. Nothing is before it that it could name.
pub(super) fn page(size: Size, index: usize) -> Document {
    let chance = &mut Chance::of(Kind::Page, index);
    let theme = Theme::of(Kind::Page, chance);
    let piece = Piece {
        topics: Vec::new(),
        sources: Vec::new(),
        ..piece(size, Kind::Page, index, &theme, chance)
    };
    let own = Page {
        site: Some("civigraph.example".to_owned()),
        permalink: Some(format!("/{}", piece.slug)),
        layout: Some("post".to_owned()),
        published_on: chance.date(),
        sections: Vec::new(),
        tables: Vec::new(),
        links: Vec::new(),
        mentions: Vec::new(),
        media: Vec::new(),
    };
    Document {
        piece,
        own: Own::Page(own),
    }
}

/// A topic, called by its one word.
pub(super) fn topic(size: Size, index: usize) -> Document {
    let chance = &mut Chance::of(Kind::Topic, index);
    let theme = Theme::of(Kind::Topic, chance);
    let title = TOPICS[index];
    let piece = Piece {
        title: title.to_owned(),
        summary: format!("All that has to do with {}.", title.to_lowercase()),
        topics: Vec::new(),
        ..piece(size, Kind::Topic, index, &theme, chance)
    };
    let own = Topic { media: Vec::new() };
    Document {
        piece,
        own: Own::Topic(own),
    }
}

/// An organisation; one of eight is a part of another.
pub(super) fn partner(size: Size, index: usize) -> Document {
    let chance = &mut Chance::of(Kind::Partner, index);
    let theme = Theme::of(Kind::Partner, chance);
    let piece = piece(size, Kind::Partner, index, &theme, chance);
    let country = chance.one_of(&COUNTRIES).to_owned();
    let parent = chance.index(index).filter(|_| chance.one_in(8));
    let own = Partner {
        kind: chance.any(),
        country: (!chance.one_in(10)).then_some(country),
        parent: parent.map(|index| slug(Kind::Partner, index)),
        media: Vec::new(),
    };
    Document {
        piece,
        own: Own::Partner(own),
    }
}

/// A strategy, in the place of the one before it.
pub(super) fn strategy(size: Size, index: usize) -> Document {
    let chance = &mut Chance::of(Kind::Strategy, index);
    let theme = Theme::of(Kind::Strategy, chance);
    let piece = piece(size, Kind::Strategy, index, &theme, chance);
    let launched_on = chance.date();
    let refreshed_on = launched_on.filter(|_| chance.one_in(3));
    let own = Strategy {
        launched_on,
        refreshed_on: refreshed_on.and_then(|date| chance.day_after(date)),
        predecessor: index
            .checked_sub(1)
            .map(|before| slug(Kind::Strategy, before)),
        media: Vec::new(),
    };
    Document {
        piece,
        own: Own::Strategy(own),
    }
}

/// A goal: the first, second or third of its strategy.
pub(super) fn goal(size: Size, index: usize) -> Document {
    let chance = &mut Chance::of(Kind::Goal, index);
    let theme = Theme::of(Kind::Goal, chance);
    let piece = piece(size, Kind::Goal, index, &theme, chance);
    let own = Goal {
        strategy: slug(Kind::Strategy, index / 3),
        position: [1, 2, 3][index % 3],
        media: Vec::new(),
    };
    Document {
        piece,
        own: Own::Goal(own),
    }
}

/// A medium: of ten, eight are pictures, one is a video and one a document.
pub(super) fn media(size: Size, index: usize) -> Document {
    let chance = &mut Chance::of(Kind::Media, index);
    let theme = Theme::of(Kind::Media, chance);
    let piece = piece(size, Kind::Media, index, &theme, chance);
    let (kind, mime_type, ending) = match chance.below(10) {
        0 => (media::Kind::Video, "video/mp4", "mp4"),
        1 => (media::Kind::Document, "application/pdf", "pdf"),
        _ => (media::Kind::Image, "image/jpeg", "jpg"),
    };
    let (picture, video) = (kind == media::Kind::Image, kind == media::Kind::Video);
    let (width, height) = chance.one_of(&[(640, 480), (1_280, 720), (1_920, 1_080)]);
    let decorative = chance.one_in(20) && picture;
    let own = Media {
        kind,
        mime_type: Some(mime_type.to_owned()),
        bytes: Some(20_000 + 100 * i64::from(chance.below(40_000))),
        width: (picture || video).then_some(width),
        height: (picture || video).then_some(height),
        duration_seconds: video.then(|| 30 + i32::from(chance.below(3_600))),
        provider: None,
        provider_id: None,
        alt_text: (picture && !decorative).then(|| theme.summary(chance)),
        decorative,
        caption: chance.one_in(3).then(|| theme.title(index)),
        captions: chance.one_in(2) && video,
        transcript: None,
    };
    let piece = Piece {
        url: Some(format!(
            "https://media.civigraph.example/{}.{ending}",
            piece.slug
        )),
        ..piece
    };
    Document {
        piece,
        own: Own::Media(own),
    }
}
