//! What hangs off documents of any kind: sources, translations, contacts, the end of life.

use chrono::{DateTime, Datelike, Utc};
use entity::translation::Status;
use serde::{Deserialize, Serialize};

use super::{
    Fault, Piece, Slug,
    piece::language,
    text::{address, text},
};

/// A page that a piece, or one of its fields, is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's slug.
    pub page: Slug,
    /// Where on the page.
    pub locator: String,
    /// The field that it is the source of; none for the whole piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The page's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted_words: Option<String>,
    /// When the page was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved_at: Option<DateTime<Utc>>,
    /// Of the page as it was read: SHA-256 in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_hash: Option<String>,
}

impl Source {
    pub(super) fn faults(&self, index: usize) -> Vec<Fault> {
        let mut faults = Vec::new();
        let path = |field: &str| format!("sources[{index}].{field}");
        faults.extend(text(&path("locator"), &self.locator, 500));
        let field = self.field.as_ref();
        faults.extend(field.and_then(|field| text(&path("field"), field, 64)));
        let words = self.quoted_words.as_ref();
        faults.extend(words.and_then(|words| text(&path("quoted_words"), words, 10_000)));
        let in_calendar = |at: DateTime<Utc>| (1..=9999).contains(&at.year());
        if self.retrieved_at.is_some_and(|at| !in_calendar(at)) {
            let message = "it is not in the calendar: a moment is written 2024-10-08T09:30:00Z";
            faults.push(Fault::new(path("retrieved_at"), message));
        }
        let wrong =
            |hash: &String| hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        if self.content_hash.as_ref().is_some_and(wrong) {
            let message = "it is no SHA-256 in hexadecimal: 64 digits are expected";
            faults.push(Fault::new(path("content_hash"), message));
        }
        faults
    }
}

/// A piece in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// BCP 47.
    pub language: String,
    /// Who answers for it.
    pub status: Status,
    /// Its name as people read it.
    pub title: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// More, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

impl Translation {
    pub(super) fn faults(&self, index: usize, piece: &Piece) -> Vec<Fault> {
        let mut faults = Vec::new();
        let path = |field: &str| format!("translations[{index}].{field}");
        faults.extend(language(&path("language"), &self.language));
        let earlier = &piece.translations[..index];
        let same = |other: &str| self.language.eq_ignore_ascii_case(other);
        if same(&piece.language) || earlier.iter().any(|other| same(&other.language)) {
            let message = format!(
                "the text in `{}` is there already: one is enough",
                self.language
            );
            faults.push(Fault::new(path("language"), message));
        }
        faults.extend(text(&path("title"), &self.title, 200));
        let summary = self.summary.as_ref();
        faults.extend(summary.and_then(|summary| text(&path("summary"), summary, 1_000)));
        let body = self.body.as_ref();
        faults.extend(body.and_then(|body| text(&path("body"), body, 1_000_000)));
        faults
    }
}

/// Where to write to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// An e-mail address, or the address of a form.
    pub address: String,
    /// What for.
    pub purpose: String,
}

impl Contact {
    /// Whether somebody could write there.
    pub fn is_good(&self) -> bool {
        self.faults(0).is_empty()
    }

    pub(super) fn faults(&self, index: usize) -> Vec<Fault> {
        let mut faults = Vec::new();
        let path = |field: &str| format!("contacts[{index}].{field}");
        let mail = self.address.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !self.address.contains(char::is_whitespace)
        });
        if !mail && address("", &self.address).is_some() {
            let message = format!(
                "`{}` is neither an e-mail address nor the address of a form",
                self.address
            );
            faults.push(Fault::new(path("address"), message));
        }
        faults.extend(text(&path("purpose"), &self.purpose, 500));
        faults
    }
}

/// It holds no more, but can still be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// Why.
    pub reason: String,
    /// What took its place: of the same kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<Slug>,
}

/// It is found at another address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redirected {
    /// Where.
    pub to: String,
}

/// It is not there any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gone {
    /// Why.
    pub reason: String,
}
