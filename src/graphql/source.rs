//! Where content is from.

use std::sync::Arc;

use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use entity::{
    node_page,
    source::{Column, Entity, Model},
};

use super::{connection::find, page::Page, written::Written};
use crate::{
    error::Nullable,
    load::{By, Order, Relation, Row, rows},
};

pub struct Source(Arc<Model>);

/// A page that a piece of content, or one of its fields, is from.
#[Object]
impl Source {
    /// The field that it is the source of, such as `value`; nothing if it is the source of the whole.
    fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The page, whatever its `lifeCycle`: a fact keeps its source when the page has moved or gone.
    async fn page(&self, ctx: &Context<'_>) -> Nullable<Written<Page>> {
        let page = find(rows(ctx), self.0.page_id).await;
        page.map(|page| page.map(Written)).transpose()
    }

    /// Where on the page, such as `Section "Trust", first card`.
    fn locator(&self) -> &str {
        &self.0.locator
    }

    /// The page's own words; only from imported sites.
    fn quoted_words(&self) -> Option<&str> {
        self.0.quoted_words.as_deref()
    }

    /// When the page was read.
    fn retrieved_at(&self) -> Option<DateTime<Utc>> {
        self.0.retrieved_at
    }

    /// Of the page as it was read: SHA-256 in hexadecimal. It tells whether the page has changed since.
    fn content_hash(&self) -> Option<&str> {
        self.0.content_hash.as_deref()
    }
}

impl From<Arc<Model>> for Source {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Source {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::ascending([By::Row(Column::Position)])
    }
}

/// The sources of a piece of content.
#[derive(Debug)]
pub struct Sources;

impl Relation for Sources {
    type Row = Source;
    type Via = Entity;
    type Link = ();

    fn parent() -> Column {
        Column::NodeId
    }
}

/// The pages that content is from.
#[derive(Debug)]
pub struct SourcePages;

impl Relation for SourcePages {
    type Row = Page;
    type Via = node_page::Entity;
    type Link = ();

    fn parent() -> node_page::Column {
        node_page::Column::NodeId
    }

    fn child() -> Option<node_page::Column> {
        Some(node_page::Column::PageId)
    }
}
