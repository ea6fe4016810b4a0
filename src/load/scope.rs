//! What lists are of: all rows of a table, those that belong to a row, those that a search finds.

use std::{fmt::Debug, hash::Hash, marker::PhantomData};

use derive_where::derive_where;
use sea_orm::{
    DbBackend, DbErr, EntityName, QueryResult,
    sea_query::{Expr, ExprTrait, FunctionCall, SelectStatement},
};
use uuid::Uuid;

use super::{ColumnSet, Link, Names, ReadLink, Relation, Row, Table, Terms};
use crate::store::{each_of_ids, id_at, one_of_ids};

/// What lists are of. Lists of one scope that differ only in whose they are share a statement.
pub trait Scope: Clone + Debug + Eq + Hash + Send + Sync + 'static {
    /// What is listed.
    type Row: Row;
    /// What comes with each row.
    type Link: Link;
    /// Whose list it is, if there is one for each of many rows; else `()`.
    type Parent: Parent;

    /// What the list goes by if clients do not say.
    fn terms(&self) -> Terms;

    /// Adds to a query of the listed table what makes it one of these lists.
    fn narrow(&self, query: &mut SelectStatement, backend: DbBackend, parents: &[Self::Parent]);

    /// The same, but for the parent that this expression names, where there are many parents.
    fn narrow_to(&self, _query: &mut SelectStatement, _parent: Expr) {
        unreachable!("there is one list, of no parent")
    }

    /// The parents as a table of PostgreSQL.
    fn each(_parents: &[Self::Parent]) -> FunctionCall {
        unreachable!("there is one list, of no parent")
    }

    /// Whether an index has the rows of each parent in this order.
    fn is_indexed(&self, _terms: &Terms) -> bool {
        false
    }

    /// Where a row's parent stands.
    fn parent() -> Option<Expr>;

    /// The parent, read under the name [`PARENT`].
    fn parent_of(row: &QueryResult, names: &Names) -> Result<Self::Parent, DbErr>;

    /// All columns of the junction that come with the rows.
    fn link_columns() -> ColumnSet {
        ColumnSet::NONE
    }

    /// The columns of the junction that lists go by in this order.
    fn sorted_link_columns(_terms: &Terms) -> ColumnSet {
        ColumnSet::NONE
    }

    /// Selects these columns of what comes with the rows.
    fn select_link(_query: &mut SelectStatement, _columns: ColumnSet) {}

    /// What comes with each of the rows with these names, of which these columns are wanted.
    fn links(
        &self,
        columns: ColumnSet,
        names: &Names,
    ) -> Result<impl FnMut(&QueryResult) -> Result<Self::Link, DbErr> + Send, DbErr>;
}

/// Whose list a list is: the id of a row, or nothing.
pub trait Parent: Copy + Debug + Eq + Hash + Send + Sync + 'static {
    /// The ids of parents, if they have some.
    fn ids(parents: &[Self]) -> Option<&[Uuid]>;

    /// The parents with these ids.
    fn of_ids(ids: &[Uuid]) -> &[Self];
}

impl Parent for Uuid {
    fn ids(parents: &[Self]) -> Option<&[Uuid]> {
        Some(parents)
    }

    fn of_ids(ids: &[Uuid]) -> &[Self] {
        ids
    }
}

impl Parent for () {
    fn ids(_: &[Self]) -> Option<&[Uuid]> {
        None
    }

    fn of_ids(_: &[Uuid]) -> &[Self] {
        &[]
    }
}

/// What a row's parent is called in results.
pub(super) const PARENT: &str = "parent_";

/// All rows of a table.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Whole<R>(PhantomData<fn() -> R>);

impl<R> Default for Whole<R> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<R: Row> Scope for Whole<R> {
    type Row = R;
    type Link = ();
    type Parent = ();

    fn terms(&self) -> Terms {
        Terms::new::<R::Table, R::Table>(&R::order())
    }

    fn narrow(&self, _: &mut SelectStatement, _: DbBackend, _: &[()]) {}

    fn parent() -> Option<Expr> {
        None
    }

    fn parent_of(_: &QueryResult, _: &Names) -> Result<(), DbErr> {
        Ok(())
    }

    fn links(
        &self,
        columns: ColumnSet,
        names: &Names,
    ) -> Result<impl FnMut(&QueryResult) -> Result<(), DbErr> + Send, DbErr> {
        <() as ReadLink>::reader(columns, names)
    }
}

/// Joins the junction, if there is one. Gives the column with the parent's id.
fn join_junction<Rel: Relation>(query: &mut SelectStatement) -> Expr {
    if let Some(child) = Rel::child() {
        let key = (
            <Rel::Row as Row>::Table::default(),
            <Rel::Row as Row>::Table::key(),
        );
        let met = Expr::col((Rel::Via::default(), child)).equals(key);
        query.inner_join(Rel::Via::default(), met);
    }
    Expr::col((Rel::Via::default(), Rel::parent()))
}

/// The rows that belong to a row.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Related<Rel>(PhantomData<fn() -> Rel>);

impl<Rel> Default for Related<Rel> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<Rel: Relation> Scope for Related<Rel> {
    type Row = Rel::Row;
    type Link = Rel::Link;
    type Parent = Uuid;

    fn terms(&self) -> Terms {
        Terms::new::<<Rel::Row as Row>::Table, Rel::Via>(&Rel::order())
    }

    fn narrow(&self, query: &mut SelectStatement, backend: DbBackend, parents: &[Uuid]) {
        let parent = join_junction::<Rel>(query);
        query.and_where(one_of_ids(backend, parent, parents.iter().copied()));
    }

    fn narrow_to(&self, query: &mut SelectStatement, parent: Expr) {
        let of = join_junction::<Rel>(query);
        query.and_where(of.eq(parent));
    }

    fn each(parents: &[Uuid]) -> FunctionCall {
        each_of_ids(parents.iter().copied())
    }

    /// The orders that relations have are indexed, with the parent's id before them, where one table has it all:
    /// the listed one, or the junction.
    fn is_indexed(&self, terms: &Terms) -> bool {
        let via = Rel::Via::default();
        *terms == self.terms() && terms.are_all_of(EntityName::table_name(&via))
    }

    fn parent() -> Option<Expr> {
        Some(Expr::col((Rel::Via::default(), Rel::parent())))
    }

    fn parent_of(row: &QueryResult, names: &Names) -> Result<Uuid, DbErr> {
        let parent = names.place("", PARENT).map(|place| id_at(row, place));
        let missing = || DbErr::RecordNotFound(format!("column {PARENT}"));
        parent.transpose()?.flatten().ok_or_else(missing)
    }

    fn link_columns() -> ColumnSet {
        Rel::Link::all()
    }

    fn sorted_link_columns(terms: &Terms) -> ColumnSet {
        Rel::Link::named(|name| terms.go_by_link(name))
    }

    fn select_link(query: &mut SelectStatement, columns: ColumnSet) {
        Rel::Link::select(query, columns);
    }

    fn links(
        &self,
        columns: ColumnSet,
        names: &Names,
    ) -> Result<impl FnMut(&QueryResult) -> Result<Self::Link, DbErr> + Send, DbErr> {
        Rel::Link::reader(columns, names)
    }
}
