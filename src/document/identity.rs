//! What content is called: slugs and identifiers.

use std::{fmt, str::FromStr};

use entity::node::Kind;
use sea_orm::ActiveEnum;
use serde::{Deserialize, Deserializer, Serialize, de};
use uuid::Uuid;

/// The name of a piece of content in addresses and links, unique within its kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Slug(String);

impl Slug {
    const MAX_LENGTH: usize = 80;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words = |mut words: std::str::Split<'_, char>| {
            words.all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            })
        };
        if text.len() <= Self::MAX_LENGTH && words(text.split('-')) {
            Ok(Self(text.to_owned()))
        } else {
            let text: String = text.chars().take(Self::MAX_LENGTH).collect();
            Err(format!(
                "`{text}` is no slug: a slug has lower-case letters a to z, digits and single hyphens between them, at most {} in all",
                Self::MAX_LENGTH
            ))
        }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// The identifier of a piece of content: `programme:3f0f…`, with a UUID behind the colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id {
    /// What it is.
    pub kind: Kind,
    /// Its node.
    pub node: Uuid,
}

/// The namespace of the identifiers that are derived from kinds and slugs.
const NAMESPACE: Uuid = Uuid::from_u128(0x9d7c_1c3e_51a4_5f0e_8a36_0d5b_cb1c_7e42);

impl Id {
    /// The identifier of the piece that was first published under this slug: the same in every
    /// database (RFC 9562, section 5.5).
    pub fn of(kind: Kind, first_slug: &Slug) -> Self {
        let name = format!("{}:{first_slug}", kind.to_value());
        Self {
            kind,
            node: Uuid::new_v5(&NAMESPACE, name.as_bytes()),
        }
    }
}

/// What figures of one series share, derived from the series' name.
pub fn series_id(series: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("series:{series}").as_bytes())
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.kind.to_value(), self.node)
    }
}

impl FromStr for Id {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, node) = text.split_once(':').ok_or(())?;
        let id = Self {
            kind: Kind::try_from_value(&kind.to_owned()).map_err(drop)?,
            node: Uuid::try_parse(node).map_err(drop)?,
        };
        // Only as we write it: one piece has one identifier.
        if id.to_string() == text {
            Ok(id)
        } else {
            Err(())
        }
    }
}
