//! What kind of programme, organisation, event or medium something is.

use async_graphql::Enum;
use entity::{event, media, partner, programme};

/// What kind of programme, organisation, event or medium something is.
// One type for all of them: otherwise `kind` could not be asked for in one query of `node` or `nodes`
// for several types at once (GraphQL, section 5.3.2, field selection merging).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// A programme: something that people or businesses use, such as an app or a portal.
    DigitalService,
    /// A programme: something that services are built on or run on.
    Platform,
    /// A programme: training, a scholarship, a way into a profession.
    Talent,
    /// A programme: money for research or for businesses.
    Funding,
    /// A programme or an organisation: people who meet, test or create together.
    Community,
    /// A programme: a law.
    Legislation,
    /// A programme: rules that a government gives itself.
    Policy,
    /// An organisation: a ministry, an agency or another part of this country's government.
    Agency,
    /// An organisation: a company, or companies together.
    Industry,
    /// An organisation of many countries, such as the United Nations.
    InternationalOrganisation,
    /// An organisation: another country's government, or a part of it.
    ForeignGovernment,
    /// An organisation that works for the common good.
    NonProfit,
    /// An organisation: a university or a research institute.
    Academia,
    /// An event: talks for many people.
    Conference,
    /// An event: people build something together in a short time.
    Hackathon,
    /// An event: people are trained in a short time.
    Bootcamp,
    /// An event: people meet to exchange what they know.
    Forum,
    /// An event: one side informs the other.
    Briefing,
    /// An event: a delegation comes.
    Visit,
    /// An event: an agreement is signed.
    Signing,
    /// An event: something new is presented.
    Launch,
    /// A medium: a picture.
    Image,
    /// A medium: a film.
    Video,
    /// A medium: a text to download, such as a PDF.
    Document,
}

impl From<programme::Kind> for ContentKind {
    fn from(kind: programme::Kind) -> Self {
        match kind {
            programme::Kind::DigitalService => Self::DigitalService,
            programme::Kind::Platform => Self::Platform,
            programme::Kind::Talent => Self::Talent,
            programme::Kind::Funding => Self::Funding,
            programme::Kind::Community => Self::Community,
            programme::Kind::Legislation => Self::Legislation,
            programme::Kind::Policy => Self::Policy,
        }
    }
}

impl From<partner::Kind> for ContentKind {
    fn from(kind: partner::Kind) -> Self {
        match kind {
            partner::Kind::Agency => Self::Agency,
            partner::Kind::Industry => Self::Industry,
            partner::Kind::InternationalOrganisation => Self::InternationalOrganisation,
            partner::Kind::ForeignGovernment => Self::ForeignGovernment,
            partner::Kind::NonProfit => Self::NonProfit,
            partner::Kind::Academia => Self::Academia,
            partner::Kind::Community => Self::Community,
        }
    }
}

impl From<event::Kind> for ContentKind {
    fn from(kind: event::Kind) -> Self {
        match kind {
            event::Kind::Conference => Self::Conference,
            event::Kind::Hackathon => Self::Hackathon,
            event::Kind::Bootcamp => Self::Bootcamp,
            event::Kind::Forum => Self::Forum,
            event::Kind::Briefing => Self::Briefing,
            event::Kind::Visit => Self::Visit,
            event::Kind::Signing => Self::Signing,
            event::Kind::Launch => Self::Launch,
        }
    }
}

impl From<media::Kind> for ContentKind {
    fn from(kind: media::Kind) -> Self {
        match kind {
            media::Kind::Image => Self::Image,
            media::Kind::Video => Self::Video,
            media::Kind::Document => Self::Document,
        }
    }
}
