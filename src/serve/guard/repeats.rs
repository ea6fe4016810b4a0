//! Whether a document has fields several times for one object.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};

use crate::graphql::Repeats;

/// What of a document stands in it several times: rather more than less. Of fragments on two types it is not
/// known whether one object can be of both.
///
/// The document has passed the guards: they bound what its fragments expand to, and there are no circles.
pub fn repeats(document: &ExecutableDocument) -> Repeats {
    let operations = document.operations.iter();
    let sets = operations.map(|(_, operation)| &operation.node.selection_set.node);
    sets.map(|set| of_set(document, set))
        .max()
        .unwrap_or_default()
}

/// Of what a set selects of one object.
fn of_set(document: &ExecutableDocument, set: &SelectionSet) -> Repeats {
    let mut keys: HashMap<&str, Vec<&SelectionSet>> = HashMap::new();
    collect(document, set, &mut keys);
    let repeats = keys.into_values().map(|sets| match sets[..] {
        [set] if set.items.is_empty() => Repeats::None,
        [set] => of_set(document, set),
        [set, ..] if set.items.is_empty() => Repeats::Leaves,
        _ => Repeats::Objects,
    });
    repeats.max().unwrap_or_default()
}

fn collect<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    keys: &mut HashMap<&'d str, Vec<&'d SelectionSet>>,
) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let key = field.node.response_key().node.as_str();
                let sets = keys.entry(key).or_default();
                sets.push(&field.node.selection_set.node);
            }
            Selection::InlineFragment(fragment) => {
                collect(document, &fragment.node.selection_set.node, keys);
            }
            Selection::FragmentSpread(spread) => {
                let fragment = document.fragments.get(&spread.node.fragment_name.node);
                if let Some(fragment) = fragment {
                    collect(document, &fragment.node.selection_set.node, keys);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn what_stands_several_times_for_one_object_is_found() {
        let cases = [
            ("{ a { b c } d }", Repeats::None),
            ("{ a { b } x: a { b } }", Repeats::None),
            ("{ a { b b } }", Repeats::Leaves),
            ("{ a { b ...F } } fragment F on A { b c }", Repeats::Leaves),
            ("{ a { b { c } b { d } } }", Repeats::Objects),
            ("{ a { b } a { c } }", Repeats::Objects),
            (
                "{ ...F ... on Q { a { c } } } fragment F on Q { a { b } }",
                Repeats::Objects,
            ),
            (
                "{ a { ... on B { c { d } } ... on C { c { e } } } }",
                Repeats::Objects,
            ),
            (
                "query A { a } query B { a { b { c } b { c } } }",
                Repeats::Objects,
            ),
        ];
        for (text, expected) in cases {
            let document = parse_query(text).unwrap();
            assert_eq!(repeats(&document), expected, "{text}");
        }
    }
}
