//! A page's front matter: what stands above its text, read as leniently as it is written.

mod date;
mod fallback;
mod split;
pub(super) mod yaml;

use serde_json::{Map, Value};

pub(super) use self::{
    date::{day, day_of_file, of_slashes},
    split::split,
};
use super::{
    dom::tidy,
    problem::{ProblemKind, Problems},
};

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// All keys, with their values as they are written: texts, lists and maps.
    pub fields: Map<String, Value>,
}

impl FrontMatter {
    /// Reads the lines between the marks. `line` is the file's line that they begin at.
    pub(super) fn read(lines: &str, line: usize, problems: &mut Problems) -> Self {
        let fields = match yaml::read(lines, line, problems) {
            Ok(Value::Object(fields)) => fields,
            Ok(Value::Null) => Map::new(),
            Ok(_) => {
                let message = "the front matter is no list of keys: it is read line by line";
                problems.add_at(Some(line), ProblemKind::InvalidYaml, message);
                fallback::read(lines)
            }
            Err(fault) => {
                let message = format!("{}: the front matter is read line by line", fault.message);
                problems.add_at(Some(fault.line), ProblemKind::InvalidYaml, message);
                fallback::read(lines)
            }
        };
        Self::of(fields)
    }

    /// These fields, without characters that control machines: `"\0"` and `\u0000` bring them in.
    pub(super) fn of(mut fields: Map<String, Value>) -> Self {
        fields.values_mut().for_each(clean);
        Self { fields }
    }

    /// What a key says in one line; nothing if it is empty.
    pub fn text(&self, key: &str) -> Option<String> {
        let text = tidy(self.fields.get(key)?.as_str()?);
        (!text.is_empty()).then_some(text)
    }

    /// An address or a path: white space in it is the author's.
    pub fn address(&self, key: &str) -> Option<String> {
        let text = self.fields.get(key)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

fn clean(value: &mut Value) {
    let control = |char: char| char.is_control() && !matches!(char, '\n' | '\t');
    match value {
        Value::String(text) => text.retain(|char| !control(char)),
        Value::Array(items) => items.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        _ => {}
    }
}
