//! Every list: its edges, cursors, totals and cost. Resolvers follow a relation and show what is there.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    Context, Object, ObjectType, OutputType, TypeName,
    connection::{EmptyFields, PageInfo},
    futures_util::future::BoxFuture,
};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::{
    error::{Nullable, Result},
    load::{
        All, Arguments, ById, Children, Count, CountAll, Filter, Item, List, MAX_SIZE, Relation,
        Row, Rows, rows,
    },
};

/// The live row with this id, for a field that is null where there is none.
pub async fn one<R: Row>(ctx: &Context<'_>, id: Option<Uuid>) -> Nullable<R> {
    let row = rows(ctx).ask(ById::<R::Table>::new(id?)).await;
    row.map(|row| row.filter(|row| R::is_live(row)).map(R::from))
        .transpose()
}

/// The row with this id, if there is one, live or not.
pub async fn find<R: Row>(rows: &Rows, id: Uuid) -> Result<Option<R>> {
    Ok(rows.ask(ById::<R::Table>::new(id)).await?.map(R::from))
}

/// All rows that belong to the row with this id, of a relation that has few for each.
pub async fn few<Rel: Relation>(ctx: &Context<'_>, parent: Uuid) -> Result<Vec<Rel::Row>> {
    let most = Arguments::new(i32::try_from(MAX_SIZE).ok(), None, None, None);
    let page = Children::<Rel>::new(parent, &most)?;
    let list = rows(ctx).ask(page).await?.unwrap_or_default();
    Ok(list.items.iter().map(node).collect())
}

/// A list of all live rows.
pub fn all<R>(arguments: &Arguments) -> Result<Connection<R>>
where
    R: Row + OutputType,
{
    those(arguments, ())
}

/// A list of all rows that pass a filter.
pub fn those<R, F>(arguments: &Arguments, filter: F) -> Result<Connection<R>>
where
    R: Row + OutputType,
    F: Filter<R>,
{
    let page = All::<R, F>::new(arguments, filter)?;
    Ok(Connection(Box::new(Asked(page))))
}

/// A list of the rows that belong to the row with this id.
pub fn children<Rel, E>(parent: Uuid, arguments: &Arguments) -> Result<Connection<Rel::Row, E>>
where
    Rel: Relation,
    Rel::Row: OutputType,
    E: FromLink<Rel::Link>,
{
    let page = Children::<Rel>::new(parent, arguments)?;
    Ok(Connection(Box::new(Asked(page))))
}

/// What a link says on an edge, beside the edge's node.
pub trait EdgeFields: ObjectType + 'static {
    /// Stands in the names of the types, between that of the node and `Connection` or `Edge`.
    const NAME: &'static str;
}

/// How the fields of an edge come from what was read of the junction.
pub trait FromLink<L>: EdgeFields {
    /// The fields.
    fn from_link(link: &L) -> Self;
}

impl EdgeFields for EmptyFields {
    const NAME: &'static str = "";
}

/// A link may say nothing that clients would want to know.
impl<L> FromLink<L> for EmptyFields {
    fn from_link(_: &L) -> Self {
        Self
    }
}

/// A page of a list of `R`. Nothing is read before a field asks: a total alone reads no rows.
pub struct Connection<R, E = EmptyFields>(Box<dyn Listed<R, E>>);

#[Object(name_type)]
impl<R: Row + OutputType, E: EdgeFields> Connection<R, E> {
    /// The page's nodes, for clients that need neither cursors nor what the links say.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<R>> {
        self.0.nodes(rows(ctx)).await
    }

    /// The page's nodes, each with its cursor and with what its link says.
    async fn edges(&self, ctx: &Context<'_>) -> Result<Vec<Edge<R, E>>> {
        self.0.edges(rows(ctx)).await
    }

    /// Where the page begins and ends, and whether the list goes on before and after it.
    async fn page_info(&self, ctx: &Context<'_>) -> Result<PageInfo> {
        self.0.page_info(rows(ctx)).await
    }

    /// How many there are on all pages together. It is counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        self.0.total(rows(ctx)).await
    }
}

impl<R: Row + OutputType, E: EdgeFields> TypeName for Connection<R, E> {
    fn type_name() -> Cow<'static, str> {
        format!("{}{}Connection", R::type_name(), E::NAME).into()
    }
}

/// One row of a list, with its place and its link.
pub struct Edge<R, E> {
    node: R,
    link: E,
    places: Arc<dyn Places>,
    index: usize,
}

#[Object(name_type)]
impl<R: Row + OutputType, E: EdgeFields> Edge<R, E> {
    /// Its place in the list, for `after` and `before`. It means nothing else.
    fn cursor(&self) -> String {
        self.places.cursor(self.index)
    }

    /// What is listed.
    fn node(&self) -> &R {
        &self.node
    }

    #[graphql(flatten)]
    fn link(&self) -> &E {
        &self.link
    }
}

impl<R: Row + OutputType, E: EdgeFields> TypeName for Edge<R, E> {
    fn type_name() -> Cow<'static, str> {
        format!("{}{}Edge", R::type_name(), E::NAME).into()
    }
}

/// What a connection can tell of its list, whatever the list belongs to.
trait Listed<R, E>: Send + Sync {
    fn nodes<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<Vec<R>>>;
    fn edges<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<Vec<Edge<R, E>>>>;
    fn page_info<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<PageInfo>>;
    fn total<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<i64>>;
}

/// The cursors of a page's rows, written when asked for.
trait Places: Send + Sync {
    fn cursor(&self, index: usize) -> String;
}

/// A question for a page and its total.
trait Paged: Clone + Send + Sync + 'static {
    type Row: Row;
    type Link: Clone + Send + Sync + 'static;

    fn page(&self, rows: &Rows) -> impl Future<Output = Result<Option<Page<Self>>>> + Send;
    fn total(&self, rows: &Rows) -> impl Future<Output = Result<Option<i64>>> + Send;
    fn cursor(item: &Item<Model<Self>, Self::Link>) -> String;
}

type Model<Q> = <<<Q as Paged>::Row as Row>::Table as EntityTrait>::Model;
type Page<Q> = Arc<List<Model<Q>, <Q as Paged>::Link>>;

impl<R: Row, F: Filter<R>> Paged for All<R, F> {
    type Row = R;
    type Link = ();

    async fn page(&self, rows: &Rows) -> Result<Option<Page<Self>>> {
        rows.ask(self.clone()).await
    }

    async fn total(&self, rows: &Rows) -> Result<Option<i64>> {
        rows.ask(CountAll::<R, F>::new(self.filter())).await
    }

    fn cursor(item: &Item<Model<Self>, ()>) -> String {
        Self::cursor(&item.row)
    }
}

impl<Rel: Relation> Paged for Children<Rel> {
    type Row = Rel::Row;
    type Link = Rel::Link;

    async fn page(&self, rows: &Rows) -> Result<Option<Page<Self>>> {
        rows.ask(self.clone()).await
    }

    async fn total(&self, rows: &Rows) -> Result<Option<i64>> {
        rows.ask(Count::<Rel>::new(self.parent())).await
    }

    fn cursor(item: &Item<Model<Self>, Rel::Link>) -> String {
        Self::cursor(item)
    }
}

struct Asked<Q>(Q);

impl<Q, E> Listed<Q::Row, E> for Asked<Q>
where
    Q: Paged,
    E: FromLink<Q::Link>,
{
    fn nodes<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<Vec<Q::Row>>> {
        Box::pin(async {
            let page = self.0.page(rows).await?.unwrap_or_default();
            rows.show(page.items.len())?;
            Ok(page.items.iter().map(node).collect())
        })
    }

    fn edges<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<Vec<Edge<Q::Row, E>>>> {
        Box::pin(async {
            let page = self.0.page(rows).await?.unwrap_or_default();
            rows.show(page.items.len())?;
            let places: Arc<dyn Places> = Arc::new(PagePlaces::<Q>(page.clone()));
            let edge = |(index, item)| Edge {
                node: node(item),
                link: E::from_link(&item.link),
                places: places.clone(),
                index,
            };
            Ok(page.items.iter().enumerate().map(edge).collect())
        })
    }

    fn page_info<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<PageInfo>> {
        Box::pin(async {
            let page = self.0.page(rows).await?.unwrap_or_default();
            Ok(PageInfo {
                has_previous_page: page.previous,
                has_next_page: page.next,
                start_cursor: page.items.first().map(Q::cursor),
                end_cursor: page.items.last().map(Q::cursor),
            })
        })
    }

    fn total<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<i64>> {
        Box::pin(async { Ok(self.0.total(rows).await?.unwrap_or_default()) })
    }
}

fn node<R: Row, L>(item: &Item<<R::Table as EntityTrait>::Model, L>) -> R {
    R::from(item.row.clone())
}

struct PagePlaces<Q: Paged>(Page<Q>);

impl<Q: Paged> Places for PagePlaces<Q> {
    fn cursor(&self, index: usize) -> String {
        Q::cursor(&self.0.items[index])
    }
}
