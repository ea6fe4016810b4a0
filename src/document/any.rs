//! References to content of any kind: `programme:singpass`.

use std::{fmt, str::FromStr};

use entity::node::Kind;
use sea_orm::ActiveEnum;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Link, Slug};

/// A piece of content of any kind, by its kind and slug.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AnySlug {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub slug: Slug,
}

impl AnySlug {
    /// The pieces that a list names.
    pub(super) fn links<'d>(
        list: &'static str,
        names: &'d [Self],
    ) -> impl Iterator<Item = Link<'d>> {
        names.iter().enumerate().map(move |(index, name)| Link {
            path: format!("{list}[{index}]"),
            kind: name.kind,
            slug: &name.slug,
        })
    }
}

impl FromStr for AnySlug {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || {
            format!(
                "`{text}` is no reference: write the kind and the slug, such as programme:singpass"
            )
        };
        let (kind, slug) = text.split_once(':').ok_or_else(form)?;
        let kind = Kind::try_from_value(&kind.to_owned()).map_err(|_| form())?;
        Ok(Self {
            kind,
            slug: slug.parse()?,
        })
    }
}

impl fmt::Display for AnySlug {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.kind.to_value(), self.slug)
    }
}

impl Serialize for AnySlug {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AnySlug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
