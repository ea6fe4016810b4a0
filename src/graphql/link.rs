//! What links say on edges: the role of a partner, the place of a picture.

use async_graphql::{Enum, SimpleObject};
use entity::{event_partner, initiative_partner, node_media, programme_partner};

use super::connection::{EdgeFields, FromLink};
use crate::load::Linked;

/// The part of an organisation in a programme or an initiative.
#[derive(SimpleObject)]
pub struct Partnership {
    /// What the organisation does for it.
    role: PartnershipRole,
}

/// What an organisation does for a programme or an initiative.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "programme_partner::Role")]
pub enum PartnershipRole {
    /// Works on it together with others.
    Collaborator,
    /// Builds it.
    Developer,
    /// Runs it day by day.
    Operator,
    /// Pays for it.
    Funder,
    /// Brings technology that it is built with.
    TechnologyProvider,
}

impl EdgeFields for Partnership {
    const NAME: &'static str = "Partnership";
}

impl FromLink<Linked<programme_partner::Entity>> for Partnership {
    fn from_link(link: &Linked<programme_partner::Entity>) -> Self {
        Self {
            role: link.0.role.into(),
        }
    }
}

impl FromLink<Linked<initiative_partner::Entity>> for Partnership {
    fn from_link(link: &Linked<initiative_partner::Entity>) -> Self {
        Self {
            role: link.0.role.into(),
        }
    }
}

/// The part of an organisation in an event.
#[derive(SimpleObject)]
pub struct Participation {
    /// What the organisation does at the event.
    role: ParticipationRole,
}

/// What an organisation does at an event.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "event_partner::Role")]
pub enum ParticipationRole {
    /// Holds the event.
    Organiser,
    /// Holds the event together with its organiser.
    CoOrganiser,
    /// Pays for a part of the event.
    Sponsor,
    /// Takes part in the event.
    Participant,
}

impl EdgeFields for Participation {
    const NAME: &'static str = "Participation";
}

impl FromLink<Linked<event_partner::Entity>> for Participation {
    fn from_link(link: &Linked<event_partner::Entity>) -> Self {
        Self {
            role: link.0.role.into(),
        }
    }
}

/// The part of a medium in what shows it.
#[derive(SimpleObject)]
pub struct Showing {
    /// What the medium is there for.
    role: MediaRole,
    /// Its place among the media shown there, from 1: the most telling comes first.
    position: i32,
}

/// What a medium is there for, where it is shown.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "node_media::Role")]
pub enum MediaRole {
    /// The picture that stands for the whole.
    Cover,
    /// The sign of an organisation or a product.
    Logo,
    /// Shows a part of it.
    Illustration,
    /// What was filmed or said there.
    Recording,
    /// A document that goes with it.
    Attachment,
}

impl EdgeFields for Showing {
    const NAME: &'static str = "Showing";
}

impl FromLink<Linked<node_media::Entity>> for Showing {
    fn from_link(link: &Linked<node_media::Entity>) -> Self {
        Self {
            role: link.0.role.into(),
            position: link.0.position,
        }
    }
}
