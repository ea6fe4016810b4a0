//! What links say on edges: the role of a partner, the place of a picture.

use async_graphql::{Enum, SimpleObject};
use entity::{event_partner, initiative_partner, node_media, programme_partner};

use super::connection::{EdgeFields, FromLink};
use crate::load::Linked;

/// The part of an organisation in a programme or an initiative.
#[derive(SimpleObject)]
pub struct Partnership {
    /// What the organisation does for it.
    role: PartnerRole,
}

/// The part of an organisation in an event.
#[derive(SimpleObject)]
pub struct Participation {
    /// What the organisation does at the event.
    role: PartnerRole,
}

/// What an organisation does for a programme or an initiative, or at an event.
// One type for both, as `ContentKind` is one: else `role` could not be asked for of both at once.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartnerRole {
    /// Works on a programme or an initiative together with others.
    Collaborator,
    /// Builds it.
    Developer,
    /// Runs it day by day.
    Operator,
    /// Pays for it.
    Funder,
    /// Brings technology that it is built with.
    TechnologyProvider,
    /// Holds an event.
    Organiser,
    /// Holds an event together with its organiser.
    CoOrganiser,
    /// Pays for a part of an event.
    Sponsor,
    /// Takes part in an event.
    Participant,
}

impl From<programme_partner::Role> for PartnerRole {
    fn from(role: programme_partner::Role) -> Self {
        match role {
            programme_partner::Role::Collaborator => Self::Collaborator,
            programme_partner::Role::Developer => Self::Developer,
            programme_partner::Role::Operator => Self::Operator,
            programme_partner::Role::Funder => Self::Funder,
            programme_partner::Role::TechnologyProvider => Self::TechnologyProvider,
        }
    }
}

impl From<event_partner::Role> for PartnerRole {
    fn from(role: event_partner::Role) -> Self {
        match role {
            event_partner::Role::Organiser => Self::Organiser,
            event_partner::Role::CoOrganiser => Self::CoOrganiser,
            event_partner::Role::Sponsor => Self::Sponsor,
            event_partner::Role::Participant => Self::Participant,
        }
    }
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
