//! What each kind adds to a piece of content.

use entity::node::Kind;
use serde::Serialize;
use serde_json::Value;

use super::{
    Award, Challenge, Event, Fault, Goal, Initiative, Link, Media, Page, Partner, Person, Piece,
    Programme, Quote, Statistic, Strategy, Topic,
};

/// What a piece of content has because of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each is described at its type")]
pub enum Own {
    Strategy(Strategy),
    Goal(Goal),
    Programme(Programme),
    Initiative(Initiative),
    Partner(Partner),
    Event(Event),
    Media(Media),
    Person(Person),
    Quote(Quote),
    Statistic(Statistic),
    Award(Award),
    Challenge(Challenge),
    Page(Page),
    Topic(Topic),
}

/// A kind's part of a document.
pub(super) trait Part {
    /// The pieces that it names.
    fn links(&self) -> Vec<Link<'_>>;

    /// What is wrong with it. `piece` is the rest of the document.
    fn faults(&self, piece: &Piece) -> Vec<Fault>;
}

impl Own {
    /// Which kind it is of.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Strategy(_) => Kind::Strategy,
            Self::Goal(_) => Kind::Goal,
            Self::Programme(_) => Kind::Programme,
            Self::Initiative(_) => Kind::Initiative,
            Self::Partner(_) => Kind::Partner,
            Self::Event(_) => Kind::Event,
            Self::Media(_) => Kind::Media,
            Self::Person(_) => Kind::Person,
            Self::Quote(_) => Kind::Quote,
            Self::Statistic(_) => Kind::Statistic,
            Self::Award(_) => Kind::Award,
            Self::Challenge(_) => Kind::Challenge,
            Self::Page(_) => Kind::Page,
            Self::Topic(_) => Kind::Topic,
        }
    }

    pub(super) fn links(&self) -> Vec<Link<'_>> {
        self.part().links()
    }

    pub(super) fn faults(&self, piece: &Piece) -> Vec<Fault> {
        self.part().faults(piece)
    }

    pub(super) fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a document is always JSON")
    }

    fn part(&self) -> &dyn Part {
        match self {
            Self::Strategy(part) => part,
            Self::Goal(part) => part,
            Self::Programme(part) => part,
            Self::Initiative(part) => part,
            Self::Partner(part) => part,
            Self::Event(part) => part,
            Self::Media(part) => part,
            Self::Person(part) => part,
            Self::Quote(part) => part,
            Self::Statistic(part) => part,
            Self::Award(part) => part,
            Self::Challenge(part) => part,
            Self::Page(part) => part,
            Self::Topic(part) => part,
        }
    }
}
