//! Documents of figures.

use entity::{node::Kind, statistic::Qualifier};
use serde::{Deserialize, Serialize};

use super::{
    AnySlug, Decimal, Fault, Link, Period, Piece, ShownMedia, Slug, own::Part, partner::country,
    text::text,
};

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statistic {
    /// The exact number.
    pub value: Decimal,
    /// What is counted, as one fixed word; money by its ISO 4217 code.
    pub unit: String,
    /// How exact the figure is.
    pub qualifier: Qualifier,
    /// The figure as people write it.
    pub display_value: String,
    /// The time that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// What that time is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_label: Option<String>,
    /// The country that it speaks of: ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geography: Option<String>,
    /// What it shares with figures of the same thing at other times or from other pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<Slug>,
    /// What it is a figure of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<AnySlug>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Statistic {
    fn links(&self) -> Vec<Link<'_>> {
        let media = self.media.iter().map(|shown| &shown.media);
        let media = Link::many("media", "media", Kind::Media, media);
        AnySlug::links("measures", &self.measures)
            .chain(media)
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let geography = self
            .geography
            .as_deref()
            .and_then(|code| country("geography", code));
        let lone_label = self.period_label.is_some() && self.period.is_none();
        let lone_label = lone_label.then(|| {
            let message = "there is no `period` that it names: give both, or none";
            Fault::new("period_label", message)
        });
        let label = self.period_label.as_ref();
        [
            text("unit", &self.unit, 64),
            text("display_value", &self.display_value, 100),
            label.and_then(|label| text("period_label", label, 100)),
            geography,
            lone_label,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
