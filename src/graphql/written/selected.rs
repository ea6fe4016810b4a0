//! Which fields are selected of an object.

use std::{borrow::Cow, cell::LazyCell, collections::HashSet};

use async_graphql::{
    ContextSelectionSet, ObjectType, Positioned, ServerError, ServerResult,
    parser::types::{Field, Selection, SelectionSet},
};

use super::Repeats;

/// The fields that are selected of this object, each once (GraphQL, section 6.3.2).
pub(super) fn fields<'a, T: ObjectType>(
    ctx: &ContextSelectionSet<'a>,
    object: &T,
    repeats: Repeats,
) -> ServerResult<Vec<&'a Positioned<Field>>> {
    let mut fields = Vec::with_capacity(ctx.item.node.items.len());
    // The names of lists are put together each time: only fragments ask.
    let name = LazyCell::new(|| object.introspection_type_name());
    collect(ctx, &name, &ctx.item.node, &mut fields)?;
    if repeats == Repeats::Leaves {
        let mut keys = HashSet::new();
        fields.retain(|field| keys.insert(&field.node.response_key().node));
    }
    Ok(fields)
}

fn collect<'a, 'n>(
    ctx: &ContextSelectionSet<'a>,
    name: &LazyCell<Cow<'n, str>, impl FnOnce() -> Cow<'n, str>>,
    set: &'a SelectionSet,
    fields: &mut Vec<&'a Positioned<Field>>,
) -> ServerResult<()> {
    for selection in &set.items {
        let (condition, set) = match &selection.node {
            Selection::Field(field) => {
                fields.push(field);
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
