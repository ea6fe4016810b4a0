//! On which kinds of content an answer depends besides the pieces that are in it.
//!
//! A list changes when a piece comes into it that is not in it yet: whoever keeps the answer must
//! forget it when anything of that kind changes. In doubt these are all kinds: one too many makes
//! an answer be forgotten early, one too few makes it stale.

use std::collections::{BTreeSet, HashSet};

use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::{ExecutableDocument, Field, Selection, SelectionSet},
};

use self::relations::{ALL, kinds_of_word, relation};
use super::{
    chosen,
    given::{Argument, Given},
    shapes::{self, Shapes},
};

mod relations;

/// On which kinds of content an answer depends, such as `programme`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// What is listed or counted, and what lists are filtered, ordered and counted by.
    pub lists: BTreeSet<String>,
    /// What fields give that find one piece or none, such as `programme(by:)`, `node` or a link:
    /// these matter only where such a field is null.
    pub singles: BTreeSet<String>,
}

/// On which kinds the answer of the operation depends.
///
/// The document must be [`super::checked`]. Each fragment is read once, and each variable once for
/// each type that it is given as.
pub fn touched(
    document: &ExecutableDocument,
    operation: Option<&str>,
    variables: &Variables,
    shapes: &Shapes,
) -> Touched {
    let Some((_, operation)) = chosen(document, operation) else {
        return Touched::default();
    };
    let operation = &operation.node;
    let mut reading = Reading {
        document,
        shapes,
        given: Given::to(operation, variables),
        fragments: HashSet::new(),
        sent: HashSet::new(),
        touched: Touched::default(),
    };
    reading.set(&operation.selection_set.node, shapes.root(operation.ty));
    reading.touched
}

struct Reading<'d> {
    document: &'d ExecutableDocument,
    shapes: &'d Shapes,
    given: Given<'d>,
    fragments: HashSet<&'d Name>,
    /// The values of variables that were read, by their address, and as which type.
    sent: HashSet<(*const Value, &'d str)>,
    touched: Touched,
}

impl<'d> Reading<'d> {
    fn set(&mut self, set: &'d SelectionSet, parent: &'d str) {
        for selection in &set.items {
            self.selection(selection, parent);
        }
    }

    fn selection(&mut self, selection: &'d Positioned<Selection>, parent: &'d str) {
        if self.given.leave_out(selection.node.directives()) {
            return;
        }
        match &selection.node {
            Selection::Field(field) => self.field(&field.node, parent),
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref();
                let on = condition.map_or(parent, |condition| condition.node.on.node.as_str());
                self.set(&fragment.node.selection_set.node, on);
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                if let Some(fragment) = self.document.fragments.get(name)
                    && self.fragments.insert(name)
                {
                    let on = fragment.node.type_condition.node.on.node.as_str();
                    self.set(&fragment.node.selection_set.node, on);
                }
            }
        }
    }

    fn field(&mut self, field: &'d Field, parent: &'d str) {
        let shapes = self.shapes;
        let fields = shapes.named(parent).map(|parent| &parent.fields);
        let Some(shape) = fields.and_then(|fields| fields.get(field.name.node.as_str())) else {
            // Validation says that there is none; introspection lists no content.
            return;
        };
        let listed = listed(shape, shapes);
        if shape.arguments.contains_key("kinds") {
            let kinds = self.named_kinds(field);
            self.touched.lists.extend(kinds);
        } else if let Some(node) = listed {
            let kinds = self.kinds(node);
            self.touched.lists.extend(kinds);
        } else if !shape.paged && self.is_link(field, parent) {
            let kinds = self.kinds(&shape.of);
            self.touched.singles.extend(kinds);
        }
        self.arguments(field, shape, parent);
        self.set(&field.selection_set.node, &shape.of);
    }

    /// Whether a field finds one piece or none. That of an edge always has one.
    fn is_link(&self, field: &Field, parent: &str) -> bool {
        !(field.name.node == "node" && parent.ends_with("Edge"))
    }

    fn arguments(&mut self, field: &'d Field, shape: &'d shapes::Field, parent: &'d str) {
        let shapes = self.shapes;
        for (name, of) in &shape.arguments {
            let Some(argument) = self.given.argument(field, name) else {
                continue;
            };
            if of == "FacetBy" {
                let node = shapes
                    .named(parent)
                    .and_then(|page| page.fields.get("nodes"));
                let node = node.map_or(parent, |nodes| nodes.of.as_str());
                if !self.is_new(argument, node) {
                    continue;
                }
                for item in self.given.items(argument) {
                    self.word(item, node);
                }
            } else {
                self.input(argument, of);
            }
        }
    }

    /// Whether a value was not yet read as this: one variable may be given to thousands of fields.
    fn is_new(&mut self, argument: Argument<'d>, of: &'d str) -> bool {
        match argument {
            Argument::Sent(value) => self.sent.insert((value, of)),
            Argument::Written(_) => true,
        }
    }

    /// Reads a filter or an order.
    fn input(&mut self, argument: Argument<'d>, of: &'d str) {
        if !self.is_new(argument, of) {
            return;
        }
        let shapes = self.shapes;
        let Some(shape) = shapes.named(of).filter(|shape| !shape.fields.is_empty()) else {
            return;
        };
        for item in self.given.items(argument) {
            for (name, value) in self.given.entries(item) {
                let Some(inner) = shape.fields.get(name) else {
                    continue;
                };
                if let Some(node) = of.strip_suffix("Order") {
                    if name == "field" {
                        self.word(value, node);
                    }
                    continue;
                }
                if let Some(node) = of.strip_suffix("Filter")
                    && let Some(related) = relation(name, &inner.of, node, shapes)
                {
                    let kinds = self.kinds(related);
                    self.touched.lists.extend(kinds);
                }
                self.input(value, &inner.of);
            }
        }
    }

    /// What a list goes by, or is counted by: the value of an enum.
    fn word(&mut self, argument: Argument<'d>, node: &'d str) {
        let related = argument
            .word()
            .map_or(Some(ALL), |word| kinds_of_word(word, node, self.shapes));
        if let Some(related) = related {
            let kinds = self.kinds(related);
            self.touched.lists.extend(kinds);
        }
    }

    /// The kinds that a type can be: none if it is no content.
    fn kinds(&self, of: &str) -> Vec<String> {
        let kinds = self.shapes.kinds();
        let possible = self.shapes.possible(of);
        possible
            .into_iter()
            .filter_map(|object| kinds.get(object).cloned())
            .collect()
    }

    /// Those that the argument `kinds` names, all if it names none.
    fn named_kinds(&mut self, field: &'d Field) -> Vec<String> {
        let argument = self.given.argument(field, "kinds");
        if argument.is_some_and(|argument| !self.is_new(argument, "ContentType")) {
            return Vec::new();
        }
        let kinds = self.shapes.kinds();
        let items = argument.map_or_else(Vec::new, |argument| self.given.items(argument));
        let kind = |item: &Argument<'d>| {
            let word = relations::camel(item.word()?);
            kinds.values().find(|kind| **kind == word).cloned()
        };
        match items.iter().map(kind).collect::<Option<Vec<_>>>() {
            Some(named) if !named.is_empty() => named,
            _ => kinds.values().cloned().collect(),
        }
    }
}

/// The type that a field lists, in a connection or by itself. What `ids` name is looked up.
fn listed<'s>(shape: &'s shapes::Field, shapes: &'s Shapes) -> Option<&'s str> {
    let page = shapes
        .named(&shape.of)
        .and_then(|page| page.fields.get("nodes"));
    match page.filter(|nodes| nodes.paged) {
        Some(nodes) => Some(&nodes.of),
        None if shape.list && !shape.paged && !shape.arguments.contains_key("ids") => {
            Some(&shape.of)
        }
        None => None,
    }
}

#[cfg(test)]
#[path = "kinds_tests.rs"]
mod tests;
