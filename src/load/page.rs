//! Which part of a list: what the caller asked for, and what came of it.

use std::sync::Arc;

use sea_orm::{
    DbErr, QueryResult,
    sea_query::{Asterisk, Expr, Query, SelectStatement, UnionType},
};

use super::{Key, Terms, cursor};
use crate::error::{Error, Result};

/// How many rows a page has if nobody says.
pub const DEFAULT_SIZE: u32 = 20;
/// How many rows a page can have.
pub const MAX_SIZE: u32 = 100;

/// What clients say of the page that they want (GraphQL Cursor Connections Specification, section 4).
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
}

impl Arguments {
    /// How many, from the start or from the end, and the cursors that they stand between.
    pub fn new(
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Self {
        Self {
            first,
            after,
            last,
            before,
        }
    }

    /// How many rows, and whether from the end, if no cursor bounds them.
    pub(super) fn without_cursors(&self) -> Result<Option<(u32, bool)>> {
        if self.after.is_some() || self.before.is_some() {
            return Ok(None);
        }
        self.size().map(Some)
    }

    /// How many rows, and whether from the end.
    fn size(&self) -> Result<(u32, bool)> {
        match (self.first, self.last) {
            (Some(_), Some(_)) => Err(Error::BadInput(
                "`first` and `last` together: a page is counted from one end of the list, give one of them"
                    .to_owned(),
            )),
            (Some(first), None) => Ok((size("first", first)?, false)),
            (None, Some(last)) => Ok((size("last", last)?, true)),
            (None, None) => Ok((DEFAULT_SIZE, false)),
        }
    }
}

/// One page of a list. It is part of a question: equal pages share a statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    pub(super) size: u32,
    /// Whether it is counted from the end.
    pub(super) backward: bool,
    pub(super) after: Option<Vec<Key>>,
    pub(super) before: Option<Vec<Key>>,
}

impl Page {
    /// The page that the caller asked for, of a list in this order.
    pub(super) fn new(arguments: &Arguments, terms: &Terms) -> Result<Self> {
        let (size, backward) = arguments.size()?;
        let place = |argument, cursor: &Option<String>| {
            cursor
                .as_ref()
                .map(|cursor| cursor::decode(argument, cursor, terms))
                .transpose()
        };
        Ok(Self {
            size,
            backward,
            after: place("after", &arguments.after)?,
            before: place("before", &arguments.before)?,
        })
    }

    /// One row more than the page has: if it comes, there is another page.
    pub(super) fn limit(&self) -> u64 {
        u64::from(self.size) + 1
    }

    /// Whether a cursor bounds it.
    pub(super) fn has_cursor(&self) -> bool {
        self.after.is_some() || self.before.is_some()
    }

    /// The rows between the cursors, and for each cursor one row of its other side: whether there is a
    /// page on that side costs no statement of its own. [`Read`] tells them apart.
    pub(super) fn with_sides(
        &self,
        terms: &Terms,
        rows: impl Fn(bool) -> SelectStatement,
        cut: impl Fn(SelectStatement, u64) -> SelectStatement,
    ) -> SelectStatement {
        let mut page = rows(self.backward);
        page.expr_as(Expr::val(Side::Page as i32), SIDE);
        let mut sides = Vec::new();
        if let Some(place) = &self.after {
            page.and_where(terms.after(place));
            sides.push((Side::Before, terms.up_to(place)));
        }
        if let Some(place) = &self.before {
            page.and_where(terms.before(place));
            sides.push((Side::After, terms.from(place)));
        }
        let mut parts = cut(page, self.limit());
        for (side, beyond) in sides {
            let mut row = rows(side == Side::Before);
            row.expr_as(Expr::val(side as i32), SIDE).and_where(beyond);
            parts.union(UnionType::All, cut(row, 1));
        }
        Query::select()
            .column(Asterisk)
            .from_subquery(parts, "parts")
            .take()
    }

    /// Makes a list of what was read: the page's rows in the order of reading, and perhaps one more.
    pub(super) fn list<M, L>(&self, read: Read<M, L>) -> List<M, L> {
        let Read {
            mut items,
            before,
            after,
        } = read;
        let more = items.len() > self.size as usize;
        items.truncate(self.size as usize);
        if self.backward {
            items.reverse();
        }
        List {
            items,
            previous: before || (self.backward && more),
            next: after || (!self.backward && more),
        }
    }
}

fn size(argument: &str, asked: i32) -> Result<u32> {
    u32::try_from(asked)
        .ok()
        .filter(|size| *size <= MAX_SIZE)
        .ok_or_else(|| {
            Error::BadInput(format!(
                "`{argument}` is {asked}, but a page has from 0 to {MAX_SIZE}"
            ))
        })
}

/// Where a row that was read stands: on the page, or beyond a cursor that bounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before = -1,
    Page = 0,
    After = 1,
}

const SIDE: &str = "side_";

/// The rows read for a page so far.
pub(super) struct Read<M, L> {
    items: Vec<Item<M, L>>,
    before: bool,
    after: bool,
}

impl<M, L> Default for Read<M, L> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            before: false,
            after: false,
        }
    }
}

impl<M, L> Read<M, L> {
    /// Adds a row of the statement, of a page that a cursor bounds or of one that none does.
    pub(super) fn add(
        &mut self,
        row: &QueryResult,
        bounded: bool,
        item: impl FnOnce() -> Result<Item<M, L>, DbErr>,
    ) -> Result<(), DbErr> {
        let side = bounded.then(|| row.try_get("", SIDE)).transpose()?;
        match side.unwrap_or(Side::Page as i32) {
            side if side == Side::Before as i32 => self.before = true,
            side if side == Side::After as i32 => self.after = true,
            _ => self.items.push(item()?),
        }
        Ok(())
    }
}

/// The rows of one page.
#[derive(Debug)]
pub struct List<M, L> {
    /// In order.
    pub items: Vec<Item<M, L>>,
    /// Whether there are rows before them.
    pub previous: bool,
    /// Whether there are rows after them.
    pub next: bool,
}

impl<M, L> Default for List<M, L> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            previous: false,
            next: false,
        }
    }
}

/// A row in a list, with what the junction says of it.
#[derive(Debug)]
pub struct Item<M, L> {
    /// The row.
    pub row: Arc<M>,
    /// The junction's part.
    pub link: L,
    /// What the list goes by and the row has not.
    pub(super) beside: Box<[Key]>,
}
