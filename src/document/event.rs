//! Documents of events.

use entity::{event, event_partner, event_session, node::Kind};
use serde::{Deserialize, Serialize};

use super::{
    Fault, Link, PartialDate, Piece, ShownMedia, Slug, own::Part, partial_date::in_order,
    partner::country, text::text,
};

/// Something that takes place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// What kind of event it is.
    pub kind: event::Kind,
    /// When it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<PartialDate>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<PartialDate>,
    /// Where it takes place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// In which country: ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The name of the series that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// The programme that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Slug>,
    /// The initiative that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiative: Option<Slug>,
    /// Who has a part in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<EventPartner>,
    /// Its sessions, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

/// An organisation that has a part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventPartner {
    /// Which.
    pub partner: Slug,
    /// What it does there.
    pub role: event_partner::Role,
}

/// A part of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Its name.
    pub title: String,
    /// What it was about.
    pub summary: String,
    /// Who could come.
    pub access: event_session::Access,
}

impl Part for Event {
    fn links(&self) -> Vec<Link<'_>> {
        let programme = self.programme.iter();
        let programme = programme.map(|slug| Link::one("programme", Kind::Programme, slug));
        let initiative = self.initiative.iter();
        let initiative = initiative.map(|slug| Link::one("initiative", Kind::Initiative, slug));
        let partners = self.partners.iter().map(|link| &link.partner);
        let media = self.media.iter().map(|shown| &shown.media);
        programme
            .chain(initiative)
            .chain(Link::many("partners", "partner", Kind::Partner, partners))
            .chain(Link::many("media", "media", Kind::Media, media))
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let dates = in_order("starts_on", self.starts_on, "ends_on", self.ends_on);
        let country = self.country.as_deref();
        let country = country.and_then(|code| self::country("country", code));
        let names = [("venue", &self.venue), ("series", &self.series)];
        let names = names
            .into_iter()
            .filter_map(|(path, name)| text(path, name.as_ref()?, 200));
        let sessions = self
            .sessions
            .iter()
            .enumerate()
            .flat_map(|(index, session)| {
                [
                    text(&format!("sessions[{index}].title"), &session.title, 200),
                    text(&format!("sessions[{index}].summary"), &session.summary, 500),
                ]
            });
        dates
            .into_iter()
            .chain(country)
            .chain(names)
            .chain(sessions.flatten())
            .collect()
    }
}
