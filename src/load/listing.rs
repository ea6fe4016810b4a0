//! "One page of these rows": of a whole table, or of those that belong to a row, for many rows at once.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    hash::{Hash, Hasher},
    sync::{Arc, LazyLock, RwLock},
};

use entity::node;
use sea_orm::{
    DbBackend, EntityName, EntityTrait, QueryTrait,
    sea_query::{
        Asterisk, Expr, ExprTrait, Func, JoinType, Order, OrderedStatement, OverStatement, Query,
        SelectStatement, WindowStatement,
    },
};
use uuid::Uuid;

use super::{
    Arguments, ColumnSet, Columns, Fingerprint, Form, Held, Item, Kept, Key, Link, List, Names,
    Page, Parent, Question, Row, Scope, Seen, Source, Table, Terms, Test, by_key::select,
    columns::Reader, cursor, grouped, in_order, page::Read, scope::PARENT,
};
use crate::error::Result;

type Model<S> = <<<S as Scope>::Row as Row>::Table as EntityTrait>::Model;
type Listed<S> = <<S as Scope>::Row as Row>::Table;

/// Asks for a page of a list.
#[derive(Clone, Hash)]
pub struct Listing<S: Scope> {
    parent: S::Parent,
    what: Arc<What<S>>,
}

/// What lists of many parents have in common.
struct What<S> {
    scope: S,
    page: Page,
    terms: Terms,
    test: Test,
    /// Of all of it: it is asked for often.
    fingerprint: Fingerprint,
    /// Whether it is asked for as a rule.
    usual: bool,
}

impl<S: Scope> What<S> {
    fn new(scope: S, page: Page, terms: Terms, test: Test, usual: bool) -> Self {
        let fingerprint = Fingerprint::of(&(&scope, &page, &terms, &test));
        Self {
            scope,
            page,
            terms,
            test,
            fingerprint,
            usual,
        }
    }
}

impl<S: Scope> Hash for What<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fingerprint.halves().hash(state);
    }
}

/// What is asked for as a rule: pages from an end of a list, of what it shows and in the order that it has if
/// nobody says. It is worked out once, not for each row that has such a list.
static USUAL: LazyLock<RwLock<HashMap<Usual, Arc<dyn Any + Send + Sync>>>> =
    LazyLock::new(RwLock::default);

/// Which scope, how many rows, and whether from the end.
type Usual = (TypeId, u32, bool);

/// There are about a hundred scopes. Clients ask each for one or two sizes.
const MOST_USUAL: usize = 1_000;

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
        Self::of(scope, parent, arguments, test, terms, false)
    }

    fn of(
        scope: S,
        parent: S::Parent,
        arguments: &Arguments,
        test: Test,
        terms: Terms,
        usual: bool,
    ) -> Result<Self> {
        let page = Page::new(arguments, &terms)?;
        Ok(Self {
            parent,
            what: Arc::new(What::new(scope, page, terms, test, usual)),
        })
    }

    /// Asks for this page of what is live, in the scope's order.
    pub fn usual(parent: S::Parent, arguments: &Arguments) -> Result<Self>
    where
        S: Default,
    {
        let new = |usual| {
            let scope = S::default();
            let (live, terms) = (Test::live::<S::Row>(), scope.terms());
            Self::of(scope, parent, arguments, live, terms, usual)
        };
        let Some((size, backward)) = arguments.without_cursors()? else {
            return new(false);
        };
        let usual = (TypeId::of::<S>(), size, backward);
        let known = USUAL.read().expect("nobody panics while holding it");
        if let Some(what) = known.get(&usual) {
            let what = what.clone().downcast().expect("it is kept under its type");
            return Ok(Self { parent, what });
        }
        let room = known.len() < MOST_USUAL;
        drop(known);
        let asked = new(room)?;
        if room {
            let mut known = USUAL.write().expect("nobody panics while holding it");
            known.insert(usual, asked.what.clone());
        }
        Ok(asked)
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
    type Answer = List<Model<S>, S::Link>;

    fn weight_of(list: &Self::Answer) -> usize {
        size_of::<HeldList<S::Link>>() + list.items.len() * size_of::<HeldItem<S::Link>>()
    }

    fn rows_with(&self, list: &Self::Answer, held: &Held, columns: &Columns) -> usize {
        let columns = self.what.row_columns(columns);
        // The first stands for all: to look for each takes longer than it is worth.
        let first = list.items.first();
        let is_held =
            first.is_none_or(|item| held.has_row::<Listed<S>>(Listed::<S>::id(&item.row), columns));
        if is_held { 0 } else { list.items.len() }
    }

    /// Of the junction: what is read of the rows is held with them.
    fn columns(&self, columns: &Columns) -> ColumnSet {
        self.what.link_columns(columns)
    }

    fn hold(
        &self,
        fingerprint: Fingerprint,
        list: Option<&Arc<Self::Answer>>,
        held: &Held,
        columns: &Columns,
    ) {
        let links = self.what.link_columns(columns);
        let rows = self.what.row_columns(columns);
        let mut beside = 0;
        for item in list.iter().flat_map(|list| &list.items) {
            held.put_row::<Listed<S>>(&item.row, rows);
            beside += HeldItem::weight_beside(item, links);
        }
        held.put(self, fingerprint, list, beside, columns);
    }

    fn keep(list: &Arc<Self::Answer>, links: ColumnSet) -> Form {
        let bare = list.items.iter().all(|item| item.beside.is_empty());
        if bare && links == ColumnSet::NONE && S::Link::bare().is_some() {
            return Form::Packed(packed::<S>(list));
        }
        let items = list.items.iter().map(|item| HeldItem {
            id: Listed::<S>::id(&item.row),
            link: item.link.clone(),
            beside: item.beside.clone(),
        });
        Form::Open(Arc::new(HeldList {
            items: items.collect(),
            previous: list.previous,
            next: list.next,
        }))
    }

    fn recall(&self, kept: Kept, held: &Held, columns: &Columns) -> Option<Arc<Self::Answer>> {
        let columns = self.what.row_columns(columns);
        let row = |id| held.row::<Listed<S>>(id, columns);
        if let Some(bytes) = kept.packed() {
            return unpacked::<S>(bytes, row);
        }
        let list: Arc<HeldList<S::Link>> = kept.open()?;
        let items = list.items.iter().map(|item| {
            Some(Item {
                row: row(item.id)?,
                link: item.link.clone(),
                beside: item.beside.clone(),
            })
        });
        Some(Arc::new(List {
            items: items.collect::<Option<_>>()?,
            previous: list.previous,
            next: list.next,
        }))
    }

    fn see(list: &Self::Answer, seen: &mut Seen) {
        let items = list.items.iter();
        items.for_each(|item| seen.row::<Listed<S>>(&item.row));
    }

    async fn answer(db: &Source, questions: &[&Self]) -> Result<Vec<Option<Arc<Self::Answer>>>> {
        let alike = |question: &Self| question.what.fingerprint;
        let mut lists = HashMap::with_capacity(questions.len());
        for (fingerprint, questions) in grouped(questions, alike) {
            let parents: Vec<_> = questions.iter().map(|question| question.parent).collect();
            for (parent, list) in questions[0].what.lists(db, &parents).await? {
                lists.insert((fingerprint, parent), list);
            }
        }
        let asked_by = |question: &Self| (alike(question), question.parent);
        Ok(in_order(questions, asked_by, lists))
    }
}

/// A page as it is held: its rows are held alone, since many pages have them.
struct HeldList<L> {
    items: Box<[HeldItem<L>]>,
    previous: bool,
    next: bool,
}

struct HeldItem<L> {
    id: Uuid,
    link: L,
    beside: Box<[Key]>,
}

impl<L: Link> HeldItem<L> {
    /// What it takes of the memory beside itself, in bytes.
    fn weight_beside<M>(item: &Item<M, L>, links: ColumnSet) -> usize {
        item.link.weight(links) + item.beside.iter().map(Key::weight).sum::<usize>()
    }
}

/// A page of which nothing but the rows is held, as few bytes: whether there are rows before and after them, and their ids.
fn packed<S: Scope>(list: &List<Model<S>, S::Link>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1 + list.items.len() * size_of::<Uuid>());
    bytes.push(u8::from(list.previous) | u8::from(list.next) << 1);
    for item in &list.items {
        bytes.extend_from_slice(Listed::<S>::id(&item.row).as_bytes());
    }
    bytes
}

/// The page that was packed, with its rows, if all of them are held.
fn unpacked<S: Scope>(
    bytes: &[u8],
    row: impl Fn(Uuid) -> Option<Arc<Model<S>>>,
) -> Option<PageOf<S>> {
    let (sides, ids) = bytes.split_first()?;
    let link = S::Link::bare()?;
    let items = ids.as_chunks().0.iter().map(|id| {
        Some(Item {
            row: row(Uuid::from_bytes(*id))?,
            link: link.clone(),
            beside: Box::default(),
        })
    });
    Some(Arc::new(List {
        items: items.collect::<Option<_>>()?,
        previous: sides & 1 != 0,
        next: sides & 2 != 0,
    }))
}

/// Where a row stands among those of its parent.
pub(super) const PLACE: &str = "place_";

/// The page of a scope.
type PageOf<S> = Arc<List<Model<S>, <S as Scope>::Link>>;

impl<S: Scope> What<S> {
    /// The pages of these parents that have rows, in one statement.
    async fn lists(
        &self,
        db: &Source,
        parents: &[S::Parent],
    ) -> Result<impl Iterator<Item = (S::Parent, PageOf<S>)>> {
        let columns = self.row_columns(db.columns());
        let links = self.link_columns(db.columns());
        let rows = match S::Parent::ids(parents).filter(|_| self.usual) {
            Some(ids) => {
                let of = (TypeId::of::<S>(), self.fingerprint.halves(), columns, links);
                let of = Fingerprint::of(&of);
                let statement = |ids: &[Uuid]| self.statement(db, S::Parent::of_ids(ids));
                db.rows_about(of, ids, statement).await?
            }
            None => db.rows(self.statement(db, parents)).await?,
        };
        let names = Names::of(&rows);
        let mut reader = Reader::<Listed<S>>::new(columns, "", &names)?;
        let mut link = self.scope.links(links, &names)?;
        let bounded = self.page.has_cursor();
        let mut reads: Vec<(S::Parent, Read<_, _>)> = Vec::with_capacity(parents.len());
        let mut places = HashMap::with_capacity(parents.len());
        for row in &rows {
            let parent = S::parent_of(row, &names)?;
            let place = match reads.last() {
                // They come one parent after the other.
                Some((last, _)) if *last == parent => reads.len() - 1,
                _ => *places.entry(parent).or_insert_with(|| {
                    reads.push((parent, Read::default()));
                    reads.len() - 1
                }),
            };
            reads[place].1.add(row, bounded, || {
                Ok(Item {
                    row: reader.read(row)?,
                    link: link(row)?,
                    beside: self.terms.read(row)?,
                })
            })?;
        }
        let reads = reads.into_iter();
        Ok(reads.map(|(parent, read)| (parent, Arc::new(self.page.list(read)))))
    }

    /// What is read of the rows: where they stand in the list is not always asked.
    fn row_columns(&self, columns: &Columns) -> ColumnSet {
        let shown = columns.of::<Listed<S>>();
        if columns.cursors {
            return shown.and(self.terms.row_columns::<Listed<S>>());
        }
        shown
    }

    /// What is read of the junction.
    fn link_columns(&self, columns: &Columns) -> ColumnSet {
        let sorted = || S::sorted_link_columns(&self.terms);
        match (columns.links, columns.cursors) {
            (true, _) => S::link_columns(),
            (false, true) => sorted(),
            (false, false) => ColumnSet::NONE,
        }
    }

    fn statement(&self, db: &Source, parents: &[S::Parent]) -> SelectStatement {
        match S::parent() {
            None => self.of_all(db, parents),
            Some(parent) => self.of_each(db, parents, &parent),
        }
    }

    /// The rows, with all that is read of them.
    fn rows(&self, db: &Source, parents: &[S::Parent]) -> SelectStatement {
        let narrow = |query: &mut _| self.scope.narrow(query, db.backend(), parents);
        self.narrowed(db, self.page.has_cursor(), narrow)
    }

    /// The rows that are left, perhaps as a part of a statement that orders them once more by what the list goes by.
    fn narrowed(
        &self,
        db: &Source,
        ordered_outside: bool,
        narrow: impl FnOnce(&mut SelectStatement),
    ) -> SelectStatement {
        let mut columns = self.row_columns(db.columns());
        let mut links = self.link_columns(db.columns());
        if ordered_outside {
            columns = columns.and(self.terms.row_columns::<Listed<S>>());
            links = links.and(S::sorted_link_columns(&self.terms));
        }
        let mut query = select::<Listed<S>>(columns).into_query();
        narrow(&mut query);
        let table = Listed::<S>::default().table_name();
        if self.terms.needs(NODE) && table != NODE {
            let id = (Listed::<S>::default(), Listed::<S>::key());
            let met = Expr::col((node::Entity, node::Column::Id)).equals(id);
            // Nodes are indexed by kind first, which is the name of the kind's table.
            let of_kind = Expr::col((node::Entity, node::Column::Kind)).eq(table);
            query.inner_join(node::Entity, met).and_where(of_kind);
        }
        S::select_link(&mut query, links);
        self.terms.select(&mut query);
        let test = self.test.of(db.backend(), table);
        query.and_where_option(test).take()
    }

    fn of_all(&self, db: &Source, parents: &[S::Parent]) -> SelectStatement {
        let sorted = |backward| {
            let mut query = self.rows(db, parents);
            order(&mut query, self.terms.sorted(backward));
            query
        };
        let page = &self.page;
        if !page.has_cursor() {
            return self.first(self.rows(db, parents));
        }
        let mut query = page.with_sides(&self.terms, sorted, |mut query, limit| {
            query.limit(limit);
            Query::select()
                .column(Asterisk)
                .from_subquery(query, "cut")
                .take()
        });
        order(&mut query, self.terms.sorted_by_name(page.backward));
        query
    }

    /// The page of these rows, where no cursor bounds it.
    fn first(&self, mut rows: SelectStatement) -> SelectStatement {
        order(&mut rows, self.terms.sorted(self.page.backward));
        rows.limit(self.page.limit()).take()
    }

    /// The first rows of each parent.
    ///
    /// Where an index has them in order, each parent's are looked up in it, however many there are. Else all
    /// rows of all parents are read and numbered: cheaper than to sort them for each parent alone. SQLite
    /// knows no lateral joins, and cursors need the numbers.
    fn of_each(&self, db: &Source, parents: &[S::Parent], parent: &Expr) -> SelectStatement {
        let lateral = db.backend() == DbBackend::Postgres && !self.page.has_cursor();
        if lateral && self.scope.is_indexed(&self.terms) {
            return self.looked_up(db, parents);
        }
        let numbered = |backward| {
            let mut place = WindowStatement::new();
            place.add_partition_by(parent.clone());
            order(&mut place, self.terms.sorted(backward));
            self.rows(db, parents)
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

    fn looked_up(&self, db: &Source, parents: &[S::Parent]) -> SelectStatement {
        const PARENTS: &str = "parents";
        const ROWS: &str = "rows";
        if let ([_], Some(parent)) = (parents, S::parent()) {
            let mut rows = self.rows(db, parents);
            rows.expr_as(parent, PARENT);
            return self.first(rows);
        }
        let parent = Expr::col((PARENTS, PARENTS));
        let narrow = |query: &mut _| self.scope.narrow_to(query, parent.clone());
        let rows = self.narrowed(db, true, narrow);
        let mut query = Query::select();
        query
            .expr_as(parent, PARENT)
            .column((ROWS, Asterisk))
            .from_function(S::each(parents), PARENTS)
            .join_lateral(
                JoinType::InnerJoin,
                self.first(rows),
                ROWS,
                Expr::cust("TRUE"),
            )
            .order_by(PARENT, Order::Asc);
        order(&mut query, self.terms.sorted_by_name(self.page.backward));
        query
    }
}

/// Orders by these columns, after those that it is ordered by already.
fn order(query: &mut impl OrderedStatement, by: impl Iterator<Item = (Expr, Order)>) {
    for (column, direction) in by {
        query.order_by_expr(column, direction);
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
