//! How objects become JSON: straight, field by field, without a tree of values between
//! (`docs/decisions/013`).
//!
//! The library resolves each field of an object in a future of its own on the heap, and makes a map of what comes
//! of them. Here a field without fields of its own is asked once on the spot. Most are there at once, and are written down at
//! once; the others are waited for together.

use std::{
    borrow::Cow,
    cell::LazyCell,
    collections::HashSet,
    future::{poll_fn, ready},
    io::Write as _,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::Poll,
};

use async_graphql::{
    ContextSelectionSet, ObjectType, OutputType, Positioned, ServerError, ServerResult, Value,
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
    resolver_utils::resolve_container,
};
use futures_buffered::try_join_all;

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

/// How many fields a value has, `__typename` not counted, and without those that are written already.
pub fn fields_of(value: &Value) -> u64 {
    match value {
        Value::Object(entries) => {
            let entry = |(name, value): (&async_graphql::Name, &Value)| {
                u64::from(name.as_str() != TYPENAME) + fields_of(value)
            };
            entries.iter().map(entry).sum()
        }
        Value::List(items) => items.iter().map(fields_of).sum(),
        _ => 0,
    }
}

/// Whether there is a null in a value, without what is written already.
pub fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::List(items) => items.iter().any(has_null),
        Value::Object(entries) => entries.values().any(has_null),
        _ => false,
    }
}

/// Writes a value as JSON: what is written already as it is.
pub fn write(json: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => json.extend_from_slice(b"null"),
        Value::Boolean(true) => json.extend_from_slice(b"true"),
        Value::Boolean(false) => json.extend_from_slice(b"false"),
        Value::Number(number) => write!(json, "{number}").expect("memory takes all"),
        Value::String(text) => write_text(json, text),
        Value::Enum(name) => write_text(json, name),
        Value::Binary(written) => json.extend_from_slice(written),
        Value::List(items) => write_all(json, items),
        Value::Object(entries) => {
            json.push(b'{');
            for (index, (name, value)) in entries.iter().enumerate() {
                begin_field(json, index, name);
                write(json, value);
            }
            json.push(b'}');
        }
    }
}

/// The value with what is written already as values.
pub fn read_again(value: &Value) -> Value {
    match value {
        Value::Binary(written) => serde_json::from_slice(written).unwrap_or_default(),
        Value::List(items) => Value::List(items.iter().map(read_again).collect()),
        Value::Object(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(name, value)| (name.clone(), read_again(value)));
            Value::Object(entries.collect())
        }
        value => value.clone(),
    }
}

fn write_text(json: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(json, text).expect("texts are JSON");
}

fn write_all(json: &mut Vec<u8>, items: &[Value]) {
    json.push(b'[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            json.push(b',');
        }
        write(json, item);
    }
    json.push(b']');
}

/// Names need no escapes (GraphQL, section 2.1.9).
fn begin_field(json: &mut Vec<u8>, index: usize, name: &str) {
    if index > 0 {
        json.push(b',');
    }
    json.push(b'"');
    json.extend_from_slice(name.as_bytes());
    json.extend_from_slice(b"\":");
}

const TYPENAME: &str = "__typename";

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

fn size(value: &Value) -> usize {
    match value {
        Value::Binary(written) => written.len() + 1,
        _ => 16,
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

/// Whether this is a field without fields.
fn is_leaf(field: &Positioned<Field>) -> bool {
    field.node.selection_set.node.items.is_empty()
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

fn waited_for<'a>(
    place: usize,
    value: impl Future<Output = ServerResult<Value>> + Send + 'a,
) -> Waiting<'a> {
    Box::pin(async move { Ok((place, value.await?)) })
}

/// An object as JSON.
async fn object<T: ObjectType>(ctx: &ContextSelectionSet<'_>, object: &T) -> ServerResult<Value> {
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
struct Begun {
    json: Vec<u8>,
    fields: u64,
    null: bool,
}

impl Begun {
    fn with_room_for(fields: usize) -> Self {
        Self {
            json: Vec::with_capacity(2 + fields * 40),
            fields: 0,
            null: false,
        }
    }

    /// Writes what is at hand of an object. Gives the fields that must be waited for, each with the place of its value.
    async fn begin<'f, T: ObjectType>(
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

/// What was written, with values at the places that were left for them.
fn with(json: &[u8], values: &[(usize, Value)]) -> Vec<u8> {
    let sizes = values.iter().map(|(_, value)| size(value));
    let mut whole = Vec::with_capacity(json.len() + sizes.sum::<usize>());
    let mut from = 0;
    for (place, value) in values {
        whole.extend_from_slice(&json[from..*place]);
        write(&mut whole, value);
        from = *place;
    }
    whole.extend_from_slice(&json[from..]);
    whole
}

async fn resolved<T: ObjectType>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
    field: &Positioned<Field>,
) -> ServerResult<Value> {
    let ctx = ctx.with_field(field);
    Ok(object.resolve_field(&ctx).await?.unwrap_or_default())
}

/// The fields that are selected of this object, each once (GraphQL, section 6.3.2).
fn fields<'a, T: ObjectType>(
    ctx: &ContextSelectionSet<'a>,
    object: &T,
    repeats: Repeats,
) -> ServerResult<Vec<&'a Positioned<Field>>> {
    let mut fields = Vec::with_capacity(ctx.item.node.items.len());
    // The names of lists are put together each time: only fragments ask.
    let name = LazyCell::new(|| object.introspection_type_name());
    collect(ctx, &name, &ctx.item.node, &mut fields)?;
    if repeats == Repeats::Leaves {
        let mut keys = HashSet::new();
        fields.retain(|field| keys.insert(&field.node.response_key().node));
    }
    Ok(fields)
}

fn collect<'a, 'n>(
    ctx: &ContextSelectionSet<'a>,
    name: &LazyCell<Cow<'n, str>, impl FnOnce() -> Cow<'n, str>>,
    set: &'a SelectionSet,
    fields: &mut Vec<&'a Positioned<Field>>,
) -> ServerResult<()> {
    for selection in &set.items {
        let (condition, set) = match &selection.node {
            Selection::Field(field) => {
                fields.push(field);
                continue;
            }
            Selection::InlineFragment(fragment) => (
                fragment.node.type_condition.as_ref(),
                &fragment.node.selection_set.node,
            ),
            Selection::FragmentSpread(spread) => {
                let fragment = &spread.node.fragment_name.node;
                let fragment = ctx.query_env.fragments.get(fragment).ok_or_else(|| {
                    ServerError::new(
                        format!("Unknown fragment \"{fragment}\"."),
                        Some(spread.pos),
                    )
                })?;
                (
                    Some(&fragment.node.type_condition),
                    &fragment.node.selection_set.node,
                )
            }
        };
        let applies = condition.is_none_or(|condition| {
            let on = condition.node.on.node.as_str();
            let name = name.as_ref();
            on == name || {
                let condition = ctx.schema_env.registry.types.get(on);
                condition.is_some_and(|condition| condition.is_possible_type(name))
            }
        });
        if applies {
            collect(ctx, name, set, fields)?;
        }
    }
    Ok(())
}
