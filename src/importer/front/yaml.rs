//! YAML as a tree of values, every scalar as it is written.
//!
//! A title may be `2024` or `1.0` or `no`: as a number or a truth value it would not come back as it was.
//! References are not followed, so that a few lines can't become gigabytes.

use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span};
use serde_json::{Map, Value};

use crate::importer::problem::{ProblemKind, Problems};

/// Where and why YAML can't be read.
pub struct Fault {
    pub line: usize,
    pub message: String,
}

/// How deep values may be in each other.
const DEEPEST: usize = 64;

/// How much YAML is read; the rest of a longer text is not.
const LONGEST: usize = 512 * 1024;

/// A list or a map that is not complete yet.
enum Open {
    List(Vec<Value>),
    Map(Map<String, Value>, Option<String>),
}

struct Reader<'p> {
    open: Vec<Open>,
    done: Option<Value>,
    /// The scalars that have names.
    named: HashMap<usize, String>,
    first_line: usize,
    problems: &'p mut Problems,
}

/// The value that YAML holds. `first_line` is the file's line that it begins at.
pub fn read(yaml: &str, first_line: usize, problems: &mut Problems) -> Result<Value, Fault> {
    if yaml.len() > LONGEST {
        let message = format!("it is longer than {LONGEST} bytes");
        return Err(Fault {
            line: first_line,
            message,
        });
    }
    let mut reader = Reader {
        open: Vec::new(),
        done: None,
        named: HashMap::new(),
        first_line,
        problems,
    };
    let mut options = Options::default();
    options.emit_anchor_events = true;
    for event in Parser::new_from_str_with_options(yaml, options) {
        let (event, span) = event.map_err(|error| Fault {
            line: first_line + error.marker().line().saturating_sub(1),
            message: error.info().clone(),
        })?;
        if matches!(event, Event::DocumentStart(..)) && reader.done.is_some() {
            let message = "it falls in two parts".to_owned();
            let line = first_line + span.start.line().saturating_sub(1);
            return Err(Fault { line, message });
        }
        reader.take(event, span)?;
    }
    Ok(reader.done.unwrap_or(Value::Null))
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        let line = self.first_line + span.start.line().saturating_sub(1);
        match event {
            Event::Scalar(text, style, anchor, _) => {
                if anchor > 0 && text.len() <= 1_000 {
                    self.named.insert(anchor, text.to_string());
                }
                let value = scalar(text.into_owned(), style);
                self.put(value, line);
            }
            // A title such as `&amp; more` is no reference.
            Event::Anchor(_, name) if !name.chars().all(is_of_name) => {
                let message = format!("`&{name}` is no name");
                return Err(Fault { line, message });
            }
            Event::Alias(anchor) => {
                let known = self.named.get(&anchor).cloned();
                if known.is_none() {
                    let message =
                        "a reference to a list or a map is not followed: its value is left out";
                    self.problems
                        .add_at(Some(line), ProblemKind::YamlAlias, message);
                }
                self.put(known.map_or(Value::Null, Value::String), line);
            }
            Event::SequenceStart(..) => self.start(Open::List(Vec::new()), line)?,
            Event::MappingStart(..) => self.start(Open::Map(Map::new(), None), line)?,
            Event::SequenceEnd | Event::MappingEnd => {
                let value = match self.open.pop() {
                    Some(Open::List(items)) => Value::Array(items),
                    Some(Open::Map(fields, _)) => Value::Object(fields),
                    None => Value::Null,
                };
                self.put(value, line);
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, open: Open, line: usize) -> Result<(), Fault> {
        if self.open.len() >= DEEPEST {
            let message = format!("values are nested more than {DEEPEST} deep");
            return Err(Fault { line, message });
        }
        self.open.push(open);
        Ok(())
    }

    fn put(&mut self, value: Value, line: usize) {
        let outermost = self.open.len() == 1;
        match self.open.last_mut() {
            None => self.done = Some(value),
            Some(Open::List(items)) => items.push(value),
            Some(Open::Map(fields, key)) => match key.take() {
                None => *key = Some(name(value)),
                Some(key) => {
                    if outermost && fields.contains_key(&key) {
                        let message = format!("`{key}` stands here again: the last one counts");
                        self.problems
                            .add_at(Some(line), ProblemKind::DuplicateKey, message);
                    }
                    fields.insert(key, value);
                }
            },
        }
    }
}

fn scalar(text: String, style: ScalarStyle) -> Value {
    let plain = style == ScalarStyle::Plain;
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" if plain => Value::Null,
        _ => Value::String(text),
    }
}

fn is_of_name(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '_')
}

/// A key is a text; keys that are lists or maps occur nowhere.
fn name(value: Value) -> String {
    match value {
        Value::String(name) => name,
        value => value.to_string(),
    }
}
