//! Topics.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    node::Kind,
    node_topic,
    topic::{Column, Entity, Model},
};

use super::{
    any_content::AnyContent,
    common::Common,
    connection::{Connection, all, children},
    link::Showing,
    lists::{ContentFilter, ContentOrder, MediaFilter, MediaOrder, TopicFilter, TopicOrder},
    media::{Media, Shown},
    node::{ContentBy, Piece, by, id},
    written::Written,
};
use crate::{
    error::{Nullable, Result},
    load::{Arguments, By, Content, Linked, Order, Relation, RelationOrder, Row},
};

pub struct Topic(Arc<Model>);

/// What content is about, such as cybersecurity. Content of any kind may have it.
#[Object]
impl Topic {
    /// Identifies it for ever, among all kinds: `node(id:)` gives it back.
    pub async fn id(&self) -> ID {
        id::<Self>(self.0.id)
    }

    #[graphql(flatten)]
    fn common(&self) -> Common<'_> {
        Common::new(self.0.id, &self.0.slug, &self.0.title, &self.0.summary)
    }

    /// All that is about it, by title.
    fn content(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ContentFilter>>,
        order_by: Option<Vec<ContentOrder>>,
    ) -> Result<Connection<AnyContent>> {
        let page = Arguments::new(first, after, last, before);
        children::<TopicContent, _>(self.0.id, &page, filter, order_by)
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

impl From<Arc<Model>> for Topic {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Topic {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::ascending([By::Row(Column::SortTitle)])
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

impl Piece for Topic {
    const KIND: Kind = Kind::Topic;
}

/// All that is about a topic.
#[derive(Debug)]
pub struct TopicContent;

impl Relation for TopicContent {
    type Row = AnyContent;
    type Via = node_topic::Entity;
    type Link = Linked<node_topic::Entity>;

    fn parent() -> node_topic::Column {
        node_topic::Column::TopicId
    }

    fn child() -> Option<node_topic::Column> {
        Some(node_topic::Column::NodeId)
    }

    fn order() -> RelationOrder<Self> {
        Order::ascending([By::Link(node_topic::Column::NodeSortTitle)])
    }
}

#[derive(Default)]
pub struct TopicQuery;

#[Object]
impl TopicQuery {
    /// All topics, by title.
    fn topics(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<TopicFilter>>,
        order_by: Option<Vec<TopicOrder>>,
    ) -> Result<Connection<Topic>> {
        let page = Arguments::new(first, after, last, before);
        all(&page, filter, order_by)
    }

    /// The topic that is meant; nothing if there is none.
    async fn topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "by", desc = "Which one: exactly one of slug, id and url.")]
        which: ContentBy,
    ) -> Nullable<Written<Topic>> {
        by(ctx, which).await
    }
}
