//! What clients can ask of lists of sessions.

use async_graphql::{Enum, InputObject};
use entity::event_session::Column;
use sea_orm::IdenStatic;

use super::{
    super::{
        event_session::{EventSession, SessionAccess},
        facet::FacetBy,
        filter::{Asked, EnumFilter, IntFilter, Tests},
        order::{OrderBy, OrderField},
    },
    Listed,
};
use crate::{
    error::Result,
    load::{By, Facet, Test},
};

/// Which sessions a list has: all that is given must hold of them.
#[derive(InputObject)]
pub struct EventSessionFilter {
    /// Who can be there.
    access: Option<EnumFilter<SessionAccess>>,
    /// Its place in the event, from 1.
    position: Option<IntFilter>,
    /// All of these must hold too.
    and: Option<Vec<EventSessionFilter>>,
    /// At least one of these must hold too.
    or: Option<Vec<EventSessionFilter>>,
    /// This must not hold.
    not: Option<Box<EventSessionFilter>>,
}

/// What a list of sessions goes by.
pub type EventSessionOrder = OrderBy<EventSessionOrderField>;

impl Asked for EventSessionFilter {
    fn test(&self, depth: usize) -> Result<Test> {
        let mut tests = Tests::of::<EventSession>(depth)?;
        tests.is("access", Column::Access.as_str(), self.access.as_ref())?;
        tests.is(
            "position",
            Column::Position.as_str(),
            self.position.as_ref(),
        )?;
        tests.combined(self.and.as_deref(), self.or.as_deref(), self.not.as_deref())?;
        Ok(tests.all())
    }
}

/// What a list of sessions can go by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventSessionOrderField {
    /// Its place in the event.
    Position,
}

impl OrderField<Column> for EventSessionOrderField {
    fn by(self) -> By<Column> {
        match self {
            Self::Position => By::Row(Column::Position),
        }
    }
}

impl Listed for EventSession {
    type Filter = EventSessionFilter;
    type OrderField = EventSessionOrderField;

    fn facet(_: FacetBy) -> Option<(&'static str, Facet)> {
        None
    }
}
