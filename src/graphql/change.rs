//! The feed of changes.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use entity::{
    change,
    node::{self, Kind},
};
use sea_orm::{ActiveEnum, IdenStatic};

use super::{
    any_content::{AnyContent, content},
    connection::{Connection, plain},
    edition::texts,
    written::Written,
};
use crate::{
    document::Id,
    error::{Nullable, Result},
    load::{Arguments, By, ById, Is, Key, Order, Path, Row, Test, rows},
};

pub struct Change(Arc<change::Model>);

/// Something that happened to a piece of content.
#[Object]
impl Change {
    /// What was done.
    async fn action(&self) -> ChangeAction {
        self.0.action.into()
    }

    /// When.
    async fn changed_at(&self) -> DateTime<Utc> {
        self.0.changed_at
    }

    /// The content revision that it is part of: what was published together has one revision.
    async fn revision(&self) -> i64 {
        self.0.revision
    }

    /// The number of the edition that came of it.
    async fn edition(&self) -> i32 {
        self.0.edition
    }

    /// What differs from the edition before: names of fields of the document.
    async fn changed_fields(&self) -> Vec<String> {
        texts(&self.0.fields)
    }

    /// The identifier of the piece: `node(id:)` takes it.
    async fn content_id(&self, ctx: &Context<'_>) -> Result<ID> {
        let node = rows(ctx)
            .ask(ById::<node::Entity>::new(self.0.node_id))
            .await?;
        let id = node.map(|node| Id {
            kind: node.kind,
            node: node.id,
        });
        Ok(ID(id.map(|id| id.to_string()).unwrap_or_default()))
    }

    /// The piece as it is now, whatever its `lifeCycle`.
    async fn content(&self, ctx: &Context<'_>) -> Nullable<Written<AnyContent>> {
        content(
            rows(ctx)
                .ask(ById::<node::Entity>::new(self.0.node_id))
                .await,
        )
    }
}

/// What happened to a piece of content.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "change::Action")]
pub enum ChangeAction {
    /// It was not there before.
    Create,
    /// It changed, or was put back.
    Update,
    /// It holds no more.
    Withdraw,
    /// It is found at another address.
    Redirect,
    /// It is not there any more.
    Delete,
}

impl From<Arc<change::Model>> for Change {
    fn from(row: Arc<change::Model>) -> Self {
        Self(row)
    }
}

impl Row for Change {
    type Table = change::Entity;

    fn order() -> Order<By<change::Column>> {
        Order::ascending([By::Row(change::Column::Seq)])
    }
}

/// What a piece of content is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "Kind")]
pub enum ContentType {
    /// A government's plan.
    Strategy,
    /// What a strategy wants to reach.
    Goal,
    /// What a government runs for people.
    Programme,
    /// An effort with an aim of its own.
    Initiative,
    /// An organisation.
    Partner,
    /// Something that takes place.
    Event,
    /// A picture, a video or a document.
    Media,
    /// Somebody who speaks for an organisation.
    Person,
    /// What somebody said.
    Quote,
    /// A figure.
    Statistic,
    /// An award, or a place in a ranking.
    Award,
    /// What makes it hard.
    Challenge,
    /// A page of a web site.
    Page,
    /// What content is about.
    Topic,
}

/// That nodes are of these kinds.
pub fn of_kinds(kinds: Vec<ContentType>) -> Test {
    let kinds = kinds.into_iter();
    let kinds = kinds.map(|kind| Key::Text(Kind::from(kind).to_value()));
    Test::Is(node::Column::Kind.as_str(), Is::OneOf(kinds.collect()))
}

/// That changes are of content of these kinds, or of any.
fn of_content(kinds: Option<Vec<ContentType>>) -> Test {
    let node = Path::to::<AnyContent>(change::Column::NodeId).whatever_state();
    kinds.map_or_else(Test::always, |kinds| {
        Test::Has(node, Box::new(of_kinds(kinds)))
    })
}

#[derive(Default)]
pub struct ChangeQuery;

#[Object]
impl ChangeQuery {
    /// Everything that happened to content, in order. A client that keeps the last `endCursor` and asks
    /// for what comes `after` it misses nothing, however long it was away: changes are only ever added
    /// at the end, and an empty page means that there is nothing new.
    fn changes(
        &self,
        #[graphql(desc = "Only of these kinds; of all if not given.")] kinds: Option<
            Vec<ContentType>,
        >,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        let page = Arguments::new(first, after, last, before);
        plain(&page, of_content(kinds))
    }

    /// How often content was published. As long as it stays the same, so does all content.
    async fn content_revision(&self, ctx: &Context<'_>) -> Result<i64> {
        rows(ctx).content_revision().await
    }
}
