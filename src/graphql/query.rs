//! Where queries start, and what is said of many types at once.

use std::borrow::Cow;

use async_graphql::{
    CacheControl, ContextSelectionSet, MergedObject, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::{MetaField, MetaType, Registry},
};

use super::{
    award, challenge, change, common, event, goal, initiative, media, node, page, partner, person,
    programme, quote, search, service, statistic, strategy, terms, topic,
};

/// Where queries start: the lists of all kinds of content, each piece alone, and what happened to them.
// Each kind's fields are in its own module.
#[derive(MergedObject, Default)]
pub struct Query(
    strategy::StrategyQuery,
    goal::GoalQuery,
    programme::ProgrammeQuery,
    initiative::InitiativeQuery,
    partner::PartnerQuery,
    event::EventQuery,
    media::MediaQuery,
    person::PersonQuery,
    quote::QuoteQuery,
    statistic::StatisticQuery,
    award::AwardQuery,
    challenge::ChallengeQuery,
    page::PageQuery,
    topic::TopicQuery,
    terms::TermsQuery,
    change::ChangeQuery,
    node::NodeQuery,
    search::SearchQuery,
    service::ServiceQuery,
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
    let common = match registry.create_fake_output_type::<common::Common<'static>>() {
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
    if let Some(MetaType::Object { fields, .. }) = registry.types.get_mut("Query") {
        for (name, field) in fields {
            field.cache_control = CacheControl {
                public: true,
                max_age: if ALWAYS_NEW.contains(&name.as_str()) {
                    -1
                } else {
                    KEEP
                },
            };
        }
    }
    let content = match registry.types.get_mut("Content") {
        Some(MetaType::Interface {
            fields,
            possible_types,
            ..
        }) => {
            fields.extend(common.clone());
            fields.values_mut().for_each(describe_arguments);
            possible_types.clone()
        }
        _ => unreachable!("`Content` is an interface"),
    };
    // These stand for their fields alone, too: filters have them.
    let stands_alone = |name: &String, meta: &mut MetaType| {
        !(name.ends_with("Fields") && matches!(meta, MetaType::InputObject { .. }))
    };
    registry.types.retain(stands_alone);
    for (name, meta) in &mut registry.types {
        let MetaType::Object {
            fields,
            description,
            ..
        } = meta
        else {
            continue;
        };
        if content.contains(name) {
            // The library flattens `Common` into a kind only where neither leads to the other.
            let own = std::mem::take(fields);
            let common = common.clone().into_iter();
            fields.extend(
                own.get_key_value("id")
                    .map(|(name, id)| (name.clone(), id.clone())),
            );
            fields.extend(common.chain(own));
        }
        if description.is_none() {
            *description = list_description(name);
        }
        if let Some(of) = name.strip_suffix("Connection") {
            if !of.starts_with("Statistic") {
                fields.shift_remove("aggregates");
            }
            if matches!(of, "Edition" | "EventSession" | "Change") {
                fields.shift_remove("facets");
            }
        }
        fields.values_mut().for_each(describe_arguments);
    }
}

/// How long others may use an answer without asking again, in seconds: content changes a few times a day. The
/// settings may say less.
const KEEP: i32 = 3600;

/// The fields whose readers want to know what is new: their answers are asked for again each time.
const ALWAYS_NEW: [&str; 3] = ["changes", "contentRevision", "service"];

fn list_description(name: &str) -> Option<String> {
    if let Some(of) = name.strip_suffix("Connection") {
        Some(format!(
            "One page of a list ({of}): see the Relay specification of cursor connections."
        ))
    } else {
        let of = name.strip_suffix("Edge")?;
        Some(format!(
            "One entry of a list ({of}), with its place there and what the link says."
        ))
    }
}

/// The arguments that lists have.
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
            "filter" => "Only those of which this holds.",
            "orderBy" => {
                "What the list goes by, the most important first: at most 5 terms. If not given, it goes by what is said above. Cursors belong to the order that they come from."
            }
            _ => continue,
        };
        argument.description.get_or_insert_with(|| text.to_owned());
    }
}
