//! Where queries start, and what is said of many types at once.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, MergedObject, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::{MetaField, MetaType, Registry},
};

use super::{event, goal, initiative, media, node, partner, programme, strategy};

/// Where queries start: each kind's fields are in its own module.
#[derive(MergedObject, Default)]
pub struct Query(
    strategy::StrategyQuery,
    goal::GoalQuery,
    programme::ProgrammeQuery,
    initiative::InitiativeQuery,
    partner::PartnerQuery,
    event::EventQuery,
    media::MediaQuery,
    node::NodeQuery,
);

/// Not a type of its own: registering it completes the others, once they are all known.
pub(super) struct Completion;

impl OutputType for Completion {
    fn type_name() -> Cow<'static, str> {
        node::Content::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = node::Content::create_type_info(registry);
        complete(registry);
        name
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        unreachable!("no field has this type")
    }
}

/// Says once what would be said in many places otherwise: what the arguments of every list mean, what
/// connections and edges are, and which fields all content has.
fn complete(registry: &mut Registry) {
    let common = match registry.create_fake_output_type::<node::Common<'static>>() {
        MetaType::Object { fields, .. } => fields,
        other => unreachable!("{} is an object", other.name()),
    };
    // It stands for its fields alone: no field has this type.
    registry.types.remove("Common");
    registry.add_implements("Content", "Node");
    registry.set_description(
        "PageInfo",
        "Where a page begins and ends, and whether its list goes on before and after it.",
    );
    registry.set_description(
        "DateTime",
        "A moment in time, in UTC, as in `2024-10-08T09:30:00+00:00` (RFC 3339).",
    );
    for (name, meta) in &mut registry.types {
        match meta {
            MetaType::Interface { fields, .. } if name == "Content" => {
                fields.extend(common.clone());
            }
            MetaType::Object {
                fields,
                description,
                ..
            } => {
                if description.is_none() {
                    *description = list_description(name);
                }
                fields.values_mut().for_each(describe_arguments);
            }
            _ => {}
        }
    }
}

fn list_description(name: &str) -> Option<String> {
    if let Some(of) = name.strip_suffix("Connection") {
        Some(format!(
            "One page of a list of `{of}`: see the Relay specification of cursor connections."
        ))
    } else {
        let of = name.strip_suffix("Edge")?;
        Some(format!(
            "One `{of}` in a list, with its place there and what the link says."
        ))
    }
}

/// The arguments that every list has.
fn describe_arguments(field: &mut MetaField) {
    for (name, argument) in &mut field.args {
        let text = match name.as_str() {
            "first" => "How many, from the start of the list: from 0 to 100, 20 if not given.",
            "after" => {
                "Only what comes after this cursor: `pageInfo.endCursor` of the page before."
            }
            "last" => {
                "How many, from the end of the list: from 0 to 100. Not together with `first`."
            }
            "before" => {
                "Only what comes before this cursor: `pageInfo.startCursor` of the page after."
            }
            _ => continue,
        };
        argument.description.get_or_insert_with(|| text.to_owned());
    }
}
