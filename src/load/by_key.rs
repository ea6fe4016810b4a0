//! "The row with this id", "with this slug", "with this address".

use std::{any::TypeId, collections::HashMap, marker::PhantomData, sync::Arc};

use derive_where::derive_where;
use entity::node;
use sea_orm::{
    IdenStatic, JoinType, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    ColumnSet, Columns, Content, Fingerprint, Form, Held, Kept, Names, Question, Seen, Source,
    Table, columns::Reader, in_order,
};
use crate::{
    error::Result,
    store::{one_of_ids, one_of_texts},
};

/// Asks for the row of `T` with this id.
#[derive_where(Hash)]
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
    type Answer = T::Model;

    /// The row is weighed as such.
    fn weight_of(_: &T::Model) -> usize {
        0
    }

    fn columns(&self, columns: &Columns) -> ColumnSet {
        columns.of::<T>()
    }

    fn hold(
        &self,
        fingerprint: Fingerprint,
        row: Option<&Arc<T::Model>>,
        held: &Held,
        columns: &Columns,
    ) {
        match row {
            Some(row) => held.put_row::<T>(row, columns.of::<T>()),
            None => held.put(self, fingerprint, None, 0, columns),
        }
    }

    fn recall(&self, kept: Kept, _: &Held, _: &Columns) -> Option<Arc<T::Model>> {
        kept.row::<T>()
    }

    fn see(row: &T::Model, seen: &mut Seen) {
        seen.row::<T>(row);
    }

    async fn answer(db: &Source, questions: &[&Self]) -> Result<Vec<Option<Arc<T::Model>>>> {
        let ids: Vec<_> = questions.iter().map(|question| question.id).collect();
        let columns = db.columns().of::<T>();
        let query = |ids: &[Uuid]| {
            let key = Expr::col((T::default(), T::key()));
            let asked = one_of_ids(db.backend(), key, ids.iter().copied());
            select::<T>(columns).filter(asked).into_query()
        };
        let of = Fingerprint::of(&(TypeId::of::<Self>(), columns));
        let rows = db.rows_about(of, &ids, query).await?;
        let mut reader = Reader::<T>::new(columns, "", &Names::of(&rows))?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in &rows {
            let row = reader.read(row)?;
            found.insert(T::id(&row), row);
        }
        Ok(in_order(questions, |question| question.id, found))
    }
}

/// Selects these columns of a table.
pub(super) fn select<T: Table>(columns: ColumnSet) -> Select<T> {
    T::find().select_only().columns(columns.columns::<T>())
}

/// Asks for the row of `T` that has this text where `Place` says.
#[derive_where(Hash)]
pub struct ByText<T, Place> {
    text: String,
    of: PhantomData<fn() -> (T, Place)>,
}

/// Asks for the row of `T` with this slug.
pub type BySlug<T> = ByText<T, Slug>;

/// Asks for the row of `T` whose node has this public address.
pub type ByUrl<T> = ByText<T, Url>;

impl<T, Place> ByText<T, Place> {
    /// Asks for the row with this text.
    pub fn new(text: String) -> Self {
        Self {
            text,
            of: PhantomData,
        }
    }
}

/// A text that one row has and no other.
pub trait Unique<T: Table>: 'static {
    /// Where the text stands.
    fn column() -> Expr;

    /// What it is called in results.
    fn name() -> &'static str;

    /// These columns of each row, and the text.
    fn select(columns: ColumnSet) -> Select<T>;
}

/// The slug of a piece of content.
pub struct Slug;

impl<T: Content> Unique<T> for Slug {
    fn column() -> Expr {
        Expr::col((T::default(), T::slug()))
    }

    fn name() -> &'static str {
        T::slug().as_str()
    }

    fn select(columns: ColumnSet) -> Select<T> {
        select(columns.and(ColumnSet::of::<T>(T::slug())))
    }
}

/// The public address of a node.
pub struct Url;

impl<T: Addressed> Unique<T> for Url {
    fn column() -> Expr {
        Expr::col((node::Entity, node::Column::Url))
    }

    fn name() -> &'static str {
        "url_"
    }

    fn select(columns: ColumnSet) -> Select<T> {
        T::with_node(columns).column_as(node::Column::Url, <Self as Unique<T>>::name())
    }
}

/// Has an address: that of its node.
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

impl<T: Table, Place: Unique<T>> Question for ByText<T, Place> {
    type Answer = T::Model;

    /// It is held as few bytes, which are counted.
    fn weight_of(_: &T::Model) -> usize {
        0
    }

    /// Holds the row, and its id for whoever finds it by the text.
    fn hold(
        &self,
        fingerprint: Fingerprint,
        row: Option<&Arc<T::Model>>,
        held: &Held,
        columns: &Columns,
    ) {
        if let Some(row) = row {
            held.put_row::<T>(row, columns.of::<T>());
        }
        held.put(self, fingerprint, row, 0, columns);
    }

    fn keep(row: &Arc<T::Model>, _: ColumnSet) -> Form {
        Form::Packed(T::id(row).as_bytes().to_vec())
    }

    fn recall(&self, kept: Kept, held: &Held, columns: &Columns) -> Option<Arc<T::Model>> {
        let id = Uuid::from_slice(kept.packed()?).ok()?;
        held.row::<T>(id, columns.of::<T>())
    }

    fn see(row: &T::Model, seen: &mut Seen) {
        seen.row::<T>(row);
    }

    async fn answer(db: &Source, questions: &[&Self]) -> Result<Vec<Option<Arc<T::Model>>>> {
        let texts = questions.iter().map(|question| question.text.clone());
        let asked = one_of_texts(db.backend(), Place::column(), texts);
        let columns = db.columns().of::<T>();
        let query = Place::select(columns).filter(asked).into_query();
        let rows = db.rows(query).await?;
        let mut reader = Reader::<T>::new(columns, "", &Names::of(&rows))?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in &rows {
            let text: String = row.try_get("", Place::name())?;
            found.insert(text, reader.read(row)?);
        }
        Ok(in_order(questions, |question| question.text.clone(), found))
    }
}
