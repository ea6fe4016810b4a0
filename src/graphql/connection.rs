//! Every list: its edges, cursors, totals and cost. Resolvers follow a relation and show what is there.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    Context, Object, ObjectType, OutputType, TypeName,
    connection::{EmptyFields, PageInfo},
    futures_util::future::{BoxFuture, try_join_all},
};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{
    facet::{FacetBy, FacetCounts},
    figures::{GROUPED_BY, StatisticAggregate, VALUE},
    filter::shown,
    lists::Listed as Filtered,
    order::{OrderBy, terms},
    written::{AllWritten, Show, Written},
};
use crate::{
    error::{Error, Nullable, Result},
    load::{
        Arguments, ById, DEFAULT_SIZE, Facet, Facets, Figures, Item, List, Listing, MAX_SIZE,
        Related, Relation, Row, Rows, Scope, Test, Total, Whole, rows,
    },
};

/// The live row with this id, for a field that is null where there is none.
pub async fn one<R: Row>(ctx: &Context<'_>, id: Option<Uuid>) -> Nullable<Written<R>> {
    let row = rows(ctx).ask(ById::<R::Table>::new(id?)).await;
    row.map(|row| row.filter(|row| R::is_live(row)).map(R::from).map(Written))
        .transpose()
}

/// The row with this id, if there is one, live or not.
pub async fn find<R: Row>(rows: &Rows, id: Uuid) -> Result<Option<R>> {
    Ok(rows.ask(ById::<R::Table>::new(id)).await?.map(R::from))
}

/// All live rows that belong to the row with this id, of a relation that has few for each.
pub async fn few<Rel: Relation>(ctx: &Context<'_>, parent: Uuid) -> Result<Vec<Rel::Row>> {
    let most = Arguments::new(i32::try_from(MAX_SIZE).ok(), None, None, None);
    let page = Listing::<Related<Rel>>::usual(parent, &most)?;
    let list = rows(ctx).ask(page).await?.unwrap_or_default();
    Ok(list.items.iter().map(node).collect())
}

type Filter<R> = Option<Box<<R as Filtered>::Filter>>;
type Order<R> = Option<Vec<OrderBy<<R as Filtered>::OrderField>>>;

/// A list of all rows that pass a filter.
pub fn all<R>(page: &Arguments, filter: Filter<R>, order_by: Order<R>) -> Result<Connection<R>>
where
    R: Filtered + Show,
{
    those(page, Test::always(), filter, order_by)
}

/// A list of all rows that pass a filter and of which this holds.
#[expect(clippy::needless_pass_by_value, reason = "they come from a request")]
pub fn those<R>(
    page: &Arguments,
    only: Test,
    filter: Filter<R>,
    order_by: Order<R>,
) -> Result<Connection<R>>
where
    R: Filtered + Show,
{
    let test = shown::<R>(filter.as_deref())?.and(only);
    let terms = terms::<R>(order_by.as_deref())?;
    let page = Listing::new(Whole::<R>::default(), (), page, test, terms)?;
    Ok(Connection::of(page))
}

/// A list of all rows of which this holds, of a type that has neither filters nor orders.
pub fn plain<R>(page: &Arguments, test: Test) -> Result<Connection<R>>
where
    R: Row + OutputType,
{
    let page = Listing::new(Whole::<R>::default(), (), page, test, None)?;
    Ok(Written(Listed(Box::new(Asked { page, facet: none }))))
}

/// A list of the rows that belong to the row with this id and that pass a filter.
#[expect(clippy::needless_pass_by_value, reason = "they come from a request")]
pub fn children<Rel, E>(
    parent: Uuid,
    page: &Arguments,
    filter: Filter<Rel::Row>,
    order_by: Order<Rel::Row>,
) -> Result<Connection<Rel::Row, E>>
where
    Rel: Relation,
    Rel::Row: Filtered + Show,
    E: FromLink<Rel::Link>,
{
    if filter.is_none() && order_by.is_none() {
        return Ok(Connection::of(Listing::<Related<Rel>>::usual(
            parent, page,
        )?));
    }
    let test = shown::<Rel::Row>(filter.as_deref())?;
    let terms = terms::<Rel::Row>(order_by.as_deref())?;
    let page = Listing::new(Related::<Rel>::default(), parent, page, test, terms)?;
    Ok(Connection::of(page))
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

/// A page of a list of `R`, as fields show it.
pub type Connection<R, E = EmptyFields> = Written<Listed<R, E>>;

/// A page of a list of `R`. Nothing is read before a field asks: a total alone reads no rows.
pub struct Listed<R, E>(Box<dyn Read<R, E>>);

impl<R: Row, E> Connection<R, E> {
    /// The page that this asks for.
    pub fn of<S>(page: Listing<S>) -> Self
    where
        S: Scope<Row = R>,
        R: Filtered,
        E: FromLink<S::Link>,
    {
        let facet = R::facet;
        Written(Listed(Box::new(Asked { page, facet })))
    }
}

#[Object(name_type)]
impl<R: Row + Show, E: EdgeFields> Listed<R, E> {
    /// The page's nodes, for clients that need neither cursors nor what the links say.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<AllWritten<R>> {
        self.0.nodes(rows(ctx)).await.map(AllWritten)
    }

    /// The page's nodes, each with its cursor and with what its link says.
    async fn edges(&self, ctx: &Context<'_>) -> Result<AllWritten<Edge<R, E>>> {
        self.0.edges(rows(ctx)).await.map(AllWritten)
    }

    /// Where the page begins and ends, and whether the list goes on before and after it.
    async fn page_info(&self, ctx: &Context<'_>) -> Result<PageInfo> {
        self.0.page_info(rows(ctx)).await
    }

    /// How many there are on all pages together. It is counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        self.0.total(rows(ctx)).await
    }

    /// How many there are on all pages together of each value: for people to choose from.
    async fn facets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to count by.")] by: Vec<FacetBy>,
        #[graphql(desc = "How many values of each: from 0 to 100, 20 if not given.")] first: Option<
            i32,
        >,
    ) -> Result<Vec<FacetCounts>> {
        if by.len() > MOST_FACETS {
            return Err(Error::TooMuch(format!(
                "`by` has {} facets, but at most {MOST_FACETS} are counted at once",
                by.len()
            )));
        }
        let most = few_of(first, DEFAULT_SIZE)?;
        let facets = by.into_iter().map(|by| self.0.facet(rows(ctx), by, most));
        try_join_all(facets).await
    }

    /// The figures on all pages together, by unit and period: those of one unit from the earliest period
    /// on.
    async fn aggregates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many units and periods: from 0 to 100, 100 if not given.")]
        first: Option<i32>,
    ) -> Result<Vec<StatisticAggregate>> {
        let most = few_of(first, MAX_SIZE)?;
        self.0.figures(rows(ctx), most).await
    }
}

/// How many facets are counted at once.
const MOST_FACETS: usize = 10;

fn few_of(first: Option<i32>, default: u32) -> Result<u32> {
    let Some(first) = first else {
        return Ok(default);
    };
    u32::try_from(first)
        .ok()
        .filter(|first| *first <= MAX_SIZE)
        .ok_or_else(|| {
            Error::BadInput(format!(
                "`first` is {first}, but there are from 0 to {MAX_SIZE}"
            ))
        })
}

impl<R: Row + Show, E: EdgeFields> TypeName for Listed<R, E> {
    fn type_name() -> Cow<'static, str> {
        format!("{}{}Connection", R::type_name(), E::NAME).into()
    }
}

/// One row of a list, with its place and its link.
pub struct Edge<R, E> {
    node: Written<R>,
    link: E,
    places: Arc<dyn Places>,
    index: usize,
}

impl<R> Edge<R, EmptyFields> {
    /// A row with this place, of a list that is not read by pages.
    pub fn alone(node: R, cursor: String) -> Self {
        Self {
            node: Written(node),
            link: EmptyFields,
            places: Arc::new(Place(cursor)),
            index: 0,
        }
    }
}

struct Place(String);

impl Places for Place {
    fn cursor(&self, _: usize) -> String {
        self.0.clone()
    }
}

#[Object(name_type)]
impl<R: Row + Show, E: EdgeFields> Edge<R, E> {
    /// Its place in the list, for `after` and `before`. It means nothing else.
    fn cursor(&self) -> String {
        self.places.cursor(self.index)
    }

    /// What is listed.
    fn node(&self) -> &Written<R> {
        &self.node
    }

    #[graphql(flatten)]
    fn link(&self) -> &E {
        &self.link
    }
}

impl<R: Row + Show, E: EdgeFields> TypeName for Edge<R, E> {
    fn type_name() -> Cow<'static, str> {
        format!("{}{}Edge", R::type_name(), E::NAME).into()
    }
}

/// What a connection can tell of its list, whatever the list belongs to.
trait Read<R, E>: Send + Sync {
    fn nodes<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<Vec<R>>>;
    fn edges<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<Vec<Edge<R, E>>>>;
    fn page_info<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<PageInfo>>;
    fn total<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<i64>>;
    fn facet<'a>(
        &'a self,
        rows: &'a Rows,
        by: FacetBy,
        most: u32,
    ) -> BoxFuture<'a, Result<FacetCounts>>;
    fn figures<'a>(
        &'a self,
        rows: &'a Rows,
        most: u32,
    ) -> BoxFuture<'a, Result<Vec<StatisticAggregate>>>;
}

/// The cursors of a page's rows, written when asked for.
trait Places: Send + Sync {
    fn cursor(&self, index: usize) -> String;
}

type Model<S> = <<<S as Scope>::Row as Row>::Table as EntityTrait>::Model;
type Page<S> = Arc<List<Model<S>, <S as Scope>::Link>>;

struct Asked<S: Scope> {
    page: Listing<S>,
    facet: fn(FacetBy) -> Option<(&'static str, Facet)>,
}

fn none(_: FacetBy) -> Option<(&'static str, Facet)> {
    None
}

impl<S: Scope> Asked<S> {
    async fn page(&self, rows: &Rows) -> Result<Page<S>> {
        let page = rows.ask(self.page.clone()).await?;
        Ok(page.unwrap_or_default())
    }
}

impl<S, E> Read<S::Row, E> for Asked<S>
where
    S: Scope,
    E: FromLink<S::Link>,
{
    fn nodes<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<Vec<S::Row>>> {
        Box::pin(async {
            let page = self.page(rows).await?;
            rows.show(page.items.len())?;
            Ok(page.items.iter().map(node).collect())
        })
    }

    fn edges<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<Vec<Edge<S::Row, E>>>> {
        Box::pin(async {
            let page = self.page(rows).await?;
            rows.show(page.items.len())?;
            let places: Arc<dyn Places> = Arc::new(PagePlaces {
                asked: self.page.clone(),
                page: page.clone(),
            });
            let edge = |(index, item)| Edge {
                node: Written(node(item)),
                link: E::from_link(&item.link),
                places: places.clone(),
                index,
            };
            Ok(page.items.iter().enumerate().map(edge).collect())
        })
    }

    fn page_info<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<PageInfo>> {
        Box::pin(async {
            let page = self.page(rows).await?;
            let cursor = |item| self.page.cursor(item);
            Ok(PageInfo {
                has_previous_page: page.previous,
                has_next_page: page.next,
                start_cursor: page.items.first().map(cursor),
                end_cursor: page.items.last().map(cursor),
            })
        })
    }

    fn total<'a>(&'a self, rows: &'a Rows) -> BoxFuture<'a, Result<i64>> {
        Box::pin(async {
            let page = &self.page;
            let total = Total::new(page.scope().clone(), page.parent(), page.test().clone());
            Ok(*rows.ask(total).await?.unwrap_or_default())
        })
    }

    fn facet<'a>(
        &'a self,
        rows: &'a Rows,
        by: FacetBy,
        most: u32,
    ) -> BoxFuture<'a, Result<FacetCounts>> {
        Box::pin(async move {
            let (filter, facet) = (self.facet)(by).ok_or_else(|| {
                let of = <S::Row as Row>::Table::default();
                let of = sea_orm::EntityName::table_name(&of);
                Error::BadInput(format!(
                    "`by` has {}, by which lists of this kind ({of}) are not counted",
                    by.name()
                ))
            })?;
            let page = &self.page;
            let test = page.test().without(filter);
            let facets = Facets::new(page.scope().clone(), page.parent(), test, facet, most);
            let buckets = rows.ask(facets).await?.unwrap_or_default();
            rows.show(buckets.len())?;
            Ok(FacetCounts::new(by, &buckets))
        })
    }

    fn figures<'a>(
        &'a self,
        rows: &'a Rows,
        most: u32,
    ) -> BoxFuture<'a, Result<Vec<StatisticAggregate>>> {
        Box::pin(async move {
            let figures = Figures {
                scope: self.page.scope().clone(),
                parent: self.page.parent(),
                test: self.page.test().clone(),
                value: VALUE,
                by: GROUPED_BY,
                most,
            };
            let figures = rows.ask(figures).await?.unwrap_or_default();
            rows.show(figures.len())?;
            Ok(figures.iter().map(StatisticAggregate::new).collect())
        })
    }
}

fn node<R: Row, L>(item: &Item<<R::Table as EntityTrait>::Model, L>) -> R {
    R::from(item.row.clone())
}

struct PagePlaces<S: Scope> {
    asked: Listing<S>,
    page: Page<S>,
}

impl<S: Scope> Places for PagePlaces<S> {
    fn cursor(&self, index: usize) -> String {
        self.asked.cursor(&self.page.items[index])
    }
}
