//! What a request costs: the number of fields that its answer has at most.
//!
//! A client developer can reckon it by hand, from the leaves up:
//! - A field costs 1 and what is selected in it; those of introspection cost nothing.
//! - What is selected in a list counts as often as the list can be long: `nodes` and `edges` as
//!   often as the page (`first` or `last`, 20 if not given); `nodes(ids:)` as often as it has ids;
//!   `facets` as often as it has `by`, and in it `buckets` as often as `first`, 20 if not given;
//!   `aggregates` as often as `first`, 100 if not given; another list of objects 10 times.
//! - `totalCount` and `aggregates` cost 10 more, `facets` 10 more for each `by`, `search` 20 more.
//! - Of fragments on different types, only the dearest counts where a thing is but one of them.
//! - What `@skip` or `@include` leave out costs nothing; what is selected twice counts twice.

use std::collections::HashMap;

use async_graphql::{
    Name, Pos, Positioned, ServerError, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
};

use crate::graphql::fields_of;

use self::sum::{Amount, Line, Sum};
use super::{
    chosen,
    given::Given,
    limits::{Limit, Limits},
    shapes::{self, Shapes},
};

mod sum;

/// How long a page is if nobody says.
const PAGE: u64 = 20;
/// How long a page is at most: more is refused where it is asked for.
const LONGEST_PAGE: i64 = 100;
/// How many aggregates there are if nobody says.
const AGGREGATES: u64 = 100;
/// How long a list without pages is taken to be.
const LIST: u64 = 10;
/// What counting, or adding up, a whole list costs more.
const COUNTED: u64 = 10;
/// What a search costs more.
const SEARCHED: u64 = 20;

/// What a request costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The most that it can.
    pub requested: u64,
    /// As much of it as is for counting and searching.
    pub surcharges: u64,
    /// Where the dearest root selection is.
    pub at: Option<Pos>,
}

impl Cost {
    /// Whether a request may cost as much.
    pub fn check(&self, limits: &Limits) -> Result<(), ServerError> {
        if self.requested > Limit::Cost.allowed(limits) {
            return Err(Limit::Cost.refusal(self.requested, limits, self.at).into());
        }
        Ok(())
    }

    /// What is charged for an answer with this data, of which so many fields are written already: the fields
    /// that it has and the surcharges, but never more than what was requested.
    ///
    /// A list without pages may be longer than it was taken to be: that is our risk.
    pub fn charged(&self, data: &Value, written: u64) -> u64 {
        let introspection = |name: &str| matches!(name, "__schema" | "__type");
        let introspected = match data {
            Value::Object(entries) => entries
                .iter()
                .filter(|(name, _)| introspection(name))
                .map(|(_, value)| 1 + fields_of(value))
                .sum(),
            _ => 0,
        };
        (fields_of(data) - introspected)
            .saturating_add(written)
            .saturating_add(self.surcharges)
            .min(self.requested)
    }
}

/// What the operation costs, nothing if there is none with this name.
///
/// The document must be [`super::checked`]: that bounds the stack this takes, and excludes circles.
/// Each fragment is reckoned once, whatever pages it is spread in; see [`Line`].
pub fn cost(
    document: &ExecutableDocument,
    operation: Option<&str>,
    variables: &Variables,
    shapes: &Shapes,
) -> Cost {
    let Some((_, operation)) = chosen(document, operation) else {
        return Cost::default();
    };
    let operation = &operation.node;
    let mut reckoning = Reckoning {
        document,
        shapes,
        given: Given::to(operation, variables),
        fragments: HashMap::new(),
    };
    let root = shapes.root(operation.ty);
    let mut cost = Cost::default();
    let mut dearest = 0;
    for selection in &operation.selection_set.node.items {
        let mut sum = Sum::default();
        reckoning.add(&mut sum, selection, root);
        let amount = sum.dearest().at(1);
        if amount.all() > dearest {
            dearest = amount.all();
            cost.at = Some(selection.pos);
        }
        cost.requested = cost.requested.saturating_add(amount.all());
        cost.surcharges = cost.surcharges.saturating_add(amount.surcharges);
    }
    cost
}

struct Reckoning<'d> {
    document: &'d ExecutableDocument,
    shapes: &'d Shapes,
    given: Given<'d>,
    fragments: HashMap<&'d Name, Sum<'d>>,
}

impl<'d> Reckoning<'d> {
    fn set(&mut self, set: &'d SelectionSet, parent: &'d str) -> Sum<'d> {
        let mut sum = Sum::default();
        for selection in &set.items {
            self.add(&mut sum, selection, parent);
        }
        sum
    }

    /// Adds what a selection from `parent` costs.
    fn add(&mut self, sum: &mut Sum<'d>, selection: &'d Positioned<Selection>, parent: &'d str) {
        if self.given.leave_out(selection.node.directives()) {
            return;
        }
        match &selection.node {
            Selection::Field(field) => {
                sum.shared = sum.shared.plus(self.field(&field.node, parent));
            }
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref();
                let on = condition.map_or(parent, |condition| condition.node.on.node.as_str());
                let inner = self.set(&fragment.node.selection_set.node, on);
                sum.add(&inner, parent, on, self.shapes);
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                let Some(fragment) = self.document.fragments.get(name) else {
                    return;
                };
                let on = fragment.node.type_condition.node.on.node.as_str();
                if !self.fragments.contains_key(name) {
                    let inner = self.set(&fragment.node.selection_set.node, on);
                    self.fragments.insert(name, inner);
                }
                sum.add(&self.fragments[name], parent, on, self.shapes);
            }
        }
    }

    fn field(&mut self, field: &'d Field, parent: &'d str) -> Line {
        let name = field.name.node.as_str();
        if name.starts_with("__") {
            return Line::default();
        }
        let itself = Amount {
            fields: 1,
            surcharges: self.surcharge(field, parent),
        };
        let fields = self.shapes.named(parent).map(|parent| &parent.fields);
        // Validation says that there is none.
        let Some(shape) = fields.and_then(|fields| fields.get(name)) else {
            return Line::once(itself);
        };
        let inner = self.set(&field.selection_set.node, &shape.of);
        let inner = inner.dearest().at(self.page(field));
        if shape.paged {
            return Line {
                once: itself,
                each: inner,
            };
        }
        Line::once(itself.plus(inner.times(self.length(field, shape))))
    }

    /// How long the pages are that a field has.
    fn page(&self, field: &'d Field) -> u64 {
        let first = self.given.integer(field, "first");
        let asked = first.or_else(|| self.given.integer(field, "last"));
        asked.map_or(PAGE, |asked| asked.clamp(0, LONGEST_PAGE).unsigned_abs())
    }

    /// How long a list without pages is; 1 for what is none.
    fn length(&self, field: &'d Field, shape: &shapes::Field) -> u64 {
        match field.name.node.as_str() {
            _ if !shape.list => 1,
            "facets" => self.given.length(field, "by").unwrap_or(0),
            "aggregates" if !field.arguments.iter().any(|(name, _)| name.node == "first") => {
                AGGREGATES
            }
            "aggregates" => self.page(field),
            _ if shape.arguments.contains_key("ids") => {
                self.given.length(field, "ids").unwrap_or(0)
            }
            _ => LIST,
        }
    }

    fn surcharge(&self, field: &'d Field, parent: &str) -> u64 {
        match field.name.node.as_str() {
            "search" if parent == self.shapes.root(OperationType::Query) => SEARCHED,
            "totalCount" | "aggregates" if parent.ends_with("Connection") => COUNTED,
            "facets" if parent.ends_with("Connection") => {
                COUNTED.saturating_mul(self.given.length(field, "by").unwrap_or(0))
            }
            _ => 0,
        }
    }
}

#[cfg(test)]
#[path = "cost_tests.rs"]
mod tests;
