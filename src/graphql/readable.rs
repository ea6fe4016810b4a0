//! Which columns the fields of a kind of content read: what a request does not show is not read.

use std::{collections::HashMap, sync::LazyLock};

use async_graphql::OutputType;
use sea_orm::EntityName;

use super::{
    award::Award, challenge::Challenge, common, event::Event, goal::Goal, initiative::Initiative,
    media::Media, node::Piece, page::Page, partner::Partner, person::Person, programme::Programme,
    quote::Quote, statistic::Statistic, strategy::Strategy, topic::Topic,
};
use crate::load::{ColumnSet, Table};

/// What is read of the rows of a kind.
#[derive(Clone, Copy)]
pub struct Readable {
    /// The name of their table.
    pub table: &'static str,
    /// Whatever is shown of a row: which it is, and whether it may be shown.
    pub always: ColumnSet,
    columns: fn(&str) -> Option<ColumnSet>,
    all: fn() -> ColumnSet,
}

impl Readable {
    /// What a field reads that shows a value, or follows a link from the row.
    pub fn field(&self, name: &str) -> ColumnSet {
        match (self.columns)(name) {
            Some(columns) => columns,
            None if common::BESIDE.contains(&name) => ColumnSet::NONE,
            None => (self.all)(),
        }
    }

    /// What a field reads that lists what belongs to the row: as a rule nothing but its id.
    pub fn list(&self, name: &str) -> ColumnSet {
        (self.columns)(name).unwrap_or_default()
    }

    fn of<R: Piece + OutputType>() -> (String, Self) {
        let key = ColumnSet::of::<R::Table>(R::Table::key());
        let state = R::state().map(ColumnSet::of::<R::Table>);
        let readable = Self {
            table: R::Table::default().table_name(),
            always: key.and(state.unwrap_or_default()),
            columns: R::columns,
            all: ColumnSet::all::<R::Table>,
        };
        (R::type_name().into_owned(), readable)
    }
}

/// What is read of the rows that this type shows, if it is a kind of content.
pub fn readable(type_name: &str) -> Option<&'static Readable> {
    static ALL: LazyLock<HashMap<String, Readable>> = LazyLock::new(|| {
        HashMap::from([
            Readable::of::<Strategy>(),
            Readable::of::<Goal>(),
            Readable::of::<Programme>(),
            Readable::of::<Initiative>(),
            Readable::of::<Partner>(),
            Readable::of::<Event>(),
            Readable::of::<Media>(),
            Readable::of::<Person>(),
            Readable::of::<Quote>(),
            Readable::of::<Statistic>(),
            Readable::of::<Award>(),
            Readable::of::<Challenge>(),
            Readable::of::<Page>(),
            Readable::of::<Topic>(),
        ])
    });
    ALL.get(type_name)
}
