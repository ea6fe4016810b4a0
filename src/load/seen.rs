//! Which pieces of content a request has read: what its answer depends on.

use std::collections::HashSet;

use entity::node::{self, Kind};
use sea_orm::{ActiveEnum, EntityName, IdenStatic, Iterable, ModelTrait};

use super::Table;
use crate::document::Id;

/// The pieces that were read, as long as they are few.
#[derive(Debug, Default)]
pub struct Seen {
    ids: HashSet<Id>,
    many: bool,
}

impl Seen {
    /// How many pieces are told apart.
    pub const MOST: usize = 60;

    /// The pieces; none if there are more than [`Seen::MOST`].
    pub fn ids(&self) -> Option<impl Iterator<Item = Id>> {
        (!self.many).then(|| self.ids.iter().copied())
    }

    /// Notes a row, if it is of a piece of content.
    pub(super) fn row<T: Table>(&mut self, row: &T::Model) {
        if self.many {
            return;
        }
        let table = T::default().table_name();
        let kind = if table == node::Entity.table_name() {
            let mut columns = T::Column::iter();
            let kind = columns.find(|column| column.as_str() == node::Column::Kind.as_str());
            row.get(kind.expect("nodes have a kind")).unwrap()
        } else if let Ok(kind) = Kind::try_from_value(&table.to_owned()) {
            // A kind's table is named as the kind.
            kind
        } else {
            return;
        };
        self.ids.insert(Id {
            kind,
            node: T::id(row),
        });
        if self.ids.len() > Self::MOST {
            self.many = true;
            self.ids = HashSet::new();
        }
    }
}
