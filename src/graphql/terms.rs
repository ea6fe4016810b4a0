//! Under which terms content may be used, and whose duty it is to keep it right.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use entity::node;
use sea_orm::IdenStatic;

use super::{
    any_content::AnyContent,
    connection::{Connection, one, those},
    lists::{ContentFilter, ContentOrder},
    partner::Partner,
    scalar::Date,
    written::Written,
};
use crate::{
    error::{Nullable, Result},
    load::{Arguments, Is, Key, Test, today},
};

/// Under which terms the words of a piece of content may be used.
#[derive(SimpleObject)]
pub struct Licence {
    /// The licence: its SPDX identifier, such as `CC-BY-4.0`, or `LicenseRef-` and a name.
    name: String,
    /// Who must be named.
    attribution: Option<String>,
}

impl Licence {
    /// The licence of a node's piece.
    pub fn of(node: &node::Model) -> Option<Self> {
        Some(Self {
            name: node.licence.clone()?,
            attribution: node.attribution.clone(),
        })
    }
}

/// When somebody looked whether a piece of content still holds.
pub struct Review(pub Arc<node::Model>);

/// When somebody looked whether a piece of content still holds, and when somebody must look again.
#[Object]
impl Review {
    /// When somebody last looked.
    async fn reviewed_on(&self) -> Option<Date> {
        self.0.reviewed_on.map(Date)
    }

    /// When somebody must look again.
    async fn due_by(&self) -> Option<Date> {
        self.0.review_due_on.map(Date)
    }

    /// Whether that day is past.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        self.0.review_due_on.is_some_and(|due| due < today(ctx))
    }

    /// The agency whose duty it is.
    async fn owner(&self, ctx: &Context<'_>) -> Nullable<Written<Partner>> {
        one(ctx, self.0.owner_id).await
    }
}

#[derive(Default)]
pub struct TermsQuery;

#[Object]
impl TermsQuery {
    /// All content whose review is overdue, by title.
    fn overdue_reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day to count from; today if not given.")] on: Option<Date>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ContentFilter>>,
        order_by: Option<Vec<ContentOrder>>,
    ) -> Result<Connection<AnyContent>> {
        let on = on.map_or_else(|| today(ctx), |date| date.0);
        let page = Arguments::new(first, after, last, before);
        let due = Test::Is(node::Column::ReviewDueOn.as_str(), Is::Below(Key::Date(on)));
        those(&page, due, filter, order_by)
    }
}
