//! How many rows of a list have which value.

use async_graphql::{Enum, ID, SimpleObject};
use entity::node::Kind;

use crate::{document::Id, load::Bucket};

/// What the rows of a list are counted by. Which of these a list has is said at its values; another one is
/// an error with the code `BAD_USER_INPUT`.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FacetBy {
    /// What it is: of lists of content of all kinds and of searches. The filter is `type`, or `kinds` of a
    /// search.
    ContentType,
    /// What kind of programme, organisation, event or medium it is: of their lists, of lists of content
    /// of all kinds and of searches. The filter is `kind`.
    Kind,
    /// How far it is: of lists of initiatives. The filter is `status`.
    Status,
    /// Whom it is for: of lists of programmes, of content of all kinds and of searches. The filter is
    /// `audience`.
    Audience,
    /// The goal that it works towards: of lists of programmes and initiatives, of content of all kinds and
    /// of searches. The filter is `goals`.
    Goal,
    /// The agency that leads it: of lists of programmes. The filter is `leadAgency`.
    LeadAgency,
    /// The organisation that has a part in it, got it or is spoken for: of lists of programmes,
    /// initiatives, events, awards and people, of content of all kinds and of searches. The filter is
    /// `partners`, `recipients` or `organisation`.
    Partner,
    /// The programme that it belongs to: of lists of initiatives, events, awards, goals, partners and
    /// challenges, of content of all kinds and of searches. The filter is `programme` or `programmes`.
    Programme,
    /// What it is about: of lists of all content. The filter is `topics`.
    Topic,
    /// The year in which it began, took place, was said or published, or in which the time begins that it
    /// speaks of: of lists of all kinds that have a date, of content of all kinds and of searches. The filter
    /// is the date's, or `year`.
    Year,
    /// Where it is: of lists of events, partners and statistics. The filter is `country` or `geography`.
    Country,
    /// What is counted: of lists of statistics. The filter is `unit`.
    Unit,
    /// The site that it is of: of lists of pages. The filter is `site`.
    Site,
    /// The language of the original: of lists of all content. The filter is `language`.
    Language,
}

/// The values that most of a list's rows have, whatever page is shown.
#[derive(SimpleObject)]
pub struct FacetCounts {
    /// What is counted by.
    by: FacetBy,
    /// The values, those of most rows first.
    buckets: Vec<FacetBucket>,
}

/// The rows of a list that have one value. A row may have several values, or none.
#[derive(SimpleObject)]
pub struct FacetBucket {
    /// The value as a filter takes it: `DIGITAL_SERVICE`, `2024`; of another piece of content, its slug.
    value: String,
    /// The value as people read it: of another piece of content, its title.
    label: String,
    /// The identifier of the other piece of content, if the value is one.
    id: Option<ID>,
    /// How many rows of the list have it. What the list's filter says of this very value is left out, so
    /// that people see what else they could choose.
    count: i64,
}

impl FacetCounts {
    /// What was counted.
    pub fn new(by: FacetBy, buckets: &[Bucket]) -> Self {
        Self {
            by,
            buckets: buckets.iter().map(|bucket| by.bucket(bucket)).collect(),
        }
    }
}

impl FacetBy {
    /// What clients call it.
    pub fn name(self) -> String {
        match async_graphql::InputType::to_value(&self) {
            async_graphql::Value::Enum(name) => name.to_string(),
            other => unreachable!("{other} is no enum"),
        }
    }

    /// The kind of content that its values are.
    fn of(self) -> Option<Kind> {
        match self {
            Self::Goal => Some(Kind::Goal),
            Self::LeadAgency | Self::Partner => Some(Kind::Partner),
            Self::Programme => Some(Kind::Programme),
            Self::Topic => Some(Kind::Topic),
            _ => None,
        }
    }

    fn bucket(self, bucket: &Bucket) -> FacetBucket {
        let stored = &bucket.value;
        let is_enum = matches!(
            self,
            Self::ContentType | Self::Kind | Self::Status | Self::Audience
        );
        let value = if is_enum {
            stored.to_uppercase()
        } else {
            stored.clone()
        };
        let words = || {
            let spaced = stored.replace('_', " ");
            let mut chars = spaced.chars();
            let first = chars.next().map(|first| first.to_uppercase().to_string());
            first.unwrap_or_default() + chars.as_str()
        };
        let title = bucket.title.clone();
        let id = self.of().zip(bucket.id);
        FacetBucket {
            label: title.unwrap_or_else(|| if is_enum { words() } else { stored.clone() }),
            value,
            id: id.map(|(kind, node)| ID(Id { kind, node }.to_string())),
            count: bucket.count,
        }
    }
}
