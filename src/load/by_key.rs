//! "The row with this id", "with this slug", "with this address".

use std::{any::Any, collections::HashMap, marker::PhantomData, sync::Arc};

use derive_where::derive_where;
use entity::node;
use sea_orm::{
    EntityTrait, FromQueryResult, JoinType, ModelTrait, QueryFilter, QuerySelect, QueryTrait,
    Select, sea_query::Expr,
};
use uuid::Uuid;

use super::{Content, Held, Question, Seen, Source, Table, held::weight_of_row};
use crate::{
    error::Result,
    store::{one_of_ids, one_of_texts},
};

/// Asks for the row of `T` with this id.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ById<T> {
    id: Uuid,
    table: PhantomData<fn() -> T>,
}

impl<T> ById<T> {
    /// Asks for the row with this id.
    pub fn new(id: Uuid) -> Self {
        Self {
            id,
            table: PhantomData,
        }
    }
}

impl<T: Table> Question for ById<T> {
    type Answer = Arc<T::Model>;

    fn weight_of(row: &Self::Answer) -> usize {
        weight_of_row(&**row)
    }

    fn keep(row: &Self::Answer, _: &Held) -> Arc<dyn Any + Send + Sync> {
        row.clone()
    }

    fn recall(kept: Arc<dyn Any + Send + Sync>, _: &Held) -> Option<Self::Answer> {
        kept.downcast().ok()
    }

    fn see(row: &Self::Answer, seen: &mut Seen) {
        seen.row::<T>(row);
    }

    async fn answer(db: &Source, questions: &[Self]) -> Result<HashMap<Self, Self::Answer>> {
        let ids = questions.iter().map(|question| question.id);
        let key = Expr::col((T::default(), T::key()));
        let asked = one_of_ids(db.backend(), key, ids);
        let rows = db.rows(T::find().filter(asked).into_query()).await?;
        rows.iter()
            .map(|row| {
                let row = T::Model::from_query_result(row, "")?;
                Ok((Self::new(T::id(&row)), Arc::new(row)))
            })
            .collect()
    }
}

/// Holds a row, and its id for whoever finds it by something else.
fn keep_id<T: Table>(row: &Arc<T::Model>, held: &Held) -> Arc<dyn Any + Send + Sync> {
    held.put_row::<T>(row);
    Arc::new(T::id(row))
}

fn recall_id<T: Table>(kept: &(dyn Any + Send + Sync), held: &Held) -> Option<Arc<T::Model>> {
    held.row::<T>(*kept.downcast_ref()?)
}

/// Asks for the row of `T` with this slug.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BySlug<T> {
    slug: String,
    table: PhantomData<fn() -> T>,
}

impl<T> BySlug<T> {
    /// Asks for the row with this slug.
    pub fn new(slug: String) -> Self {
        Self {
            slug,
            table: PhantomData,
        }
    }
}

impl<T: Content> Question for BySlug<T> {
    type Answer = Arc<T::Model>;

    fn weight_of(_: &Self::Answer) -> usize {
        size_of::<Uuid>()
    }

    fn keep(row: &Self::Answer, held: &Held) -> Arc<dyn Any + Send + Sync> {
        keep_id::<T>(row, held)
    }

    fn recall(kept: Arc<dyn Any + Send + Sync>, held: &Held) -> Option<Self::Answer> {
        recall_id::<T>(&*kept, held)
    }

    fn see(row: &Self::Answer, seen: &mut Seen) {
        seen.row::<T>(row);
    }

    async fn answer(db: &Source, questions: &[Self]) -> Result<HashMap<Self, Self::Answer>> {
        let slugs = questions.iter().map(|question| question.slug.clone());
        let slug = Expr::col((T::default(), T::slug()));
        let asked = one_of_texts(db.backend(), slug, slugs);
        let rows = db.rows(T::find().filter(asked).into_query()).await?;
        rows.iter()
            .map(|row| {
                let row = T::Model::from_query_result(row, "")?;
                let slug = row.get(T::slug()).unwrap();
                Ok((Self::new(slug), Arc::new(row)))
            })
            .collect()
    }
}

/// Asks for the row of `T` whose node has this public address.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ByUrl<T> {
    url: String,
    table: PhantomData<fn() -> T>,
}

impl<T> ByUrl<T> {
    /// Asks for the row with this address.
    pub fn new(url: String) -> Self {
        Self {
            url,
            table: PhantomData,
        }
    }
}

/// Finds a row by the address of its node.
pub trait Addressed: Table {
    /// The node's id for each row: joined to `node` where the row is not the node itself.
    fn with_node() -> Select<Self>;
}

impl Addressed for node::Entity {
    fn with_node() -> Select<Self> {
        Self::find()
    }
}

impl<T: Content> Addressed for T {
    fn with_node() -> Select<Self> {
        let to_node = T::belongs_to(node::Entity)
            .from(T::key())
            .to(node::Column::Id)
            .into();
        T::find().join(JoinType::InnerJoin, to_node)
    }
}

const URL: &str = "url_";

impl<T: Addressed> Question for ByUrl<T> {
    type Answer = Arc<T::Model>;

    fn weight_of(_: &Self::Answer) -> usize {
        size_of::<Uuid>()
    }

    fn keep(row: &Self::Answer, held: &Held) -> Arc<dyn Any + Send + Sync> {
        keep_id::<T>(row, held)
    }

    fn recall(kept: Arc<dyn Any + Send + Sync>, held: &Held) -> Option<Self::Answer> {
        recall_id::<T>(&*kept, held)
    }

    fn see(row: &Self::Answer, seen: &mut Seen) {
        seen.row::<T>(row);
    }

    async fn answer(db: &Source, questions: &[Self]) -> Result<HashMap<Self, Self::Answer>> {
        let urls = questions.iter().map(|question| question.url.clone());
        let url = Expr::col((node::Entity, node::Column::Url));
        let asked = one_of_texts(db.backend(), url, urls);
        let query = T::with_node()
            .column_as(node::Column::Url, URL)
            .filter(asked)
            .into_query();
        let rows = db.rows(query).await?;
        rows.iter()
            .map(|row| {
                let url = row.try_get("", URL)?;
                let model = T::Model::from_query_result(row, "")?;
                Ok((Self::new(url), Arc::new(model)))
            })
            .collect()
    }
}
