//! Values as JSON.

use std::io::Write as _;

use async_graphql::Value;

/// The field that all objects have. It tells their type, and is not counted.
pub(super) const TYPENAME: &str = "__typename";

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

pub(super) fn write_text(json: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(json, text).expect("texts are JSON");
}

pub(super) fn write_all(json: &mut Vec<u8>, items: &[Value]) {
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
pub(super) fn begin_field(json: &mut Vec<u8>, index: usize, name: &str) {
    if index > 0 {
        json.push(b',');
    }
    json.push(b'"');
    json.extend_from_slice(name.as_bytes());
    json.extend_from_slice(b"\":");
}

pub(super) fn size(value: &Value) -> usize {
    match value {
        Value::Binary(written) => written.len() + 1,
        _ => 16,
    }
}

/// What was written, with values at the places that were left for them.
pub(super) fn with(json: &[u8], values: &[(usize, Value)]) -> Vec<u8> {
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
