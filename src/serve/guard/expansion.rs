//! How large a document is once its fragments are written out, without writing them out.
//!
//! Each fragment is measured once, so that this takes time in the document's length. What is
//! summed up is so over all operations: validation visits them all, whichever is asked for.
//! Circles of fragments and fragments that nobody spreads are refused here as validation would,
//! since it visits them in quadratic time, and since what follows may then rely on neither.

use std::collections::HashMap;

use async_graphql::{
    Name, Pos, Positioned, ServerError,
    parser::types::{
        ExecutableDocument, Field, FragmentSpread, OperationDefinition, Selection, SelectionSet,
    },
};

use self::size::Size;
use super::limits::{Limit, Limits};
use crate::{error::code, serve::fault::coded};

mod size;

/// Whether the document is small enough once its fragments are written out.
pub(super) fn check(document: &ExecutableDocument, limits: &Limits) -> Result<(), ServerError> {
    let mut operations: Vec<_> = document.operations.iter().map(|(_, it)| it).collect();
    operations.sort_unstable_by_key(|operation| operation.pos);
    let mut expansion = Expansion {
        document,
        limits,
        fragments: HashMap::new(),
    };
    let mut whole = Size::default();
    let mut growth = Vec::new();
    for operation in operations {
        let mut size = own(operation);
        growth.push((operation.pos, whole.then(size)));
        for selection in &operation.node.selection_set.node.items {
            size = size.beside(expansion.selection(selection, 1)?);
            growth.push((selection.pos, whole.then(size)));
        }
        whole = whole.then(size);
    }
    within(whole, &growth, limits)?;
    expansion.all_are_spread()
}

/// What an operation has besides its selections.
fn own(operation: &Positioned<OperationDefinition>) -> Size {
    let variables = &operation.node.variable_definitions;
    let directives = variables
        .iter()
        .map(|variable| variable.node.directives.len());
    Size {
        variables: variables.len() as u64,
        directives: (operation.node.directives.len() + directives.sum::<usize>()) as u64,
        ..Size::default()
    }
}

/// `growth` is how large everything was after each operation's head and root selections.
fn within(whole: Size, growth: &[(Pos, Size)], limits: &Limits) -> Result<(), ServerError> {
    for limit in Limit::ALL {
        let allowed = limit.allowed(limits);
        let asked = whole.of(limit);
        if asked > allowed {
            let first = growth.iter().find(|(_, size)| size.of(limit) > allowed);
            return Err(limit
                .refusal(asked, limits, first.map(|(pos, _)| *pos))
                .into());
        }
    }
    Ok(())
}

/// What is known of a fragment.
enum Fragment {
    /// It is being measured.
    Open,
    Measured(Size),
}

struct Expansion<'d> {
    document: &'d ExecutableDocument,
    limits: &'d Limits,
    fragments: HashMap<&'d Name, Fragment>,
}

impl<'d> Expansion<'d> {
    /// `level` is how deep it is nested itself, from 1: it bounds the stack that measuring takes.
    fn selection(
        &mut self,
        selection: &'d Positioned<Selection>,
        level: u64,
    ) -> Result<Size, ServerError> {
        let allowed = Limit::Nesting.allowed(self.limits);
        let size = if level > allowed {
            None
        } else {
            Some(match &selection.node {
                Selection::Field(field) => self.field(field, level)?,
                Selection::InlineFragment(fragment) => self
                    .set(&fragment.node.selection_set.node, level)?
                    .within_fragment(&fragment.node.directives),
                Selection::FragmentSpread(spread) => self
                    .fragment(spread, level)?
                    .within_fragment(&spread.node.directives),
            })
        };
        // A fragment that was measured before may be spread deeper now.
        size.filter(|size| level - 1 + size.levels <= allowed)
            .ok_or_else(|| {
                Limit::Nesting
                    .refusal(allowed + 1, self.limits, Some(selection.pos))
                    .into()
            })
    }

    fn set(&mut self, set: &'d SelectionSet, level: u64) -> Result<Size, ServerError> {
        set.items
            .iter()
            .try_fold(Size::default(), |size, selection| {
                Ok(size.beside(self.selection(selection, level + 1)?))
            })
    }

    fn field(&mut self, field: &'d Positioned<Field>, level: u64) -> Result<Size, ServerError> {
        let inner = self.set(&field.node.selection_set.node, level)?;
        let name = field.node.name.node.as_str();
        let introspection = matches!(name, "__schema" | "__type");
        let allowed = Limit::IntrospectionDepth.allowed(self.limits);
        if introspection && inner.lists > allowed {
            let refusal = Limit::IntrospectionDepth;
            return Err(refusal
                .refusal(inner.lists, self.limits, Some(field.pos))
                .into());
        }
        let directives = field.node.directives.len() as u64;
        let inside = inner.shown.saturating_mul(usual_length(name));
        let shown = inside.saturating_add(1);
        Ok(Size {
            fields: inner.fields.saturating_add(1),
            root_fields: 1,
            aliases: inner
                .aliases
                .saturating_add(u64::from(field.node.alias.is_some())),
            directives: inner.directives.saturating_add(directives),
            variables: 0,
            depth: if introspection { 0 } else { inner.depth + 1 },
            levels: inner.levels + 1,
            lists: inner.lists + u64::from(is_introspection_list(name)),
            shown,
            introspection: if introspection {
                shown
            } else {
                inner.introspection
            },
        })
    }

    fn fragment(
        &mut self,
        spread: &'d Positioned<FragmentSpread>,
        level: u64,
    ) -> Result<Size, ServerError> {
        let name = &spread.node.fragment_name.node;
        match self.fragments.get(name) {
            Some(Fragment::Measured(size)) => return Ok(*size),
            Some(Fragment::Open) => {
                return Err(coded(
                    format!("The fragment \"{name}\" spreads itself."),
                    Some(spread.pos),
                    code::GRAPHQL_VALIDATION_FAILED,
                ));
            }
            None => {}
        }
        // Validation says that there is none.
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Size::default());
        };
        self.fragments.insert(name, Fragment::Open);
        let size = self.set(&fragment.node.selection_set.node, level)?;
        let size = Size {
            directives: size
                .directives
                .saturating_add(fragment.node.directives.len() as u64),
            ..size
        };
        self.fragments.insert(name, Fragment::Measured(size));
        Ok(size)
    }

    /// Once all operations are measured.
    fn all_are_spread(&self) -> Result<(), ServerError> {
        let fragments = self.document.fragments.iter();
        let unknown = fragments.filter(|(name, _)| !self.fragments.contains_key(name));
        match unknown.min_by_key(|(_, fragment)| fragment.pos) {
            None => Ok(()),
            Some((name, fragment)) => Err(coded(
                format!("The fragment \"{name}\" is never spread."),
                Some(fragment.pos),
                code::GRAPHQL_VALIDATION_FAILED,
            )),
        }
    }
}

/// What circles in introspection go through. Tools nest two: types, and what they have.
fn is_introspection_list(field: &str) -> bool {
    matches!(
        field,
        "types" | "fields" | "interfaces" | "possibleTypes" | "inputFields"
    )
}

/// How long the lists of introspection are, roughly: the library runs a field as often as it is
/// selected, and a document may select a name thousands of times for each argument of each field.
fn usual_length(field: &str) -> u64 {
    match field {
        "types" => 200,
        "fields" | "inputFields" | "enumValues" => 10,
        "args" | "possibleTypes" | "directives" => 5,
        "interfaces" => 2,
        _ => 1,
    }
}

#[cfg(test)]
#[path = "expansion_tests.rs"]
mod tests;
