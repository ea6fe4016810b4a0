//! "The row with this id", "with this slug", "with this address".

use std::{any::Any, collections::HashMap, marker::PhantomData, sync::Arc};

use derive_where::derive_where;
use entity::node;
use sea_orm::{
    JoinType, ModelTrait, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    ColumnSet, Columns, Content, Held, Question, Seen, Source, Table, columns::Reader,
    held::weight_of_row,
};
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
        weight_of_row(&**row, ColumnSet::all::<T>())
    }

    fn columns(&self, columns: &Columns) -> ColumnSet {
        columns.of::<T>()
    }

    fn hold(&self, row: Option<&Self::Answer>, held: &Held, columns: &Columns) {
        match row {
            Some(row) => held.put_row::<T>(row, columns.of::<T>()),
            None => held.put(self, None, 0, columns),
        }
    }

    fn recall(
        &self,
        kept: Arc<dyn Any + Send + Sync>,
        _: &Held,
        _: &Columns,
    ) -> Option<Self::Answer> {
        kept.downcast().ok()
    }

    fn see(row: &Self::Answer, seen: &mut Seen) {
        seen.row::<T>(row);
    }

    async fn answer(db: &Source, questions: &[Self]) -> Result<HashMap<Self, Self::Answer>> {
        let ids = questions.iter().map(|question| question.id);
        let key = Expr::col((T::default(), T::key()));
        let asked = one_of_ids(db.backend(), key, ids);
        let columns = db.columns().of::<T>();
        let rows = db
            .rows(select::<T>(columns).filter(asked).into_query())
            .await?;
        let reader = Reader::<T>::new(columns, "", &rows)?;
        rows.iter()
            .map(|row| {
                let row = reader.read(row)?;
                Ok((Self::new(T::id(&row)), Arc::new(row)))
            })
            .collect()
    }
}

/// Selects these columns of a table.
pub(super) fn select<T: Table>(columns: ColumnSet) -> Select<T> {
    T::find().select_only().columns(columns.columns::<T>())
}

/// Holds a row, and its id for whoever finds it by something else.
fn hold_id<T: Table, Q: Question<Answer = Arc<T::Model>>>(
    question: &Q,
    row: Option<&Arc<T::Model>>,
    held: &Held,
    columns: &Columns,
) {
    if let Some(row) = row {
        held.put_row::<T>(row, columns.of::<T>());
    }
    held.put(question, row, 0, columns);
}

fn recall_id<T: Table>(
    kept: &(dyn Any + Send + Sync),
    held: &Held,
    columns: ColumnSet,
) -> Option<Arc<T::Model>> {
    held.row::<T>(*kept.downcast_ref()?, columns)
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

    fn hold(&self, row: Option<&Self::Answer>, held: &Held, columns: &Columns) {
        hold_id::<T, _>(self, row, held, columns);
    }

    fn keep(row: &Self::Answer) -> Arc<dyn Any + Send + Sync> {
        Arc::new(T::id(row))
    }

    fn recall(
        &self,
        kept: Arc<dyn Any + Send + Sync>,
        held: &Held,
        columns: &Columns,
    ) -> Option<Self::Answer> {
        recall_id::<T>(&*kept, held, columns.of::<T>())
    }

    fn see(row: &Self::Answer, seen: &mut Seen) {
        seen.row::<T>(row);
    }

    async fn answer(db: &Source, questions: &[Self]) -> Result<HashMap<Self, Self::Answer>> {
        let slugs = questions.iter().map(|question| question.slug.clone());
        let slug = Expr::col((T::default(), T::slug()));
        let asked = one_of_texts(db.backend(), slug, slugs);
        // Whatever is shown of a row, its slug tells whose answer it is.
        let columns = db.columns().of::<T>().and(ColumnSet::of::<T>(T::slug()));
        let rows = db
            .rows(select::<T>(columns).filter(asked).into_query())
            .await?;
        let reader = Reader::<T>::new(columns, "", &rows)?;
        rows.iter()
            .map(|row| {
                let row = reader.read(row)?;
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
    /// These columns of each row, joined to `node` where the row is not the node itself.
    fn with_node(columns: ColumnSet) -> Select<Self>;
}

impl Addressed for node::Entity {
    fn with_node(columns: ColumnSet) -> Select<Self> {
        select::<Self>(columns)
    }
}

impl<T: Content> Addressed for T {
    fn with_node(columns: ColumnSet) -> Select<Self> {
        let to_node = T::belongs_to(node::Entity)
            .from(T::key())
            .to(node::Column::Id)
            .into();
        select::<T>(columns).join(JoinType::InnerJoin, to_node)
    }
}

const URL: &str = "url_";

impl<T: Addressed> Question for ByUrl<T> {
    type Answer = Arc<T::Model>;

    fn weight_of(_: &Self::Answer) -> usize {
        size_of::<Uuid>()
    }

    fn hold(&self, row: Option<&Self::Answer>, held: &Held, columns: &Columns) {
        hold_id::<T, _>(self, row, held, columns);
    }

    fn keep(row: &Self::Answer) -> Arc<dyn Any + Send + Sync> {
        Arc::new(T::id(row))
    }

    fn recall(
        &self,
        kept: Arc<dyn Any + Send + Sync>,
        held: &Held,
        columns: &Columns,
    ) -> Option<Self::Answer> {
        recall_id::<T>(&*kept, held, columns.of::<T>())
    }

    fn see(row: &Self::Answer, seen: &mut Seen) {
        seen.row::<T>(row);
    }

    async fn answer(db: &Source, questions: &[Self]) -> Result<HashMap<Self, Self::Answer>> {
        let urls = questions.iter().map(|question| question.url.clone());
        let url = Expr::col((node::Entity, node::Column::Url));
        let asked = one_of_texts(db.backend(), url, urls);
        let columns = db.columns().of::<T>();
        let query = T::with_node(columns)
            .column_as(node::Column::Url, URL)
            .filter(asked)
            .into_query();
        let rows = db.rows(query).await?;
        let reader = Reader::<T>::new(columns, "", &rows)?;
        rows.iter()
            .map(|row| {
                let url = row.try_get("", URL)?;
                Ok((Self::new(url), Arc::new(reader.read(row)?)))
            })
            .collect()
    }
}
