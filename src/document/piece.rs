//! What the documents of all kinds have.

use entity::node::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Fault, Id, Link, Own, Slug, link::repeated};

/// A piece of content, whole: what all kinds have, and what its kind adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What all kinds have.
    pub piece: Piece,
    /// What its kind adds.
    pub own: Own,
}

/// What all kinds of content have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// Its name in addresses.
    pub slug: Slug,
    /// The slug that it was first published under, if that was another: its identifier comes from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_slug: Option<Slug>,
    /// Its name as people read it.
    pub title: String,
    /// What it is, in one to three sentences of plain text.
    pub summary: String,
    /// More, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Its public address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where it is from.
    pub sources: Vec<Source>,
}

/// A page that a piece is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's slug.
    pub page: Slug,
    /// Where on the page.
    pub locator: String,
}

impl Document {
    /// What it is.
    pub fn kind(&self) -> Kind {
        self.own.kind()
    }

    /// Its identifier, the same in every database.
    pub fn id(&self) -> Id {
        let Piece {
            slug, first_slug, ..
        } = &self.piece;
        Id::of(self.kind(), first_slug.as_ref().unwrap_or(slug))
    }

    /// The pieces that it names.
    pub fn links(&self) -> Vec<Link<'_>> {
        self.own.links()
    }

    /// What is wrong with it, as far as it alone can tell.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = self.piece.faults();
        faults.extend(self.own.faults(&self.piece));
        faults.extend(repeated(&self.links()));
        faults
    }

    /// It as one tree of values, in the form of a catalogue file.
    pub fn to_value(&self) -> Value {
        let (Value::Object(mut fields), Value::Object(own)) = (
            serde_json::to_value(&self.piece).expect("a piece is always JSON"),
            self.own.to_value(),
        ) else {
            unreachable!("structs become objects")
        };
        fields.extend(own);
        Value::Object(fields)
    }
}

const MAX_TITLE: usize = 200;
const MAX_SUMMARY: usize = 500;
const MAX_BODY: usize = 1_000_000;

impl Piece {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(text("title", &self.title, MAX_TITLE));
        faults.extend(text("summary", &self.summary, MAX_SUMMARY));
        faults.extend(
            self.body
                .as_ref()
                .and_then(|body| text("body", body, MAX_BODY)),
        );
        faults.extend(self.url.as_ref().and_then(|url| address("url", url)));
        if self.sources.is_empty() {
            faults.push(Fault::new(
                "sources",
                "there is no source: name at least one page that it is from",
            ));
        }
        faults.extend(
            self.sources
                .iter()
                .enumerate()
                .filter_map(|(index, source)| {
                    let path = format!("sources[{index}].locator");
                    text(&path, &source.locator, MAX_SUMMARY)
                }),
        );
        faults
    }
}

/// A text must say something, and not too much.
pub(super) fn text(path: &str, text: &str, most: usize) -> Option<Fault> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        Some(Fault::new(
            path,
            "there is no text: write some, or leave the field out if it may be left out",
        ))
    } else if length > most {
        let message = format!("there are {length} characters, but at most {most} are allowed");
        Some(Fault::new(path, message))
    } else {
        None
    }
}

/// An address must be one on the web.
pub(super) fn address(path: &str, address: &str) -> Option<Fault> {
    let fault = |what| {
        let message = format!("`{address}` {what}: an address is written https://www.tech.gov.sg/");
        Some(Fault::new(path, message))
    };
    match url::Url::parse(address) {
        Err(error) => fault(format!("is no address ({error})")),
        Ok(url) if !matches!(url.scheme(), "http" | "https") => {
            fault("is not on the web".to_owned())
        }
        Ok(url) if url.as_str() != address => {
            let message = format!("`{address}` is not in normal form: write `{url}`");
            Some(Fault::new(path, message))
        }
        Ok(_) => None,
    }
}
