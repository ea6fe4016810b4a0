//! "One page of these rows": of a whole table, or of those that belong to a row, for many rows at once.

use std::{collections::HashMap, sync::Arc};

use entity::node;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, EntityName, EntityTrait, QueryTrait,
    sea_query::{
        Asterisk, Expr, ExprTrait, Func, Order, OverStatement, Query, SelectStatement,
        WindowStatement,
    },
};

use super::{
    Arguments, Item, List, Page, Question, Row, Scope, Seen, Table, Terms, Test, cursor,
    page::Read, scope::PARENT,
};
use crate::error::Result;

type Model<S> = <<<S as Scope>::Row as Row>::Table as EntityTrait>::Model;
type Listed<S> = <<S as Scope>::Row as Row>::Table;

/// Asks for a page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listing<S: Scope> {
    parent: S::Parent,
    what: Arc<What<S>>,
}

/// What lists of many parents have in common.
#[derive(Debug, PartialEq, Eq, Hash)]
struct What<S> {
    scope: S,
    page: Page,
    terms: Terms,
    test: Test,
}

impl<S: Scope> Listing<S> {
    /// Asks for this page of the rows of which this holds, in the scope's order if there is no other; or
    /// says what is wrong with the arguments.
    pub fn new(
        scope: S,
        parent: S::Parent,
        arguments: &Arguments,
        test: Test,
        terms: Option<Terms>,
    ) -> Result<Self> {
        let terms = terms.unwrap_or_else(|| scope.terms());
        let page = Page::new(arguments, &terms)?;
        let what = What {
            scope,
            page,
            terms,
            test,
        };
        Ok(Self {
            parent,
            what: Arc::new(what),
        })
    }

    /// What is listed.
    pub fn scope(&self) -> &S {
        &self.what.scope
    }

    /// Whose list it is.
    pub fn parent(&self) -> S::Parent {
        self.parent
    }

    /// What holds of the rows.
    pub fn test(&self) -> &Test {
        &self.what.test
    }

    /// The cursor of a row.
    pub fn cursor(&self, item: &Item<Model<S>, S::Link>) -> String {
        let terms = &self.what.terms;
        let place = terms.place::<Listed<S>>(&item.row, &item.link, &item.beside);
        cursor::encode(terms, &place)
    }
}

impl<S: Scope> Question for Listing<S> {
    type Answer = Arc<List<Model<S>, S::Link>>;

    fn see(list: &Self::Answer, seen: &mut Seen) {
        let items = list.items.iter();
        items.for_each(|item| seen.row::<Listed<S>>(&item.row));
    }

    async fn answer(
        db: &DatabaseConnection,
        questions: &[Self],
    ) -> Result<HashMap<Self, Self::Answer>> {
        let mut parents_of: HashMap<_, Vec<_>> = HashMap::new();
        for question in questions {
            let parents = parents_of.entry(&question.what).or_default();
            parents.push(question.parent);
        }
        let mut lists = HashMap::new();
        for (what, parents) in parents_of {
            let query = what.statement(db.get_database_backend(), &parents);
            let mut reads: HashMap<S::Parent, Read<_, _>> = HashMap::new();
            for row in db.query_all(&query).await? {
                let read = reads.entry(S::parent_of(&row)?).or_default();
                read.add(&row, &what.terms, |row| what.scope.link(row))?;
            }
            for (parent, read) in reads {
                let what = what.clone();
                let list = Arc::new(what.page.list(read));
                lists.insert(Self { parent, what }, list);
            }
        }
        Ok(lists)
    }
}

/// Where a row stands among those of its parent.
pub(super) const PLACE: &str = "place_";

impl<S: Scope> What<S> {
    fn statement(&self, backend: DbBackend, parents: &[S::Parent]) -> SelectStatement {
        match S::parent() {
            None => self.of_all(backend, parents),
            Some(parent) => self.of_each(backend, parents, &parent),
        }
    }

    /// The rows, with all that is read of them.
    fn rows(&self, backend: DbBackend, parents: &[S::Parent]) -> SelectStatement {
        let mut query = Listed::<S>::find().into_query();
        self.scope.narrow(&mut query, backend, parents);
        let table = Listed::<S>::default().table_name();
        if self.terms.needs(NODE) && table != NODE {
            let id = (Listed::<S>::default(), Listed::<S>::key());
            let met = Expr::col((node::Entity, node::Column::Id)).equals(id);
            // Nodes are indexed by kind first, which is the name of the kind's table.
            let of_kind = Expr::col((node::Entity, node::Column::Kind)).eq(table);
            query.inner_join(node::Entity, met).and_where(of_kind);
        }
        S::select_link(&mut query);
        self.terms.select(&mut query);
        query.and_where_option(self.test.of(backend, table)).take()
    }

    fn of_all(&self, backend: DbBackend, parents: &[S::Parent]) -> SelectStatement {
        let sorted = |backward| {
            let mut query = self.rows(backend, parents);
            for (column, direction) in self.terms.sorted(backward) {
                query.order_by_expr(column, direction);
            }
            query
        };
        let page = &self.page;
        if !page.has_cursor() {
            return sorted(page.backward).limit(page.limit()).take();
        }
        let mut query = page.with_sides(&self.terms, sorted, |mut query, limit| {
            query.limit(limit);
            Query::select()
                .column(Asterisk)
                .from_subquery(query, "cut")
                .take()
        });
        for (column, direction) in self.terms.sorted_by_name(page.backward) {
            query.order_by_expr(column, direction);
        }
        query
    }

    fn of_each(&self, backend: DbBackend, parents: &[S::Parent], parent: &Expr) -> SelectStatement {
        let numbered = |backward| {
            let mut place = WindowStatement::new();
            place.add_partition_by(parent.clone());
            for (column, direction) in self.terms.sorted(backward) {
                place.order_by_expr(column, direction);
            }
            self.rows(backend, parents)
                .expr_as(parent.clone(), PARENT)
                .expr_window_as(Func::cust("ROW_NUMBER"), place, PLACE)
                .take()
        };
        let page = &self.page;
        let mut query = if page.has_cursor() {
            page.with_sides(&self.terms, numbered, up_to)
        } else {
            up_to(numbered(page.backward), page.limit())
        };
        query
            .order_by(PARENT, Order::Asc)
            .order_by(PLACE, Order::Asc)
            .take()
    }
}

/// The table of nodes, which some orders need.
const NODE: &str = "node";

/// The first so many of each parent.
pub(super) fn up_to(numbered: SelectStatement, limit: u64) -> SelectStatement {
    Query::select()
        .column(Asterisk)
        .from_subquery(numbered, "numbered")
        .and_where(Expr::col(PLACE).lte(limit))
        .take()
}
