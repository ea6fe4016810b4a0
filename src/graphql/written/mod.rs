//! How objects become JSON: straight, field by field, without a tree of values between
//! (`docs/decisions/013`).
//!
//! The library resolves each field of an object in a future of its own on the heap, and makes a map of what comes
//! of them. Here a field without fields of its own is asked once on the spot. Most are there at once, and are written down at
//! once; the others are waited for together.

mod json;
mod object;
mod selected;

use std::{
    borrow::Cow,
    future::ready,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use async_graphql::{
    ContextSelectionSet, ObjectType, OutputType, Positioned, ServerError, ServerResult, Value,
    parser::types::Field, registry::Registry,
};
use futures_buffered::try_join_all;

pub use self::json::{fields_of, has_null, read_again, write};
use self::{
    json::{size, write_all},
    object::{Begun, is_leaf, object, waited_for},
    selected::fields,
};

/// An object that is written as JSON when a field shows it: then its value is [`Value::Binary`], which nothing
/// else in the schema is.
pub struct Written<T>(pub T);

/// The same of all objects of a list.
pub struct AllWritten<T>(pub Vec<T>);

/// Which response keys stand in a document several times for one object, so that what they select is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repeats {
    /// None.
    #[default]
    None,
    /// Only of fields without fields.
    Leaves,
    /// Of objects: the library brings together what is selected in them.
    Objects,
}

/// What a request writes.
#[derive(Default)]
pub struct Writing {
    repeats: Repeats,
    fields: AtomicU64,
    nulls: AtomicBool,
}

impl Writing {
    /// Of a document that repeats itself like this.
    pub fn new(repeats: Repeats) -> Self {
        Self {
            repeats,
            ..Self::default()
        }
    }

    /// How many fields were written, `__typename` not counted.
    pub fn fields(&self) -> u64 {
        self.fields.load(Ordering::Relaxed)
    }

    /// Whether a null was written.
    pub fn has_null(&self) -> bool {
        self.nulls.load(Ordering::Relaxed)
    }

    fn note(&self, fields: u64, null: bool) {
        self.fields.fetch_add(fields, Ordering::Relaxed);
        if null {
            self.nulls.store(true, Ordering::Relaxed);
        }
    }
}

/// What a field can show written as JSON.
pub trait Show: OutputType {
    /// Its JSON, if the document lets it be written; else its value.
    fn show(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> impl Future<Output = ServerResult<Value>> + Send;

    /// The JSON of a list of these, if all that is shown of them is at hand: they are written one behind the other, which
    /// needs no memory for each.
    fn show_at_once(
        _items: &[Self],
        _ctx: &ContextSelectionSet<'_>,
        _writing: &Writing,
    ) -> impl Future<Output = ServerResult<Option<Vec<u8>>>> + Send
    where
        Self: Sized,
    {
        ready(Ok(None))
    }
}

impl<T: ObjectType> Show for T {
    async fn show(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        object(ctx, self).await
    }

    async fn show_at_once(
        items: &[Self],
        ctx: &ContextSelectionSet<'_>,
        writing: &Writing,
    ) -> ServerResult<Option<Vec<u8>>> {
        let Some(first) = items.first() else {
            return Ok(Some(b"[]".to_vec()));
        };
        let fields = fields(ctx, first, writing.repeats)?;
        if !fields.iter().all(|field| is_leaf(field)) {
            return Ok(None);
        }
        let mut written = Begun::with_room_for(items.len() * fields.len());
        for (index, item) in items.iter().enumerate() {
            written.json.push(if index == 0 { b'[' } else { b',' });
            let ctx = ctx.with_index(index);
            let later = written.begin(&ctx, item, &fields).await;
            if !later.map_err(|error| at_place(&ctx, error))?.is_empty() {
                return Ok(None);
            }
        }
        written.json.push(b']');
        writing.note(written.fields, written.null);
        Ok(Some(written.json))
    }
}

impl<T: Show> OutputType for Written<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        // On the heap, so that the future of a field has no room for those of all objects that it may lead to.
        Box::pin(self.0.show(ctx, field)).await
    }
}

impl<T: Show> OutputType for AllWritten<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let writing = ctx.data_unchecked::<Arc<Writing>>();
        if writing.repeats == Repeats::Objects {
            return list(ctx, field, &self.0).await.map(Value::List);
        }
        if let Some(json) = T::show_at_once(&self.0, ctx, writing).await? {
            return Ok(Value::Binary(json.into()));
        }
        let items = list(ctx, field, &self.0).await?;
        let mut json = Vec::with_capacity(2 + items.iter().map(size).sum::<usize>());
        write_all(&mut json, &items);
        Ok(Value::Binary(json.into()))
    }
}

/// The items of a list: all are begun before one is waited for, so that they share their statements.
async fn list<T: Show>(
    ctx: &ContextSelectionSet<'_>,
    field: &Positioned<Field>,
    items: &[T],
) -> ServerResult<Vec<Value>> {
    let items = items.iter().enumerate();
    let items = items.map(|(index, item)| waited_for(index, item_at(ctx, field, index, item)));
    // Each is polled once to begin with, and then only when it has something new itself: polling is most of what
    // waiting costs.
    let values = try_join_all(items).await?;
    Ok(values.into_iter().map(|(_, value)| value).collect())
}

async fn item_at<T: Show>(
    ctx: &ContextSelectionSet<'_>,
    field: &Positioned<Field>,
    index: usize,
    item: &T,
) -> ServerResult<Value> {
    let ctx = ctx.with_index(index);
    let value = item.show(&ctx, field).await;
    value.map_err(|error| at_place(&ctx, error))
}

/// An error with the place at which it came up, if it has none yet.
fn at_place(ctx: &ContextSelectionSet<'_>, error: ServerError) -> ServerError {
    if error.path.is_empty() {
        ctx.set_error_path(error)
    } else {
        error
    }
}
