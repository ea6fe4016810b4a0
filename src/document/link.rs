//! How a document names other pieces.

use std::collections::HashSet;

use entity::{node::Kind, node_media, programme_partner};
use serde::{Deserialize, Serialize};

use super::{Fault, Slug};

/// A piece that a document names, and where it does so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<'d> {
    /// Where in the document.
    pub path: String,
    /// What it must be.
    pub kind: Kind,
    /// Its name.
    pub slug: &'d Slug,
}

impl<'d> Link<'d> {
    /// The piece that a field names.
    pub fn one(path: &str, kind: Kind, slug: &'d Slug) -> Self {
        Self {
            path: path.to_owned(),
            kind,
            slug,
        }
    }

    /// The pieces that a list names. `key` is the name of the slug's field in each item, or empty if
    /// the items are slugs.
    pub fn many(
        list: &'static str,
        key: &'static str,
        kind: Kind,
        slugs: impl IntoIterator<Item = &'d Slug>,
    ) -> impl Iterator<Item = Self> {
        slugs.into_iter().enumerate().map(move |(index, slug)| {
            let dot = if key.is_empty() { "" } else { "." };
            Self {
                path: format!("{list}[{index}]{dot}{key}"),
                kind,
                slug,
            }
        })
    }
}

/// A medium that a piece shows. Its position is its place in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownMedia {
    /// Which.
    pub media: Slug,
    /// What it is there for.
    pub role: node_media::Role,
}

/// An organisation that works on a programme or an initiative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerLink {
    /// Which.
    pub partner: Slug,
    /// What it does.
    pub role: programme_partner::Role,
}

/// Two links to one piece in one list are one too many. Only sources may name a page again: for another
/// place on it, or for another field.
pub(super) fn repeated(links: &[Link<'_>]) -> Vec<Fault> {
    let list = |path: &str| path.split_once('[').map(|(list, _)| list.to_owned());
    let mut seen = HashSet::new();
    links
        .iter()
        .filter_map(|link| Some((list(&link.path)?, link)))
        .filter(|(list, _)| list != "sources")
        .filter(|(list, link)| !seen.insert((list.clone(), link.kind, link.slug)))
        .map(|(_, link)| {
            let message = format!("`{}` is in the list already: name it once", link.slug);
            Fault::new(link.path.clone(), message)
        })
        .collect()
}
