//! Where to write to.

use std::sync::Arc;

use async_graphql::Object;
use entity::contact::{Column, Entity, Model};

use crate::load::{By, Order, Relation, Row};

pub struct Contact(Arc<Model>);

/// An address to write to.
#[Object]
impl Contact {
    /// An e-mail address, or the address of a form on the web.
    fn address(&self) -> &str {
        &self.0.address
    }

    /// What it is for.
    fn purpose(&self) -> &str {
        &self.0.purpose
    }
}

impl From<Arc<Model>> for Contact {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Contact {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::ascending([By::Row(Column::Position)])
    }
}

/// The contacts of a piece of content.
#[derive(Debug)]
pub struct Contacts;

impl Relation for Contacts {
    type Row = Contact;
    type Via = Entity;
    type Link = ();

    fn parent() -> Column {
        Column::NodeId
    }
}
