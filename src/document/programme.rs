//! Documents of programmes.

use entity::{
    node::Kind,
    programme::{self, Audience},
};
use serde::{Deserialize, Serialize};

use super::{
    Fault, Link, PartialDate, PartnerLink, Piece, ShownMedia, Slug, own::Part,
    partial_date::in_order,
};

/// What a government runs for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// What kind of programme it is.
    pub kind: programme::Kind,
    /// Whom it is for, the most important first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_on: Option<PartialDate>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<PartialDate>,
    /// What it works towards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Slug>,
    /// The agency that leads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_agency: Option<Slug>,
    /// The programme that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Slug>,
    /// Who works on it beside the lead agency.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<PartnerLink>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Programme {
    fn links(&self) -> Vec<Link<'_>> {
        let lead = self.lead_agency.iter();
        let lead = lead.map(|slug| Link::one("lead_agency", Kind::Partner, slug));
        let parent = self.parent.iter();
        let parent = parent.map(|slug| Link::one("parent", Kind::Programme, slug));
        let partners = self.partners.iter().map(|link| &link.partner);
        let media = self.media.iter().map(|shown| &shown.media);
        lead.chain(parent)
            .chain(Link::many("goals", "", Kind::Goal, &self.goals))
            .chain(Link::many("partners", "partner", Kind::Partner, partners))
            .chain(Link::many("media", "media", Kind::Media, media))
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let dates = in_order("started_on", self.started_on, "ended_on", self.ended_on);
        let leads = |link: &PartnerLink| Some(&link.partner) == self.lead_agency.as_ref();
        let twice = self.partners.iter().position(leads).map(|index| {
            Fault::new(
                format!("partners[{index}].partner"),
                "it is the lead agency already: name it there alone",
            )
        });
        let audiences = (1..self.audiences.len()).filter_map(|index| {
            let audience = self.audiences[index];
            self.audiences[..index].contains(&audience).then(|| {
                let path = format!("audiences[{index}]");
                Fault::new(path, "it is in the list already: name it once")
            })
        });
        dates.into_iter().chain(twice).chain(audiences).collect()
    }
}
