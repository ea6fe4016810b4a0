//! How objects become JSON: straight, field by field, without a tree of values between
//! (`docs/decisions/013`).
//!
//! The library resolves each field of an object in a future of its own on the heap, and makes a map of what comes
//! of them. Here all fields of all objects of a list are asked on the spot. What is at hand is written down at once. What
//! is not is noted, read together, and then asked again, when it is at hand. Only what leads further is waited for in
//! futures.

mod json;
mod object;
mod selected;

use std::{
    borrow::Cow,
    future::pending,
    pin::pin,
    slice,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::Poll,
};

use async_graphql::{
    ContextSelectionSet, ObjectType, OutputType, Positioned, ServerError, ServerResult, Value,
    parser::types::Field, registry::Registry, resolver_utils::resolve_container,
};
use futures_buffered::try_join_all;

pub use self::json::{fields_of, has_null, read_again, write};
use self::{
    json::{size, write_all},
    object::{on_the_stack, written},
};
use crate::load::rows;

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

    /// Polls what is begun anew if it does not end: what it writes until then does not count.
    fn attempt<T>(&self, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
        let fields = self.fields.load(Ordering::Relaxed);
        let polled = poll();
        if polled.is_pending() {
            self.fields.store(fields, Ordering::Relaxed);
        }
        polled
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

    /// The same of all objects of a list, which the document lets be written.
    fn show_all(
        items: &[Self],
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> impl Future<Output = ServerResult<Value>> + Send
    where
        Self: Sized,
    {
        async move {
            let items = list(ctx, field, items).await?;
            let mut json = Vec::with_capacity(2 + items.iter().map(size).sum::<usize>());
            write_all(&mut json, &items);
            Ok(Value::Binary(json.into()))
        }
    }
}

impl<T: ObjectType> Show for T {
    async fn show(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let writing = ctx.data_unchecked::<Arc<Writing>>();
        if writing.repeats == Repeats::Objects {
            return resolve_container(ctx, self).await;
        }
        written(ctx, slice::from_ref(self), false).await
    }

    async fn show_all(
        items: &[Self],
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        written(ctx, items, true).await
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
        if rows(ctx).is_noting() {
            // Whoever asks now polls this once: what is not at hand is begun anew when it is.
            let shown = on_the_stack(|task| pin!(self.0.show(ctx, field)).poll(task)).await;
            return match shown {
                Poll::Ready(value) => value,
                Poll::Pending => pending().await,
            };
        }
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
        T::show_all(&self.0, ctx, field).await
    }
}

/// The items of a list: all are begun before one is waited for, so that they share their statements.
async fn list<T: Show>(
    ctx: &ContextSelectionSet<'_>,
    field: &Positioned<Field>,
    items: &[T],
) -> ServerResult<Vec<Value>> {
    let items = items.iter().enumerate();
    let items = items.map(|(index, item)| Box::pin(item_at(ctx, field, index, item)));
    // Each is polled once to begin with, and then only when it has something new itself: polling is most of what
    // waiting costs.
    try_join_all(items).await
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
