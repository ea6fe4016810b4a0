//! What is looked at before a document is parsed and before it is run, in time linear in its length.
//!
//! The library's own limits come too late for two things: its parser overflows the stack on deeply
//! nested brackets, and it expands fragments that spread fragments as often as they are spread.

use std::collections::HashMap;

use async_graphql::{
    Name, ServerError, Value,
    parser::{
        parse_query,
        types::{ExecutableDocument, Selection, SelectionSet},
    },
};

use crate::error::code;

/// How deep brackets may nest: the parser needs stack for each.
const MOST_BRACKETS: usize = 100;

/// How deep selections may nest once fragments are expanded: validating them needs stack for each.
const MOST_LEVELS: usize = 100;

/// The parsed document, if running it is safe.
pub(super) fn parsed(query: &str, max_fields: usize) -> Result<ExecutableDocument, ServerError> {
    let deepest = nesting(query);
    if deepest > MOST_BRACKETS {
        return Err(too_much(format!(
            "The document nests {deepest} brackets, but at most {MOST_BRACKETS} are allowed."
        )));
    }
    let document = parse_query(query).map_err(|error| {
        let mut error = ServerError::from(error);
        // The parser quotes the line at which it stopped, however long it is.
        error.message = error.message.chars().take(300).collect();
        with_code(error, code::GRAPHQL_PARSE_FAILED)
    })?;
    let Some(fields) = Expansion::of(&document) else {
        return Err(too_much(format!(
            "The document nests deeper than {MOST_LEVELS} levels once its fragments are expanded, which is the limit."
        )));
    };
    if fields > max_fields {
        return Err(too_much(format!(
            "The document has {fields} fields and spreads once its fragments are expanded, but at most {max_fields} are allowed."
        )));
    }
    Ok(document)
}

fn too_much(message: String) -> ServerError {
    with_code(ServerError::new(message, None), code::LIMIT_EXCEEDED)
}

/// The error with a code.
pub(super) fn with_code(mut error: ServerError, code: &str) -> ServerError {
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", Value::from(code));
    error
}

/// How deep brackets nest outside texts and comments.
fn nesting(query: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    let mut rest = query;
    while let Some(char) = rest.chars().next() {
        let token = match char {
            '"' if rest.starts_with(r#"""""#) => block_text(rest),
            '"' => text(rest),
            '#' => rest.find(['\n', '\r']).unwrap_or(rest.len()),
            _ => {
                match char {
                    '{' | '[' | '(' => depth += 1,
                    '}' | ']' | ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                deepest = deepest.max(depth);
                char.len_utf8()
            }
        };
        rest = &rest[token..];
    }
    deepest
}

/// The length of a text in quotes (GraphQL, section 2.9.4).
fn text(rest: &str) -> usize {
    let mut escaped = false;
    for (index, char) in rest.char_indices().skip(1) {
        match char {
            '\n' | '\r' => return index,
            '"' if !escaped => return index + 1,
            _ => escaped = !escaped && char == '\\',
        }
    }
    rest.len()
}

/// The length of a text in triple quotes.
fn block_text(rest: &str) -> usize {
    let mut end = 3;
    while let Some(found) = rest[end..].find(r#"""""#) {
        end += found + 3;
        if !rest[..end - 3].ends_with('\\') {
            return end;
        }
    }
    rest.len()
}

/// What a selection set is once its fragments are expanded.
#[derive(Clone, Copy, Default)]
struct Size {
    /// Its selections, inner ones included.
    fields: usize,
    /// How deep they nest.
    levels: usize,
}

/// Measures selections as if all fragments were written out. Each fragment is measured once.
struct Expansion<'d> {
    document: &'d ExecutableDocument,
    fragments: HashMap<&'d Name, Size>,
}

impl<'d> Expansion<'d> {
    /// The number of selections of the largest operation; none if one nests too deep.
    fn of(document: &'d ExecutableDocument) -> Option<usize> {
        let mut expansion = Self {
            document,
            fragments: HashMap::new(),
        };
        let mut most = 0;
        for (_, operation) in document.operations.iter() {
            let size = expansion.set(&operation.node.selection_set.node, 0)?;
            most = most.max(size.fields);
        }
        Some(most)
    }

    /// `above` is how deep the set is nested itself: it bounds the stack that measuring takes.
    fn set(&mut self, set: &'d SelectionSet, above: usize) -> Option<Size> {
        let mut size = Size::default();
        for item in &set.items {
            let inner = match &item.node {
                Selection::Field(field) => self.set(&field.node.selection_set.node, above + 1),
                Selection::InlineFragment(fragment) => {
                    self.set(&fragment.node.selection_set.node, above + 1)
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node, above + 1)
                }
            }?;
            size.fields = size.fields.saturating_add(inner.fields).saturating_add(1);
            size.levels = size.levels.max(inner.levels + 1);
        }
        (above + size.levels <= MOST_LEVELS).then_some(size)
    }

    fn fragment(&mut self, name: &'d Name, above: usize) -> Option<Size> {
        if above > MOST_LEVELS {
            return None;
        }
        if let Some(size) = self.fragments.get(name) {
            return Some(*size);
        }
        // A fragment that spreads itself counts as nothing inside itself: validation refuses it.
        self.fragments.insert(name, Size::default());
        let size = match self.document.fragments.get(name) {
            Some(fragment) => self.set(&fragment.node.selection_set.node, above)?,
            None => Size::default(),
        };
        self.fragments.insert(name, size);
        Some(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(query: &str) -> String {
        match parsed(query, 1_000) {
            Ok(_) => String::new(),
            Err(error) => {
                let extensions = error.extensions.unwrap();
                let code = extensions.get("code").cloned().unwrap();
                let code = code.into_json().unwrap();
                format!("{}: {}", code.as_str().unwrap(), error.message)
            }
        }
    }

    #[test]
    fn brackets_count_only_where_they_are_brackets() {
        assert_eq!(nesting("{ a(b: [[1]]) { c } }"), 4);
        assert_eq!(nesting(r#"{ a(b: "[[[\"[[") } # {{{"#), 2);
        assert_eq!(nesting(r#"{ a(b: """ [[[ \""" [[[ """) }"#), 2);
        assert_eq!(nesting("\"unfinished {{{\n{"), 1);
        assert_eq!(nesting("}}}{"), 1);
    }

    #[test]
    fn deep_nesting_is_refused_before_the_parser_sees_it() {
        let query = format!("{{ a(b: {}) }}", "[".repeat(100_000));
        assert!(refused(&query).starts_with("LIMIT_EXCEEDED: The document nests"));
        let query = "{ a ".repeat(100_000);
        assert!(refused(&query).starts_with("LIMIT_EXCEEDED: The document nests"));
    }

    #[test]
    fn a_bomb_of_fragments_is_counted_not_expanded() {
        let fragment = |level| {
            let next = level + 1;
            format!("fragment f{level} on Query {{ ...f{next} ...f{next} }}")
        };
        let fragments: Vec<_> = (0..60).map(fragment).collect();
        let bomb = format!(
            "{{ ...f0 }} {} fragment f60 on Query {{ __typename }}",
            fragments.join(" ")
        );
        assert!(refused(&bomb).starts_with("LIMIT_EXCEEDED: The document has"));
    }

    #[test]
    fn a_chain_of_fragments_is_refused_before_it_takes_the_stack() {
        let fragment = |level| format!("fragment f{level} on Query {{ ...f{} }}", level + 1);
        let chain = |length| {
            let fragments: Vec<_> = (0..length).map(fragment).collect();
            let fragments = fragments.join(" ");
            format!("{{ ...f0 }} {fragments} fragment f{length} on Query {{ __typename }}")
        };
        assert_eq!(refused(&chain(50)), "");
        for length in [200, 100_000] {
            let told = refused(&chain(length));
            assert!(
                told.starts_with("LIMIT_EXCEEDED: The document nests deeper"),
                "{told}"
            );
        }
        // Written the other way round, each fragment is known before the one that spreads it.
        let fragment = |level| format!("fragment f{} on Query {{ ...f{level} }}", level + 1);
        let fragments: Vec<_> = (0..200).map(fragment).collect();
        let spreads: Vec<_> = (0..=200).map(|level| format!("...f{level}")).collect();
        let chain = format!(
            "{{ {} }} {} fragment f0 on Query {{ __typename }}",
            spreads.join(" "),
            fragments.join(" ")
        );
        assert!(refused(&chain).starts_with("LIMIT_EXCEEDED"));
    }

    #[test]
    fn a_circle_of_fragments_is_left_to_validation() {
        let circle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
        assert_eq!(refused(circle), "");
    }

    #[test]
    fn what_is_no_graphql_is_told_in_few_words() {
        let told = refused(&format!("{{ a {} ", "x".repeat(10_000)));
        assert!(told.starts_with("GRAPHQL_PARSE_FAILED"), "{told}");
        assert!(told.len() < 1_000);
    }
}
