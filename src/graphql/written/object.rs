//! The fields of an object: those that are at hand are written at once, the others are waited for together.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    sync::Arc,
    task::Poll,
};

use async_graphql::{
    ContextSelectionSet, ObjectType, Positioned, ServerResult, Value, parser::types::Field,
    resolver_utils::resolve_container,
};
use futures_buffered::try_join_all;

use super::{
    Repeats, Writing,
    json::{TYPENAME, begin_field, fields_of, has_null, with, write, write_text},
    selected::fields,
};

/// An object as JSON.
pub(super) async fn object<T: ObjectType>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
) -> ServerResult<Value> {
    let writing = ctx.data_unchecked::<Arc<Writing>>();
    if writing.repeats == Repeats::Objects {
        return resolve_container(ctx, object).await;
    }
    let fields = fields(ctx, object, writing.repeats)?;
    let mut written = Begun::with_room_for(fields.len());
    let later = written.begin(ctx, object, &fields).await?;
    let Begun {
        mut json,
        fields: mut count,
        mut null,
    } = written;
    if !later.is_empty() {
        let came = if let [(place, field)] = later[..] {
            vec![(place, resolved(ctx, object, field).await?)]
        } else {
            let later = later.into_iter();
            let later = later.map(|(place, field)| waited_for(place, resolved(ctx, object, field)));
            try_join_all(later).await?
        };
        for (_, value) in &came {
            count += fields_of(value);
            null |= has_null(value);
        }
        json = with(&json, &came);
    }
    writing.note(count, null);
    Ok(Value::Binary(json.into()))
}

/// JSON that is being written, and what is counted of it.
pub(super) struct Begun {
    pub(super) json: Vec<u8>,
    pub(super) fields: u64,
    pub(super) null: bool,
}

impl Begun {
    pub(super) fn with_room_for(fields: usize) -> Self {
        Self {
            json: Vec::with_capacity(2 + fields * 40),
            fields: 0,
            null: false,
        }
    }

    /// Writes what is at hand of an object. Gives the fields that must be waited for, each with the place of its value.
    pub(super) async fn begin<'f, T: ObjectType>(
        &mut self,
        ctx: &ContextSelectionSet<'_>,
        object: &T,
        fields: &[&'f Positioned<Field>],
    ) -> ServerResult<Vec<(usize, &'f Positioned<Field>)>> {
        let mut later = Vec::new();
        self.json.push(b'{');
        for (index, &field) in fields.iter().enumerate() {
            let key = field.node.response_key().node.as_str();
            begin_field(&mut self.json, index, key);
            self.fields += u64::from(key != TYPENAME);
            if field.node.name.node == TYPENAME {
                write_text(&mut self.json, &object.introspection_type_name());
                continue;
            }
            if is_leaf(field)
                && let Some(value) = at_once(|| resolved(ctx, object, field)).await
            {
                let value = value?;
                self.fields += fields_of(&value);
                self.null |= has_null(&value);
                write(&mut self.json, &value);
            } else {
                later.push((self.json.len(), field));
            }
        }
        self.json.push(b'}');
        Ok(later)
    }
}

async fn resolved<T: ObjectType>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
    field: &Positioned<Field>,
) -> ServerResult<Value> {
    let ctx = ctx.with_field(field);
    Ok(object.resolve_field(&ctx).await?.unwrap_or_default())
}

/// Whether this is a field without fields.
pub(super) fn is_leaf(field: &Positioned<Field>) -> bool {
    field.node.selection_set.node.items.is_empty()
}

/// A value, if it is there at once. It is asked for on the stack, which needs no memory. If it is not there it is asked
/// for again, to be waited for: so nothing may be asked for here that counts what it shows.
async fn at_once<F: Future>(ask: impl Fn() -> F) -> Option<F::Output> {
    poll_fn(|task| match pin!(ask()).poll(task) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

/// A value that comes, and where it belongs.
type Waiting<'a> = Pin<Box<dyn Future<Output = ServerResult<(usize, Value)>> + Send + 'a>>;

pub(super) fn waited_for<'a>(
    place: usize,
    value: impl Future<Output = ServerResult<Value>> + Send + 'a,
) -> Waiting<'a> {
    Box::pin(async move { Ok((place, value.await?)) })
}
