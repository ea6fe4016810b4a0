//! Which content the names in filters, orders and facets are about.

use crate::serve::guard::shapes::Shapes;

/// The type that every kind of content is.
pub(super) const ALL: &str = "Content";

/// The type of what a filter's field is about; none if that is the piece itself.
///
/// A filter's field is about other content if it is a filter for such, such as `ProgrammeListFilter`
/// or `PartnerLinkFilter`, or counts it, as `eventCount` does.
pub(super) fn relation<'s>(
    name: &str,
    of: &'s str,
    node: &'s str,
    shapes: &'s Shapes,
) -> Option<&'s str> {
    if let Some(counted) = name.strip_suffix("Count") {
        return Some(counted_by(counted, node, shapes));
    }
    let filter = of.strip_suffix("Filter")?;
    let related = ["RoleList", "List", "Link"]
        .into_iter()
        .find_map(|suffix| filter.strip_suffix(suffix))?;
    if shapes.kinds().contains_key(node) {
        // Not such as the sessions of an event: they belong to it.
        return is_content(related, shapes).then_some(related);
    }
    // A piece of any kind may have such links through others, as an event has its programme's goals.
    Some(ALL)
}

/// The type of what an enum's value is about, such as `EVENT_COUNT`, `LEAD_AGENCY_TITLE` or
/// `PARTNER`, for a list of these nodes; none if that is the node itself.
pub(super) fn kinds_of_word<'s>(word: &str, node: &'s str, shapes: &'s Shapes) -> Option<&'s str> {
    let field = camel(word);
    for suffix in ["Count", "Title"] {
        if let Some(linked) = field
            .strip_suffix(suffix)
            .filter(|linked| !linked.is_empty())
        {
            return Some(counted_by(linked, node, shapes));
        }
    }
    if let Some(linked) = linked(&field, node, shapes) {
        return Some(linked);
    }
    // Such as `STRATEGY_LAUNCHED_ON`.
    let first = word.split('_').next().unwrap_or(word);
    if let Some(kind) = kind(&camel(first), shapes) {
        let direct = linked(&camel(first), node, shapes).is_some();
        return Some(if direct { kind } else { ALL });
    }
    let names = [format!("{field}s"), field];
    let fields = shapes.named(node).map(|node| &node.fields);
    let is_field = fields.is_some_and(|fields| names.iter().any(|name| fields.contains_key(name)));
    (!is_field && !OWN.contains(&word)).then_some(ALL)
}

/// What of a piece itself has another name than its field.
const OWN: &[&str] = &[
    "AUDIENCE",
    "CONTENT_TYPE",
    "COUNTRY",
    "KIND",
    "LANGUAGE",
    "NUMBER",
    "SITE",
    "STATUS",
    "UNIT",
    "YEAR",
];

/// The type of what is named so, by a link of that name or by its kind.
fn counted_by<'s>(name: &str, node: &'s str, shapes: &'s Shapes) -> &'s str {
    linked(name, node, shapes)
        .or_else(|| kind(name, shapes))
        .unwrap_or(ALL)
}

/// The type of the content that a field of the node leads to, alone or in a list.
fn linked<'s>(name: &str, node: &str, shapes: &'s Shapes) -> Option<&'s str> {
    let fields = &shapes.named(node)?.fields;
    let field = fields
        .get(name)
        .or_else(|| fields.get(&format!("{name}s")))?;
    let page = shapes
        .named(&field.of)
        .and_then(|page| page.fields.get("nodes"));
    let of = page.map_or(field.of.as_str(), |nodes| nodes.of.as_str());
    is_content(of, shapes).then_some(of)
}

fn is_content(of: &str, shapes: &Shapes) -> bool {
    let mut objects = shapes.possible(of).into_iter();
    objects.any(|object| shapes.kinds().contains_key(object))
}

/// The type whose kind is named so.
fn kind<'s>(name: &str, shapes: &'s Shapes) -> Option<&'s str> {
    let mut kinds = shapes.kinds().iter();
    let (of, _) = kinds.find(|(_, kind)| *kind == name)?;
    Some(of)
}

/// `leadAgency` of `LEAD_AGENCY`.
pub(super) fn camel(word: &str) -> String {
    let mut camel = String::with_capacity(word.len());
    let mut upper = false;
    for char in word.chars() {
        if char == '_' {
            upper = true;
        } else if upper {
            camel.push(char);
            upper = false;
        } else {
            camel.push(char.to_ascii_lowercase());
        }
    }
    camel
}
