//! What media offer to people who do not see or hear, and what is missing.

use std::sync::Arc;

use async_graphql::{Enum, Object};
use entity::media::{Column, Kind, Model};
use sea_orm::IdenStatic;

use crate::load::{Is, Key, Test};

pub struct Accessibility(pub Arc<Model>);

/// What a medium offers to people who do not see or hear (WCAG 2.2, guidelines 1.1 and 1.2).
#[Object]
impl Accessibility {
    /// What it shows, for people who do not see it.
    fn alt_text(&self) -> Option<&str> {
        self.0.alt_text.as_deref()
    }

    /// Whether it only decorates, so that it needs no alternative text.
    fn decorative(&self) -> bool {
        self.0.decorative
    }

    /// Whether what is said in it can also be read in it.
    fn captions(&self) -> bool {
        self.0.captions
    }

    /// Whether there is a transcript: the medium's `transcript` has it.
    fn has_transcript(&self) -> bool {
        self.0.has_transcript
    }

    /// What it needs and does not have; empty if nothing is missing.
    fn missing(&self) -> Vec<AccessibilityGap> {
        let media = &self.0;
        let video = media.kind == Kind::Video;
        let image = media.kind == Kind::Image;
        let gaps = [
            (
                image && !media.decorative && media.alt_text.is_none(),
                AccessibilityGap::AltText,
            ),
            (video && !media.captions, AccessibilityGap::Captions),
            (video && !media.has_transcript, AccessibilityGap::Transcript),
        ];
        let gaps = gaps.into_iter().filter(|(missing, _)| *missing);
        gaps.map(|(_, gap)| gap).collect()
    }
}

/// What a medium can lack for people who do not see or hear.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessibilityGap {
    /// A picture that says something has no alternative text.
    AltText,
    /// What is said in a video cannot be read in it.
    Captions,
    /// What is said in a video is not written down.
    Transcript,
}

/// That media lack something for people who do not see or hear: that `missing` is not empty.
pub fn inaccessible() -> Test {
    let is = |column: Column, word: &str| {
        Test::Is(column.as_str(), Is::Equal(Key::Text(word.to_owned())))
    };
    let lacks = |column: Column| Test::Is(column.as_str(), Is::Equal(Key::Bool(false)));
    let image = Test::All(vec![
        is(Column::Kind, "image"),
        lacks(Column::Decorative),
        Test::Is(Column::AltText.as_str(), Is::Nothing),
    ]);
    let unread = Test::Any(vec![lacks(Column::Captions), lacks(Column::HasTranscript)]);
    let video = Test::All(vec![is(Column::Kind, "video"), unread]);
    Test::Any(vec![image, video])
}
