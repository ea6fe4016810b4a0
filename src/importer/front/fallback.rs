//! A front matter that is no YAML, line by line.

use serde_json::{Map, Value};

/// `key: rest of line`, as often as it occurs; the last one of a key counts.
pub fn read(lines: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut last: Option<(String, String)> = None;
    for line in lines.lines() {
        // Nothing can be continued yet: whatever stands before the first key does not matter.
        let line = if last.is_none() {
            line.trim_start()
        } else {
            line
        };
        let continued = line.starts_with([' ', '\t']);
        match (line.split_once(':'), &mut last) {
            (Some((key, value)), _) if is_key(key) => {
                put(&mut fields, last.take());
                last = Some((key.to_owned(), value.trim().to_owned()));
            }
            // A long value goes on in the next lines.
            (_, Some((_, value))) if continued && !value.is_empty() => {
                value.push(' ');
                value.push_str(line.trim());
            }
            _ => {}
        }
    }
    put(&mut fields, last);
    fields
}

fn put(fields: &mut Map<String, Value>, field: Option<(String, String)>) {
    let Some((key, value)) = field else { return };
    let value = match unquoted(&value) {
        "" | "~" | "null" => Value::Null,
        value => Value::String(value.to_owned()),
    };
    fields.insert(key, value);
}

/// A value without the quotes around it: those in `'It's'` are around it, those in `'A' and 'B'` are not.
fn unquoted(value: &str) -> &str {
    let inside = |quote| {
        let inside = value.strip_prefix(quote)?.strip_suffix(quote)?;
        let inner = inside.matches(quote).count();
        (inner == 0 || inner % 2 == 1).then_some(inside)
    };
    inside('"').or_else(|| inside('\'')).unwrap_or(value).trim()
}

/// Whether a text can be the name of a field.
pub fn is_key(key: &str) -> bool {
    let mut chars = key.chars();
    chars
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && chars.all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-'))
}
