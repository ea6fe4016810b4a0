//! Places in a list, as clients carry them: opaque, and bound to the order they came from.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

use super::order::{KeyKind, Terms};
use crate::{
    document::day,
    error::{Error, Result},
};

/// One of the values that a list goes by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Text(String),
    Date(NaiveDate),
    Int(i64),
    Id(Uuid),
}

/// A title has at most 200 characters. Folding makes up to 18 of one, of up to 4 bytes each; encoding
/// adds a third.
const MAX_LENGTH: usize = 20_000;

/// Writes a place of a list in this order.
pub(super) fn encode(terms: &Terms, place: &[Key]) -> String {
    let keys = place.iter().map(|key| match key {
        Key::Text(text) => Value::from(text.as_str()),
        Key::Date(date) => Value::from(date.to_string()),
        Key::Int(number) => Value::from(*number),
        Key::Id(id) => Value::from(id.simple().to_string()),
    });
    let list = [Value::from(terms.tag())].into_iter().chain(keys).collect();
    BASE64_URL_SAFE_NO_PAD.encode(Value::Array(list).to_string())
}

/// Reads a place of a list in this order. `argument` is the name of what the caller gave it as.
pub(super) fn decode(argument: &str, cursor: &str, terms: &Terms) -> Result<Vec<Key>> {
    let broken = || {
        Error::BadCursor(format!(
            "`{argument}` is no cursor: take `pageInfo.endCursor`, `pageInfo.startCursor` or an edge's `cursor`, whole"
        ))
    };
    let list = (cursor.len() <= MAX_LENGTH)
        .then(|| BASE64_URL_SAFE_NO_PAD.decode(cursor).ok())
        .flatten()
        .and_then(|json| serde_json::from_slice::<Vec<Value>>(&json).ok())
        .ok_or_else(broken)?;
    let (tag, keys) = list.split_first().ok_or_else(broken)?;
    let tag = tag.as_u64().ok_or_else(broken)?;
    if tag != u64::from(terms.tag()) {
        return Err(Error::BadCursor(format!(
            "`{argument}` is a cursor of a list in another order: take one from the list that you page through"
        )));
    }
    if keys.len() != terms.kinds().count() {
        return Err(broken());
    }
    let place: Option<_> = keys
        .iter()
        .zip(terms.kinds())
        .map(|(key, kind)| read(key, kind))
        .collect();
    place.ok_or_else(broken)
}

fn read(key: &Value, kind: KeyKind) -> Option<Key> {
    match kind {
        // No text of ours has a NUL, and PostgreSQL takes none.
        KeyKind::Text => key
            .as_str()
            .filter(|text| !text.contains('\0'))
            .map(|text| Key::Text(text.to_owned())),
        KeyKind::Date => day(key.as_str()?).map(Key::Date),
        KeyKind::Int => key.as_i64().map(Key::Int),
        KeyKind::Id => Uuid::try_parse(key.as_str()?).ok().map(Key::Id),
    }
}
