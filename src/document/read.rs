//! From a tree of values to a document.

use entity::node::Kind;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{
    Award, Challenge, Document, Event, Fault, Goal, Initiative, Media, Own, Page, Partner, Person,
    Piece, Programme, Quote, Statistic, Strategy, Topic, nearest,
    tree::{self, fields_of},
};

/// The document of this kind that a tree holds, and all that is wrong with it.
///
/// There is no document if too little of it can be made out to say anything of its meaning.
pub fn read(kind: Kind, tree: Value) -> (Option<Document>, Vec<Fault>) {
    match kind {
        Kind::Strategy => read_as::<Strategy>(tree, Own::Strategy),
        Kind::Goal => read_as::<Goal>(tree, Own::Goal),
        Kind::Programme => read_as::<Programme>(tree, Own::Programme),
        Kind::Initiative => read_as::<Initiative>(tree, Own::Initiative),
        Kind::Partner => read_as::<Partner>(tree, Own::Partner),
        Kind::Event => read_as::<Event>(tree, Own::Event),
        Kind::Media => read_as::<Media>(tree, Own::Media),
        Kind::Person => read_as::<Person>(tree, Own::Person),
        Kind::Quote => read_as::<Quote>(tree, Own::Quote),
        Kind::Statistic => read_as::<Statistic>(tree, Own::Statistic),
        Kind::Award => read_as::<Award>(tree, Own::Award),
        Kind::Challenge => read_as::<Challenge>(tree, Own::Challenge),
        Kind::Page => read_as::<Page>(tree, Own::Page),
        Kind::Topic => read_as::<Topic>(tree, Own::Topic),
    }
}

fn read_as<T: DeserializeOwned>(
    tree: Value,
    own: impl FnOnce(T) -> Own,
) -> (Option<Document>, Vec<Fault>) {
    let Value::Object(fields) = tree else {
        let message = "a document is a list of fields, such as `title: Singpass`";
        return (None, vec![Fault::new("", message)]);
    };
    let mut faults = Vec::new();
    let fields = readable(fields, &mut faults);
    let (mut of_piece, mut of_own) = (Map::new(), Map::new());
    let known = || fields_of::<Piece>().iter().chain(fields_of::<T>()).copied();
    for (name, value) in fields {
        if fields_of::<Piece>().contains(&name.as_str()) {
            of_piece.insert(name, value);
        } else if fields_of::<T>().contains(&name.as_str()) {
            of_own.insert(name, value);
        } else {
            let mut names: Vec<_> = known().collect();
            names.sort_unstable();
            let meant = nearest(&name, known());
            let message = format!(
                "there is no such field{meant}; known are: {}",
                names.join(", ")
            );
            faults.push(Fault::new(name, message));
        }
    }
    let (piece, faults_of_piece) = tree::read::<Piece>(Value::Object(of_piece));
    let (part, faults_of_own) = tree::read::<T>(Value::Object(of_own));
    faults.extend(faults_of_piece);
    faults.extend(faults_of_own);
    let document = piece.zip(part).map(|(piece, part)| Document {
        piece,
        own: own(part),
    });
    if let Some(document) = &document {
        // What was put in the place of a fault is no fault of the author's; nor is what follows from a
        // kind that was put there.
        let more = if faults.iter().any(|fault| fault.path == "kind") {
            document.faults_of_piece()
        } else {
            document.faults()
        };
        let meant = |fault: &Fault| !faults.iter().any(|known| within(&fault.path, &known.path));
        let more: Vec<_> = more.into_iter().filter(meant).collect();
        faults.extend(more);
    }
    faults.sort();
    (document, faults)
}

/// Whether a path is another one, or inside it.
pub(super) fn within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Texts may have any character but those that control machines.
fn readable(fields: Map<String, Value>, faults: &mut Vec<Fault>) -> Map<String, Value> {
    let fields = fields.into_iter();
    let without = |(name, mut value): (String, Value)| {
        clean(&name, &mut value, faults);
        (name, value)
    };
    fields.map(without).collect()
}

fn clean(path: &str, value: &mut Value, faults: &mut Vec<Fault>) {
    match value {
        Value::String(text) => {
            let control = |char: char| char.is_control() && char != '\n' && char != '\t';
            if let Some(found) = text.chars().find(|char| control(*char)) {
                let code = u32::from(found);
                let message = format!("there is a control character (U+{code:04X}): take it out");
                faults.push(Fault::new(path, message));
                text.retain(|char| !control(char));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                clean(&format!("{path}[{index}]"), item, faults);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                clean(&format!("{path}.{name}"), field, faults);
            }
        }
        _ => {}
    }
}
