//! Reading a type from a tree of values, and telling every fault of the tree at once.
//!
//! Serde stops at the first fault. So what is at fault is taken out, or something that fits is put in
//! its place, and the tree is read again until it fits.

use std::collections::HashMap;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Visitor, value::Error},
    forward_to_deserialize_any,
};
use serde_json::{Value, json};
use serde_path_to_error::{Path, Segment};

use super::{Fault, nearest};

/// The value, if the tree fits or could be made to fit, and all faults. What stands at the place of a
/// fault means nothing.
pub(super) fn read<T: DeserializeOwned>(mut tree: Value) -> (Option<T>, Vec<Fault>) {
    let mut faults: Vec<Fault> = Vec::new();
    let mut stood_in: HashMap<Vec<String>, usize> = HashMap::new();
    for _ in 0..MOST_TRIES {
        let error = match serde_path_to_error::deserialize::<_, T>(&tree) {
            Ok(value) => return (Some(value), faults),
            Err(error) => error,
        };
        let message = error.inner().to_string();
        let mut place = segments(error.path());
        if let Some(field) = quoted_after(&message, "missing field ") {
            place.push(field.to_owned());
            if !stood_in.contains_key(&place) {
                faults.push(Fault::new(spell(&place), format!("`{field}` is missing")));
            }
        } else if let Some(field) = quoted_after(&message, "unknown field ") {
            if place.last().map(String::as_str) != Some(field) {
                place.push(field.to_owned());
            }
            let fields = all_quoted(&message).skip(1);
            let meant = nearest(field, fields);
            let message = format!(
                "there is no such field{meant}; known are: {}",
                known(&message)
            );
            faults.push(Fault::new(spell(&place), message));
            remove(&mut tree, &place);
            continue;
        } else if !stood_in.contains_key(&place) {
            faults.push(Fault::new(spell(&place), plain(&message)));
        }
        let tried = stood_in.entry(place.clone()).or_default();
        let Some(stand_in) = stand_in(*tried, &message) else {
            break;
        };
        *tried += 1;
        if place.is_empty() || !put(&mut tree, &place, stand_in) {
            break;
        }
    }
    (None, faults)
}

/// Enough for a document in which everything is wrong.
const MOST_TRIES: usize = 2_000;

/// Something that may fit: the first of the words that the message offers, or one of each type.
fn stand_in(tried: usize, message: &str) -> Option<Value> {
    if let Some(words) = message.split_once(", expected ").map(|(_, words)| words)
        && message.starts_with("unknown variant ")
    {
        return all_quoted(words).next().map(|word| json!(word));
    }
    let values = [
        json!("x"),
        json!(1),
        json!([]),
        json!({}),
        json!(true),
        Value::Null,
        json!("2000"),
        json!("2000-01-01"),
        json!("2000-01-01T00:00:00Z"),
        json!("page:x"),
    ];
    values.into_iter().nth(tried)
}

fn segments(path: &Path) -> Vec<String> {
    let segments = path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    });
    segments.collect()
}

/// `["partners", "1", "role"]` is `partners[1].role`.
fn spell(place: &[String]) -> String {
    let mut path = String::new();
    for segment in place {
        if segment.bytes().all(|byte| byte.is_ascii_digit()) {
            path.push('[');
            path.push_str(segment);
            path.push(']');
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(segment);
        }
    }
    path
}

fn at<'t>(tree: &'t mut Value, place: &[String]) -> Option<&'t mut Value> {
    place.iter().try_fold(tree, |value, segment| match value {
        Value::Object(fields) => fields.get_mut(segment),
        Value::Array(items) => items.get_mut(segment.parse::<usize>().ok()?),
        _ => None,
    })
}

fn remove(tree: &mut Value, place: &[String]) {
    if let Some((last, parent)) = place.split_last()
        && let Some(Value::Object(fields)) = at(tree, parent)
    {
        fields.remove(last);
    }
}

fn put(tree: &mut Value, place: &[String], value: Value) -> bool {
    let Some((last, parent)) = place.split_last() else {
        return false;
    };
    match at(tree, parent) {
        Some(Value::Object(fields)) => {
            fields.insert(last.clone(), value);
            true
        }
        Some(Value::Array(items)) => {
            let slot = last
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get_mut(index));
            slot.map(|slot| *slot = value).is_some()
        }
        _ => false,
    }
}

fn quoted_after<'m>(message: &'m str, start: &str) -> Option<&'m str> {
    message.strip_prefix(start)?.split('`').nth(1)
}

fn all_quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

fn known(message: &str) -> String {
    let mut fields: Vec<_> = all_quoted(message).skip(1).collect();
    fields.sort_unstable();
    fields.join(", ")
}

/// Serde's words, with the nearest of those that it offers.
fn plain(message: &str) -> String {
    match quoted_after(message, "unknown variant ") {
        Some(word) => {
            let words: Vec<_> = all_quoted(message).skip(1).collect();
            let meant = nearest(word, words.iter().copied());
            format!(
                "`{word}` is not known here{meant}; known are: {}",
                words.join(", ")
            )
        }
        None => message.to_owned(),
    }
}

/// The names of a struct's fields, as Serde reads them.
pub(super) fn fields_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut fields: &'static [&'static str] = &[];
    // It fails: all that is wanted is what it asks for first.
    let _ = T::deserialize(FieldNames(&mut fields));
    fields
}

struct FieldNames<'f>(&'f mut &'static [&'static str]);

impl<'de> Deserializer<'de> for FieldNames<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        Err(serde::de::Error::custom("only the fields' names"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(serde::de::Error::custom("no struct"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
