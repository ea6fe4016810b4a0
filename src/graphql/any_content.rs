//! Content of any kind, as fields show it.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry,
};
use entity::node::{Column, Entity, Model};

use super::{
    node::Content,
    written::{Show, Written},
};
use crate::{
    error::{Nullable, Result},
    load::{By, Order, Row, Rows},
};

/// A piece of content of which only the node is known so far: the rest of it is read when it is shown,
/// in one batch for each kind.
pub struct AnyContent(Arc<Model>);

/// The piece that a node is the anchor of, live or not.
pub fn content(node: Result<Option<Arc<Model>>>) -> Nullable<Written<AnyContent>> {
    node.map(|node| node.map(AnyContent).map(Written))
        .transpose()
}

impl OutputType for AnyContent {
    fn type_name() -> Cow<'static, str> {
        Content::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Content::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Box::pin(self.show(ctx, field)).await
    }
}

impl Show for AnyContent {
    async fn show(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let content = Content::of(ctx.data_unchecked::<Arc<Rows>>(), &self.0).await;
        let content = content.map_err(|error| {
            let error = async_graphql::Error::from(error).into_server_error(field.pos);
            ctx.set_error_path(error)
        })?;
        match content {
            Some(content) => content.shown(ctx, field).await,
            // A foreign key holds every node to its row.
            None => Ok(Value::Null),
        }
    }
}

impl From<Arc<Model>> for AnyContent {
    fn from(node: Arc<Model>) -> Self {
        Self(node)
    }
}

impl Row for AnyContent {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::ascending([By::Row(Column::SortTitle)])
    }

    fn state() -> Option<Column> {
        Some(Column::State)
    }
}
