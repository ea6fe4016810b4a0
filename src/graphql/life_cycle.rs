//! Where content stands in its life.

use std::sync::Arc;

use async_graphql::{Context, Enum, SimpleObject, Union};
use chrono::{DateTime, Utc};
use entity::node::{self, State};

use super::{
    any_content::{AnyContent, content},
    scalar::Url,
    written::Written,
};
use crate::{
    error::Result,
    load::{ById, rows},
};

/// Where a piece of content stands in its life. Lists and links show only what is live; `node`,
/// `resource` and the root fields for one piece show the rest too.
#[derive(Union)]
pub enum LifeCycle {
    Live(Live),
    Withdrawn(Withdrawn),
    Redirected(Redirected),
    Gone(Gone),
}

/// Where a piece of content stands in its life, in a word.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "State")]
pub enum LifeCycleState {
    /// It holds.
    Live,
    /// It holds no more, but can still be read.
    Withdrawn,
    /// It is found at another address.
    Redirected,
    /// It is not there any more.
    Gone,
}

/// It holds.
#[derive(SimpleObject)]
pub struct Live {
    /// Since when.
    since: DateTime<Utc>,
}

/// It holds no more, but can still be read.
#[derive(SimpleObject)]
pub struct Withdrawn {
    /// Since when.
    since: DateTime<Utc>,
    /// Why.
    reason: String,
    /// What took its place.
    successor: Option<Written<AnyContent>>,
}

/// It is found at another address.
#[derive(SimpleObject)]
pub struct Redirected {
    /// Since when.
    since: DateTime<Utc>,
    /// Where.
    to: Url,
}

/// It is not there any more.
#[derive(SimpleObject)]
pub struct Gone {
    /// Since when.
    since: DateTime<Utc>,
    /// Why.
    reason: String,
}

impl LifeCycle {
    /// Where this node's piece stands.
    pub async fn of(ctx: &Context<'_>, node: &node::Model) -> Result<Self> {
        let since = node.state_since;
        let reason = node.state_reason.clone().unwrap_or_default();
        Ok(match node.state {
            State::Live => Self::Live(Live { since }),
            State::Withdrawn => Self::Withdrawn(Withdrawn {
                since,
                reason,
                successor: successor(ctx, node).await?,
            }),
            State::Redirected => Self::Redirected(Redirected {
                since,
                to: Url(node.redirect_to.clone().unwrap_or_default()),
            }),
            State::Gone => Self::Gone(Gone { since, reason }),
        })
    }
}

async fn successor(ctx: &Context<'_>, node: &node::Model) -> Result<Option<Written<AnyContent>>> {
    let Some(id) = node.successor_id else {
        return Ok(None);
    };
    let successor: Result<Option<Arc<node::Model>>> =
        rows(ctx).ask(ById::<node::Entity>::new(id)).await;
    content(successor).transpose()
}
