//! Places in a list, as clients carry them: opaque, and bound to the order they came from.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::Value;

use super::{Key, order::Terms};
use crate::error::{Error, Result};

/// A title has at most 200 characters. Folding makes up to 18 of one, of up to 4 bytes each; encoding
/// adds a third.
const MAX_LENGTH: usize = 20_000;

/// Writes a place of a list in this order.
pub(super) fn encode(terms: &Terms, place: &[Key]) -> String {
    let keys = place.iter().map(Key::to_json);
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
            "`{argument}` is a cursor of a list in another order, or of another search: take one from the list that you page through"
        )));
    }
    if keys.len() != terms.kinds().count() {
        return Err(broken());
    }
    let place: Option<_> = keys
        .iter()
        .zip(terms.kinds())
        .map(|(key, kind)| Key::from_json(key, kind))
        .collect();
    place.ok_or_else(broken)
}
