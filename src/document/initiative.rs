//! Documents of initiatives.

use entity::{initiative, node::Kind};
use serde::{Deserialize, Serialize};

use super::{
    Fault, Link, PartialDate, PartnerLink, Piece, ShownMedia, Slug, own::Part,
    partial_date::in_order,
};

/// An effort with an aim of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Initiative {
    /// Where it stands.
    pub status: initiative::Status,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_on: Option<PartialDate>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<PartialDate>,
    /// The programme that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Slug>,
    /// What it works towards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Slug>,
    /// Who works on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<PartnerLink>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Initiative {
    fn links(&self) -> Vec<Link<'_>> {
        let programme = self.programme.iter();
        let programme = programme.map(|slug| Link::one("programme", Kind::Programme, slug));
        let partners = self.partners.iter().map(|link| &link.partner);
        let media = self.media.iter().map(|shown| &shown.media);
        programme
            .chain(Link::many("goals", "", Kind::Goal, &self.goals))
            .chain(Link::many("partners", "partner", Kind::Partner, partners))
            .chain(Link::many("media", "media", Kind::Media, media))
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let dates = in_order("started_on", self.started_on, "ended_on", self.ended_on);
        dates.into_iter().collect()
    }
}
