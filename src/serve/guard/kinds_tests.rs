use super::*;
use crate::serve::guard::{
    checked,
    samples::{INTROSPECTION, limits, shapes},
};

fn of(text: &str, variables: serde_json::Value) -> Touched {
    let document = checked(text, &limits()).unwrap();
    touched(&document, None, &Variables::from_json(variables), shapes())
}

fn lists(text: &str) -> String {
    let lists = of(text, serde_json::json!({})).lists;
    if lists.len() == shapes().kinds().len() {
        return "all".to_owned();
    }
    lists.into_iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_listed_counts_also_if_nothing_of_it_is_selected() {
    assert_eq!(lists("{ programmes { totalCount } }"), "programme");
    assert_eq!(
        lists("{ goals { edges { node { programmes { nodes { id } } } } } }"),
        "goal programme"
    );
    assert_eq!(
        lists(
            "{ ...q } fragment q on Query { events { ...e } } fragment e on EventConnection { nodes { media { totalCount } } }"
        ),
        "event media"
    );
    assert_eq!(
        lists("{ events @skip(if: true) { totalCount } contentRevision }"),
        ""
    );
    assert_eq!(lists(INTROSPECTION), "");
    assert_eq!(
        lists("{ topic(by: {slug: \"a\"}) { editions { nodes { number } } } }"),
        ""
    );
}

#[test]
fn lists_of_any_content_depend_on_all_kinds_or_on_those_asked_for() {
    assert_eq!(
        lists("{ topic(by: {slug: \"a\"}) { content { totalCount } } }"),
        "all"
    );
    assert_eq!(lists("{ search(query: \"a\") { totalCount } }"), "all");
    assert_eq!(
        lists("{ search(query: \"a\", kinds: []) { totalCount } }"),
        "all"
    );
    assert_eq!(
        lists("{ search(query: \"a\", kinds: [EVENT, GOAL]) { totalCount } }"),
        "event goal"
    );
    assert_eq!(
        lists("{ changes(kinds: PAGE) { nodes { action } } }"),
        "page"
    );
    assert_eq!(lists("{ changes { nodes { action } } }"), "all");
    let text = "query ($k: [ContentType!]) { search(query: \"a\", kinds: $k) { totalCount } }";
    let kinds = of(text, serde_json::json!({ "k": ["MEDIA"] })).lists;
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["media"]);
}

#[test]
fn filters_count_by_the_relations_that_are_given() {
    let filter = |filter: &str| {
        lists(&format!(
            "{{ programmes(filter: {filter}) {{ totalCount }} }}"
        ))
    };
    assert_eq!(
        filter("{title: {contains: \"a\"}, events: null}"),
        "programme"
    );
    assert_eq!(
        filter("{events: {some: {title: {contains: \"a\"}}}}"),
        "event programme"
    );
    assert_eq!(filter("{leadAgency: {isNull: true}}"), "partner programme");
    assert_eq!(
        filter("{or: [{not: {goals: {some: {strategy: {is: {}}}}}}]}"),
        "goal programme strategy"
    );
    assert_eq!(
        filter("{eventCount: {gte: 2}, sourcePages: {none: {}}}"),
        "event page programme"
    );
    let any =
        "{ search(query: \"a\", kinds: [GOAL], filter: {and: [{title: {}}]}) { totalCount } }";
    assert_eq!(lists(any), "goal");
    let any = "{ search(query: \"a\", kinds: [GOAL], filter: {goals: {some: {}}}) { totalCount } }";
    assert_eq!(lists(any), "all");
    let sessions = "{ events(filter: {sessions: {some: {}}}) { totalCount } }";
    assert_eq!(lists(sessions), "event");
}

#[test]
fn variables_count_like_what_is_written() {
    let text = "query ($f: ProgrammeFilter, $p: PartnerFilter = {eventCount: {gte: 1}}, $o: [ProgrammeOrder!]) {
        programmes(filter: $f, orderBy: $o) { totalCount }
        two: programmes(filter: {partners: {some: $p}}) { totalCount }
    }";
    let sent = serde_json::json!({
        "f": { "and": [{ "goals": { "every": {} } }], "awards": null },
        "o": { "field": "INITIATIVE_COUNT" },
    });
    let lists: Vec<_> = of(text, sent).lists.into_iter().collect();
    assert_eq!(
        lists,
        ["event", "goal", "initiative", "partner", "programme"]
    );
}

#[test]
fn orders_and_facets_count_by_their_words() {
    let order = |list: &str, field: &str| {
        lists(&format!(
            "{{ {list}(orderBy: [{{field: {field}, direction: DESC}}]) {{ totalCount }} }}"
        ))
    };
    assert_eq!(order("programmes", "TITLE"), "programme");
    assert_eq!(order("programmes", "STARTED_ON"), "programme");
    assert_eq!(order("programmes", "EVENT_COUNT"), "event programme");
    assert_eq!(
        order("programmes", "LEAD_AGENCY_TITLE"),
        "partner programme"
    );
    assert_eq!(order("goals", "STRATEGY_LAUNCHED_ON"), "goal strategy");
    assert_eq!(order("quotes", "SPEAKER_TITLE"), "person quote");
    assert_eq!(order("people", "ORGANISATION_TITLE"), "partner person");
    assert_eq!(
        order("partners", "LED_PROGRAMME_COUNT"),
        "partner programme"
    );
    assert_eq!(order("statistics", "PERIOD"), "statistic");
    assert_eq!(order("topics", "CONTENT_COUNT"), "all");
    let facet =
        |list: &str, by: &str| lists(&format!("{{ {list} {{ facets(by: [{by}]) {{ by }} }} }}"));
    assert_eq!(
        facet("programmes", "KIND, YEAR, AUDIENCE, STATUS"),
        "programme"
    );
    assert_eq!(facet("programmes", "PARTNER"), "partner programme");
    assert_eq!(facet("programmes", "LEAD_AGENCY"), "partner programme");
    assert_eq!(facet("events", "GOAL"), "all");
}

#[test]
fn every_order_of_the_schema_is_understood() {
    let shapes = shapes();
    let schema = include_str!("../../../schema.graphql");
    for block in schema.split("\nenum ").skip(1) {
        let Some((name, rest)) = block.split_once("OrderField {") else {
            continue;
        };
        for word in rest.split('}').next().unwrap().lines().map(str::trim) {
            let is_value = !word.is_empty()
                && word
                    .chars()
                    .all(|char| char.is_ascii_uppercase() || char == '_');
            if is_value && relations::kinds_of_word(word, name, shapes) == Some(ALL) {
                assert!(
                    ["CONTENT_COUNT", "SHOWN_COUNT"].contains(&word),
                    "{name}: {word}"
                );
            }
        }
    }
}

#[test]
fn what_finds_one_or_none_is_told_apart() {
    let singles = |text: &str| of(text, serde_json::json!({})).singles;
    let named = |text: &str| singles(text).into_iter().collect::<Vec<_>>();
    assert_eq!(
        named("{ programme(by: {slug: \"a\"}) { title } }"),
        ["programme"]
    );
    assert_eq!(
        named("{ programmes { nodes { leadAgency { title } } } }"),
        ["partner"]
    );
    assert_eq!(
        named("{ programmes { edges { node { title } } } }"),
        [""; 0]
    );
    assert_eq!(
        singles("{ nodes(ids: []) { id } }").len(),
        shapes().kinds().len()
    );
    assert_eq!(
        singles("{ resource(url: \"https://a.example\") { id } }").len(),
        shapes().kinds().len()
    );
}

#[test]
fn a_large_variable_is_read_once_however_often_it_is_given() {
    let fields = (0..40)
        .map(|n| format!("a{n}: programmes(filter: $f) {{ totalCount }} "))
        .collect::<Vec<_>>()
        .concat();
    let text = format!("query ($f: ProgrammeFilter) {{ {fields} }}");
    let document = checked(&text, &limits()).unwrap();
    let many: Vec<_> = (0..1_000)
        .map(|_| serde_json::json!({ "events": {} }))
        .collect();
    let sent = Variables::from_json(serde_json::json!({ "f": { "or": many } }));
    let operation = &chosen(&document, None).unwrap().1.node;
    let shapes = shapes();
    let mut reading = Reading {
        document: &document,
        shapes,
        given: Given::to(operation, &sent),
        fragments: HashSet::new(),
        sent: HashSet::new(),
        touched: Touched::default(),
    };
    reading.set(&operation.selection_set.node, "Query");
    // The filter, its `or`, the 1,000 in it, and what each of them has.
    assert_eq!(reading.sent.len(), 2 + 1_000);
}
