//! The time that a figure speaks of.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::PartialDate;

/// A time from one date to another: `2024`, `2021-03` or `2024-04/2025-03` (ISO 8601, section 5.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// When it begins.
    pub start: PartialDate,
    /// When it ends: it is part of the period.
    pub end: PartialDate,
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (start, end) = text.split_once('/').unwrap_or((text, text));
        let period = Self {
            start: start.parse()?,
            end: end.parse()?,
        };
        if period.end.last_day() < period.start.first_day() {
            return Err(format!("`{text}` ends before it begins"));
        }
        Ok(period)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.start)?;
        if self.start == self.end {
            Ok(())
        } else {
            write!(out, "/{}", self.end)
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// YAML reads a lone year as a number.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Year(u16),
            Text(String),
        }
        let text = match Written::deserialize(deserializer) {
            Ok(Written::Year(year)) => format!("{year:04}"),
            Ok(Written::Text(text)) => text,
            Err(_) => {
                return Err(de::Error::custom(
                    "a period is written 2024, 2021-03 or 2024-04/2025-03",
                ));
            }
        };
        text.parse().map_err(de::Error::custom)
    }
}
