//! Sessions of events.

use std::sync::Arc;

use async_graphql::{Enum, Object};
use entity::event_session::{self, Column, Entity, Model};

use crate::load::{By, Order, Row};

pub struct EventSession(Arc<Model>);

/// A part of an event.
#[Object]
impl EventSession {
    /// Its place in the event, from 1.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// Its name.
    fn title(&self) -> &str {
        &self.0.title
    }

    /// What it was about.
    fn summary(&self) -> &str {
        &self.0.summary
    }

    /// Who could come.
    fn access(&self) -> SessionAccess {
        self.0.access.into()
    }
}

/// Who can come to a session.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "event_session::Access")]
pub enum SessionAccess {
    /// Everyone who is at the event.
    Open,
    /// Only those who are invited.
    ClosedDoor,
}

impl From<Arc<Model>> for EventSession {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for EventSession {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::ascending([By::Row(Column::Position)])
    }
}
