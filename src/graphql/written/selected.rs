//! Which fields are selected of an object.

use std::{borrow::Cow, cell::LazyCell, collections::HashSet};

use async_graphql::{
    ContextSelectionSet, ObjectType, Positioned, ServerError, ServerResult,
    parser::types::{Field, Selection, SelectionSet},
};

use super::{Repeats, json::TYPENAME};

/// A field that is selected.
pub(super) struct Selected<'a> {
    pub(super) field: &'a Positioned<Field>,
    /// What it is called in the answer.
    pub(super) key: &'a str,
    pub(super) reach: Reach,
}

/// How far a field leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It is the name of the type.
    Typename,
    /// It has no fields.
    Leaf,
    /// Its fields lead nowhere else: one question answers it, or a few.
    Near,
    /// To objects that lead to others.
    Far,
}

/// The fields in which connections have what they list (GraphQL Cursor Connections Specification): they ask nothing more.
const OF_CONNECTIONS: [&str; 4] = ["nodes", "edges", "node", "pageInfo"];

/// The fields that are selected of this object, each once (GraphQL, section 6.3.2).
pub(super) fn fields<'a, T: ObjectType>(
    ctx: &ContextSelectionSet<'a>,
    object: &T,
    repeats: Repeats,
) -> ServerResult<Vec<Selected<'a>>> {
    let mut fields = Vec::with_capacity(ctx.item.node.items.len());
    // The names of lists are put together each time: only fragments ask.
    let name = LazyCell::new(|| object.introspection_type_name());
    collect(ctx, &name, &ctx.item.node, &mut fields)?;
    if repeats == Repeats::Leaves {
        let mut keys = HashSet::new();
        fields.retain(|field| keys.insert(field.key));
    }
    Ok(fields)
}

fn selected<'a>(ctx: &ContextSelectionSet<'a>, field: &'a Positioned<Field>) -> Selected<'a> {
    let reach = if field.node.name.node == TYPENAME {
        Reach::Typename
    } else if is_leaf(&field.node) {
        Reach::Leaf
    } else if leads_nowhere(ctx, &field.node.selection_set.node) {
        Reach::Near
    } else {
        Reach::Far
    };
    Selected {
        field,
        key: &field.node.response_key().node,
        reach,
    }
}

/// Whether this is a field without fields.
fn is_leaf(field: &Field) -> bool {
    field.selection_set.node.items.is_empty()
}

fn leads_nowhere(ctx: &ContextSelectionSet<'_>, set: &SelectionSet) -> bool {
    set.items.iter().all(|selection| match &selection.node {
        Selection::Field(field) => {
            let name = field.node.name.node.as_str();
            let inside = &field.node.selection_set.node;
            is_leaf(&field.node) || OF_CONNECTIONS.contains(&name) && leads_nowhere(ctx, inside)
        }
        Selection::InlineFragment(fragment) => {
            leads_nowhere(ctx, &fragment.node.selection_set.node)
        }
        Selection::FragmentSpread(spread) => {
            let fragments = &ctx.query_env.fragments;
            let fragment = fragments.get(&spread.node.fragment_name.node);
            fragment.is_some_and(|fragment| leads_nowhere(ctx, &fragment.node.selection_set.node))
        }
    })
}

fn collect<'a, 'n>(
    ctx: &ContextSelectionSet<'a>,
    name: &LazyCell<Cow<'n, str>, impl FnOnce() -> Cow<'n, str>>,
    set: &'a SelectionSet,
    fields: &mut Vec<Selected<'a>>,
) -> ServerResult<()> {
    for selection in &set.items {
        let (condition, set) = match &selection.node {
            Selection::Field(field) => {
                fields.push(selected(ctx, field));
                continue;
            }
            Selection::InlineFragment(fragment) => (
                fragment.node.type_condition.as_ref(),
                &fragment.node.selection_set.node,
            ),
            Selection::FragmentSpread(spread) => {
                let fragment = &spread.node.fragment_name.node;
                let fragment = ctx.query_env.fragments.get(fragment).ok_or_else(|| {
                    ServerError::new(
                        format!("Unknown fragment \"{fragment}\"."),
                        Some(spread.pos),
                    )
                })?;
                (
                    Some(&fragment.node.type_condition),
                    &fragment.node.selection_set.node,
                )
            }
        };
        let applies = condition.is_none_or(|condition| {
            let on = condition.node.on.node.as_str();
            let name = name.as_ref();
            on == name || {
                let condition = ctx.schema_env.registry.types.get(on);
                condition.is_some_and(|condition| condition.is_possible_type(name))
            }
        });
        if applies {
            collect(ctx, name, set, fields)?;
        }
    }
    Ok(())
}
