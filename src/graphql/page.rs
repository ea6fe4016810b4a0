//! Pages of web sites.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    node::Kind,
    node_page,
    page::{self, Column, Entity, Model, Parts},
    page_mention, page_parts,
};

use super::{
    any_content::AnyContent,
    common::Common,
    connection::{Connection, all, children, few},
    contact::{Contact, Contacts},
    link::Showing,
    lists::{ContentFilter, ContentOrder, MediaFilter, MediaOrder, PageFilter, PageOrder},
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    scalar::DatePrecision,
    written::Written,
};
use crate::{
    document::PartialDate,
    error::{Nullable, Result},
    load::{Arguments, By, ById, Content, Linked, Order, Relation, RelationOrder, Row, rows},
};

pub struct Page(Arc<Model>);

/// A page of a web site: what content is from, or what mentions it.
#[Object]
impl Page {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// The name of the site, such as `tech.gov.sg`.
    fn site(&self) -> Option<&str> {
        self.0.site.as_deref()
    }

    /// Its address on the site.
    fn permalink(&self) -> Option<&str> {
        self.0.permalink.as_deref()
    }

    /// How the site lays it out.
    fn layout(&self) -> Option<&str> {
        self.0.layout.as_deref()
    }

    /// When it was published on its site.
    fn published_on(&self) -> Option<PartialDate> {
        PartialDate::from_columns(self.0.published_on, self.0.published_precision)
    }

    /// How much of `publishedOn` is known.
    fn published_on_precision(&self) -> Option<DatePrecision> {
        self.0.published_precision.map(DatePrecision::from)
    }

    /// Its headings, in order.
    async fn sections(&self, ctx: &Context<'_>) -> Result<Vec<Section>> {
        let parts = self.parts(ctx).await?;
        Ok(parts.sections.iter().cloned().map(Section).collect())
    }

    /// Its tables, in order.
    async fn tables(&self, ctx: &Context<'_>) -> Result<Vec<PageTable>> {
        let parts = self.parts(ctx).await?;
        Ok(parts.tables.iter().cloned().map(PageTable).collect())
    }

    /// Its links, in order.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<PageLink>> {
        let parts = self.parts(ctx).await?;
        Ok(parts.links.iter().cloned().map(PageLink).collect())
    }

    /// Where to write to about it, and what for.
    async fn contacts(&self, ctx: &Context<'_>) -> Result<Vec<Contact>> {
        few::<Contacts>(ctx, self.0.id).await
    }

    /// All that is from it, by title.
    fn source_of(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ContentFilter>>,
        order_by: Option<Vec<ContentOrder>>,
    ) -> Result<Connection<AnyContent>> {
        let page = Arguments::new(first, after, last, before);
        children::<SourceOf, _>(self.0.id, &page, filter, order_by)
    }

    /// What it mentions, the most important first.
    fn mentions(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ContentFilter>>,
        order_by: Option<Vec<ContentOrder>>,
    ) -> Result<Connection<AnyContent>> {
        let page = Arguments::new(first, after, last, before);
        children::<Mentions, _>(self.0.id, &page, filter, order_by)
    }

    /// Pictures, videos and documents about it, the most telling first.
    fn media(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<MediaFilter>>,
        order_by: Option<Vec<MediaOrder>>,
    ) -> Result<Connection<Media, Showing>> {
        let page = Arguments::new(first, after, last, before);
        children::<Shown, _>(self.0.id, &page, filter, order_by)
    }
}

pub struct Section(page::Section);

/// A heading on a page.
#[Object(name = "PageSection")]
impl Section {
    /// The heading's text.
    fn heading(&self) -> &str {
        &self.0.heading
    }

    /// Its level, from 1 to 6.
    fn level(&self) -> i32 {
        self.0.level
    }
}

pub struct PageTable(page::PageTable);

/// A table on a page.
#[Object]
impl PageTable {
    /// The cells of its first row, if that is a header.
    fn header(&self) -> &[String] {
        &self.0.header
    }

    /// The cells of its other rows.
    fn rows(&self) -> &[Vec<String>] {
        &self.0.rows
    }
}

pub struct PageLink(page::PageLink);

/// A link on a page.
#[Object]
impl PageLink {
    /// Where it leads, as written on the page.
    fn href(&self) -> &str {
        &self.0.url
    }

    /// Its text.
    fn text(&self) -> &str {
        &self.0.text
    }
}

impl Page {
    async fn parts(&self, ctx: &Context<'_>) -> Result<Parts> {
        let parts = ById::<page_parts::Entity>::new(self.0.id);
        let parts = rows(ctx).ask(parts).await?;
        Ok(parts.map(|row| row.parts.clone()).unwrap_or_default())
    }
}

impl From<Arc<Model>> for Page {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Page {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::descending([By::Row(Column::SortDate)])
    }

    fn state() -> Option<Column> {
        Some(Column::State)
    }
}

impl Content for Entity {
    fn slug() -> Column {
        Column::Slug
    }
}

impl Piece for Page {
    const KIND: Kind = Kind::Page;
}

/// All that is from a page.
#[derive(Debug)]
pub struct SourceOf;

impl Relation for SourceOf {
    type Row = AnyContent;
    type Via = node_page::Entity;
    type Link = ();

    fn parent() -> node_page::Column {
        node_page::Column::PageId
    }

    fn child() -> Option<node_page::Column> {
        Some(node_page::Column::NodeId)
    }
}

/// What a page mentions.
#[derive(Debug)]
pub struct Mentions;

impl Relation for Mentions {
    type Row = AnyContent;
    type Via = page_mention::Entity;
    type Link = Linked<page_mention::Entity>;

    fn parent() -> page_mention::Column {
        page_mention::Column::PageId
    }

    fn child() -> Option<page_mention::Column> {
        Some(page_mention::Column::NodeId)
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Link(page_mention::Column::Position)])
    }
}

#[derive(Default)]
pub struct PageQuery;

#[Object]
impl PageQuery {
    /// All pages, the newest first; those without a date come last.
    fn pages(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<PageFilter>>,
        order_by: Option<Vec<PageOrder>>,
    ) -> Result<Connection<Page>> {
        let page = Arguments::new(first, after, last, before);
        all(&page, filter, order_by)
    }

    /// The page that is meant; nothing if there is none.
    async fn page(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Page>> {
        by(ctx, which).await
    }
}
