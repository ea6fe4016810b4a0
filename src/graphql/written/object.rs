//! Objects as JSON: what is at hand is written at once, the rest is read together.

use std::{
    future::{pending, poll_fn},
    pin::{Pin, pin},
    sync::{Arc, PoisonError},
    task::{Context, Poll},
};

use async_graphql::{
    ContextSelectionSet, ObjectType, Positioned, ServerResult, Value,
    futures_util::future::try_join, parser::types::Field,
};
use futures_buffered::try_join_all;

use super::{
    Writing, at_place,
    json::{TYPENAME, begin_field, fields_of, has_null, with, write, write_text},
    selected::{Reach, Selected, fields},
};
use crate::load::{Noted, Rows, rows};

/// An object, or a list of objects, as JSON.
///
/// All fields that lead nowhere else are asked on the stack, which needs no memory for them. What they ask and is not at
/// hand is noted and read, for all objects together, and then they are asked again. What leads further is waited for in
/// futures, meanwhile.
pub(super) async fn written<T: ObjectType>(
    ctx: &ContextSelectionSet<'_>,
    objects: &[T],
    is_list: bool,
) -> ServerResult<Value> {
    let writing: &Writing = ctx.data_unchecked::<Arc<Writing>>();
    let Some(first) = objects.first() else {
        return Ok(Value::Binary((&b"[]"[..]).into()));
    };
    let asking = Asking {
        ctx,
        rows: rows(ctx),
        writing,
        objects,
        is_list,
        fields: &fields(ctx, first, writing.repeats)?,
    };
    let mut begun = Begun::with_room_for(objects.len() * asking.fields.len());
    let ask = |task: &mut Context<'_>| asking.noting(|| asking.begin(&mut begun, task));
    let noted = on_the_stack(ask).await?;
    let Begun {
        mut json,
        fields: mut count,
        mut null,
        missing,
    } = begun;
    if !missing.is_empty() {
        let Some(noted) = noted else {
            return pending().await;
        };
        let values = asking.rest(missing, noted).await?;
        for (_, value) in &values {
            count += fields_of(value);
            null |= has_null(value);
        }
        json = with(&json, &values);
    }
    writing.note(count, null);
    Ok(Value::Binary(json.into()))
}

/// Does something that polls futures of its own, each once.
pub(super) async fn on_the_stack<R>(mut poll: impl FnMut(&mut Context<'_>) -> R) -> R {
    poll_fn(|task| Poll::Ready(poll(task))).await
}

/// JSON that is being written, and what is counted of it.
struct Begun {
    json: Vec<u8>,
    fields: u64,
    null: bool,
    missing: Vec<Missing>,
}

/// A value that is not there yet.
#[derive(Clone, Copy)]
struct Missing {
    /// Where it belongs in the JSON.
    place: usize,
    /// Of which of the objects it is.
    object: usize,
    /// Of which of the selected fields.
    field: usize,
}

/// Values, and where they belong.
type Values = Vec<(usize, Value)>;

/// A value that is waited for, and where it belongs.
type Waiting<'a> = Pin<Box<dyn Future<Output = ServerResult<(usize, Value)>> + Send + 'a>>;

impl Begun {
    fn with_room_for(fields: usize) -> Self {
        Self {
            json: Vec::with_capacity(2 + fields * 40),
            fields: 0,
            null: false,
            missing: Vec::new(),
        }
    }
}

/// Asks for fields of objects.
struct Asking<'a, 'c, T> {
    ctx: &'a ContextSelectionSet<'c>,
    rows: &'a Rows,
    writing: &'a Writing,
    objects: &'a [T],
    /// Whether they are a list, or the one object that a field shows.
    is_list: bool,
    fields: &'a [Selected<'c>],
}

impl<T: ObjectType> Asking<'_, '_, T> {
    /// Asks, and gives what was noted of that. Where what is further up is noted already, that is nothing: all of this is
    /// asked again from up there, and does not wait by itself.
    fn noting(&self, ask: impl FnOnce() -> ServerResult<()>) -> ServerResult<Option<Noted>> {
        if self.rows.is_noting() {
            return ask().map(|()| None);
        }
        let (asked, noted) = self.rows.noting(ask);
        asked.map(|()| Some(noted))
    }

    /// Where an object stands in the answer.
    fn context(&self, number: usize) -> ContextSelectionSet<'_> {
        if self.is_list {
            self.ctx.with_index(number)
        } else {
            self.ctx.clone()
        }
    }

    /// Writes what is at hand.
    fn begin(&self, begun: &mut Begun, task: &mut Context<'_>) -> ServerResult<()> {
        for number in 0..self.objects.len() {
            if self.is_list {
                begun.json.push(if number == 0 { b'[' } else { b',' });
            }
            let ctx = self.context(number);
            let written = self.begin_object(&ctx, number, begun, task);
            written.map_err(|error| at_place(&ctx, error))?;
        }
        if self.is_list {
            begun.json.push(b']');
        }
        Ok(())
    }

    fn begin_object(
        &self,
        ctx: &ContextSelectionSet<'_>,
        number: usize,
        begun: &mut Begun,
        task: &mut Context<'_>,
    ) -> ServerResult<()> {
        let object = &self.objects[number];
        begun.json.push(b'{');
        for (index, selected) in self.fields.iter().enumerate() {
            begin_field(&mut begun.json, index, selected.key);
            begun.fields += u64::from(selected.key != TYPENAME);
            if selected.reach == Reach::Typename {
                write_text(&mut begun.json, &object.introspection_type_name());
                continue;
            }
            if let Poll::Ready(value) = self.ask(ctx, object, selected, task) {
                let value = value?;
                begun.fields += fields_of(&value);
                begun.null |= has_null(&value);
                write(&mut begun.json, &value);
            } else {
                begun.missing.push(Missing {
                    place: begun.json.len(),
                    object: number,
                    field: index,
                });
            }
        }
        begun.json.push(b'}');
        Ok(())
    }

    /// A value, if it is at hand.
    fn ask(
        &self,
        ctx: &ContextSelectionSet<'_>,
        object: &T,
        selected: &Selected<'_>,
        task: &mut Context<'_>,
    ) -> Poll<ServerResult<Value>> {
        let mut ask = || pin!(resolved(ctx, object, selected.field)).poll(task);
        match selected.reach {
            Reach::Far => Poll::Pending,
            Reach::Near => self.attempt(ask),
            Reach::Leaf | Reach::Typename => ask(),
        }
    }

    /// Polls what is begun anew if it does not end: what it noted for the answer until then is forgotten.
    fn attempt<R>(&self, poll: impl FnOnce() -> Poll<R>) -> Poll<R> {
        let errors = &self.ctx.query_env.errors;
        let errors = || errors.lock().unwrap_or_else(PoisonError::into_inner);
        let before = errors().len();
        let polled = self.rows.attempt(|| self.writing.attempt(poll));
        if polled.is_pending() {
            errors().truncate(before);
        }
        polled
    }

    /// What was not at hand, in the order of the places.
    async fn rest(&self, missing: Vec<Missing>, noted: Noted) -> ServerResult<Values> {
        let is_far = |missing: &Missing| self.fields[missing.field].reach == Reach::Far;
        let (far, near): (Vec<_>, Vec<_>) = missing.into_iter().partition(is_far);
        let far = far.into_iter().map(|missing| self.waited_for(missing));
        let (mut values, far) = try_join(self.near(near, noted), try_join_all(far)).await?;
        values.extend(far);
        values.sort_unstable_by_key(|(place, _)| *place);
        Ok(values)
    }

    /// Reads what was noted, and asks again, until all is there.
    async fn near(&self, mut missing: Vec<Missing>, mut noted: Noted) -> ServerResult<Values> {
        let mut values = Vec::with_capacity(missing.len());
        while !missing.is_empty() {
            if noted.is_empty() {
                // It waits for something else than a question.
                let missing = missing.into_iter();
                let waited_for = missing.map(|missing| self.waited_for(missing));
                values.extend(try_join_all(waited_for).await?);
                break;
            }
            noted.read().await;
            let mut left = Vec::new();
            let again = |task: &mut Context<'_>| {
                self.noting(|| self.ask_again(&missing, &mut values, &mut left, task))
            };
            noted = on_the_stack(again).await?.unwrap_or_default();
            missing = left;
        }
        Ok(values)
    }

    fn ask_again(
        &self,
        missing: &[Missing],
        values: &mut Values,
        left: &mut Vec<Missing>,
        task: &mut Context<'_>,
    ) -> ServerResult<()> {
        for missing in missing {
            let ctx = self.context(missing.object);
            let (object, selected) = self.of(*missing);
            match self.ask(&ctx, object, selected, task) {
                Poll::Ready(value) => {
                    let value = value.map_err(|error| at_place(&ctx, error))?;
                    values.push((missing.place, value));
                }
                Poll::Pending => left.push(*missing),
            }
        }
        Ok(())
    }

    fn waited_for(&self, missing: Missing) -> Waiting<'_> {
        Box::pin(async move {
            let ctx = self.context(missing.object);
            let (object, selected) = self.of(missing);
            let value = resolved(&ctx, object, selected.field).await;
            let value = value.map_err(|error| at_place(&ctx, error))?;
            Ok((missing.place, value))
        })
    }

    fn of(&self, missing: Missing) -> (&T, &Selected<'_>) {
        (&self.objects[missing.object], &self.fields[missing.field])
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
