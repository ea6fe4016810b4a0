use super::*;
use crate::serve::guard::{
    checked,
    samples::{INTROSPECTION, limits, shapes},
};

fn full(text: &str, variables: serde_json::Value) -> Cost {
    let document = checked(text, &limits()).unwrap();
    let variables = Variables::from_json(variables);
    cost(&document, None, &variables, shapes())
}

fn requested(text: &str) -> u64 {
    full(text, serde_json::json!({})).requested
}

#[test]
fn fields_and_pages_cost_what_the_answer_can_have() {
    assert_eq!(requested("{ contentRevision }"), 1);
    assert_eq!(
        requested("{ programme(by: {slug: \"singpass\"}) { id title url } }"),
        4
    );
    // programmes, nodes, and 20 times a title
    assert_eq!(requested("{ programmes { nodes { title } } }"), 22);
    // programmes, edges, 5 × (cursor, role?, node, title), pageInfo, endCursor
    let edges =
        "{ programmes(first: 5) { edges { cursor node { title } } pageInfo { endCursor } } }";
    assert_eq!(requested(edges), 1 + 1 + 5 * 3 + 2);
    // 2 + 10 × (title, events, nodes, 3 × title)
    let nested =
        "{ programmes(last: 10) { nodes { title events(first: 3) { nodes { title } } } } }";
    assert_eq!(requested(nested), 2 + 10 * (3 + 3));
}

#[test]
fn a_page_is_clamped_and_comes_from_variables_and_defaults_too() {
    let page = |first: &str| {
        requested(&format!(
            "{{ programmes(first: {first}) {{ nodes {{ id }} }} }}"
        ))
    };
    assert_eq!(page("0"), 2);
    assert_eq!(page("-5"), 2);
    assert_eq!(page("100"), 102);
    assert_eq!(page("1000000"), 102);
    assert_eq!(page("null"), 22);
    let text = "query ($n: Int = 7) { programmes(first: $n) { nodes { id } } }";
    assert_eq!(full(text, serde_json::json!({})).requested, 9);
    assert_eq!(full(text, serde_json::json!({ "n": 3 })).requested, 5);
    assert_eq!(full(text, serde_json::json!({ "n": null })).requested, 22);
}

#[test]
fn other_lists_count_by_what_is_asked_of_them_or_ten_times() {
    assert_eq!(requested("{ nodes(ids: [\"a\", \"b\", \"c\"]) { id } }"), 4);
    let ids = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    assert_eq!(
        full(ids, serde_json::json!({ "ids": ["a", "b"] })).requested,
        3
    );
    let sources = "{ programme(by: {slug: \"a\"}) { sources { locator } audiences } }";
    assert_eq!(requested(sources), 1 + 1 + 10 + 1);
}

#[test]
fn counting_and_searching_cost_more() {
    let cost = full(
        "{ programmes(first: 1) { totalCount } }",
        serde_json::json!({}),
    );
    assert_eq!((cost.requested, cost.surcharges), (12, 10));
    // events, facets, 2 × (10, buckets, 5 × (value, count))
    let facets = "{ events { facets(by: [KIND, YEAR], first: 5) { buckets { value count } } } }";
    assert_eq!(requested(facets), 2 + 2 * 10 + 2 * (1 + 5 * 2));
    let facets = "{ events { facets(by: KIND) { by buckets { value } } } }";
    assert_eq!(requested(facets), 2 + 10 + 1 + 1 + 20);
    let aggregates = "{ statistics { aggregates { unit } few: aggregates(first: 2) { unit } } }";
    assert_eq!(requested(aggregates), 1 + (1 + 10 + 100) + (1 + 10 + 2));
    assert_eq!(
        requested("{ search(query: \"a\", first: 2) { nodes { id } } }"),
        20 + 2 + 2
    );
}

#[test]
fn of_fragments_on_different_types_only_the_dearest_counts() {
    let node = |inner: &str| requested(&format!("{{ node(id: \"a\") {{ {inner} }} }}"));
    assert_eq!(
        node("id ... on Programme { title slug } ... on Event { title }"),
        1 + 1 + 2
    );
    assert_eq!(
        node("... on Content { title ... on Event { slug venue } } ... on Event { id }"),
        1 + 1 + 3
    );
    assert_eq!(
        node("... on Programme { ... on Content { id } ... on Event { id } ... on Node { id } }"),
        1 + 2
    );
    let life = "lifeCycle { ... on Live { since } ... on Withdrawn { since reason } }";
    assert_eq!(node(&format!("... on Content {{ {life} }}")), 1 + 1 + 2);
}

#[test]
fn a_fragment_on_a_connection_costs_by_the_page_that_it_is_spread_in() {
    let text = "{ a: programmes(first: 2) { ...P } b: programmes(first: 50) { ...P } }
        fragment P on ProgrammeConnection { ...Q pageInfo { hasNextPage } }
        fragment Q on ProgrammeConnection { nodes { title } }";
    assert_eq!(requested(text), (1 + 2 + 1 + 2) + (1 + 2 + 1 + 50));
}

#[test]
fn what_is_left_out_and_introspection_cost_nothing() {
    let text = "query ($yes: Boolean!) {
        __typename
        contentRevision @skip(if: $yes)
        programmes(first: 1) @include(if: $yes) { __typename nodes { id @include(if: false) title } }
        ... @skip(if: true) { goals { nodes { id } } }
    }";
    assert_eq!(full(text, serde_json::json!({ "yes": true })).requested, 3);
    assert_eq!(full(text, serde_json::json!({ "yes": false })).requested, 1);
    assert_eq!(requested(INTROSPECTION), 0);
}

#[test]
fn the_operation_that_runs_is_the_one_that_costs() {
    let document = checked(
        "query a { contentRevision } query b { goals { nodes { id } } }",
        &limits(),
    );
    let document = document.unwrap();
    let of = |name| cost(&document, name, &Variables::default(), shapes()).requested;
    assert_eq!(
        (of(Some("a")), of(Some("b")), of(Some("c")), of(None)),
        (1, 22, 0, 0)
    );
}

#[test]
fn the_refusal_points_at_the_dearest_root_field() {
    let deep = "{ contentRevision programmes(first: 100) { nodes { events(first: 100) { nodes { media(first: 100) { nodes { id } } } } } } }";
    let cost = full(deep, serde_json::json!({}));
    assert_eq!(cost.requested, 1 + 2 + 100 * (2 + 100 * (2 + 100)));
    let error = cost.check(&limits()).unwrap_err();
    assert_eq!(
        crate::serve::guard::samples::refusal(&error),
        "cost 1020203/200000 at 1:19"
    );
    assert_eq!(
        error.message,
        "The request costs 1020203, but at most 200000 is allowed."
    );
}

#[test]
fn costs_that_multiply_beyond_all_numbers_stay_at_the_largest() {
    let nested =
        "events(first: 100) { nodes { programme { events(first: 100) { nodes { programme { "
            .repeat(4);
    let text = format!(
        "{{ programme(by: {{id: \"a\"}}) {{ {nested} id {} }} }}",
        "} } } } } }".repeat(4)
    );
    let document = async_graphql::parser::parse_query(text).unwrap();
    let cost = cost(&document, None, &Variables::default(), shapes());
    assert!(cost.requested > 100_u64.pow(8));
}

#[test]
fn what_is_charged_is_what_the_answer_has() {
    let text = "{ __typename p: programmes(first: 50) { totalCount nodes { __typename title } } }";
    let cost = full(text, serde_json::json!({}));
    assert_eq!(cost.requested, 1 + 11 + 1 + 50);
    let data = serde_json::json!({
        "__typename": "Query",
        "p": { "totalCount": 2, "nodes": [
            { "__typename": "Programme", "title": "Singpass" },
            { "__typename": "Programme", "title": "LifeSG" },
        ] },
    });
    let data = Value::from_json(data).unwrap();
    assert_eq!(cost.charged(&data, 0), 1 + 11 + 1 + 2);
    assert_eq!(cost.charged(&Value::Null, 0), 10);
}

#[test]
fn a_fragment_is_reckoned_once_however_often_it_is_spread() {
    let fragment = |level: usize| {
        let next = level + 1;
        format!("fragment f{level} on ProgrammeConnection {{ ...f{next} ...f{next} }}")
    };
    let fragments = (0..60).map(fragment).collect::<Vec<_>>().concat();
    let text = format!(
        "{{ programmes {{ ...f0 }} }} {fragments} fragment f60 on ProgrammeConnection {{ totalCount }}"
    );
    // The guard refuses this: nothing else would end.
    let document = async_graphql::parser::parse_query(text).unwrap();
    let cost = cost(&document, None, &Variables::default(), shapes());
    assert_eq!(cost.surcharges, 10 << 60);
}

#[test]
fn the_worked_example_of_the_documentation_holds() {
    let text = "{ programmes(first: 10) {
        totalCount
        nodes { title leadAgency { title } events(first: 3) { nodes { title startsOn } } }
    } }";
    assert_eq!(requested(text), 1 + 11 + 1 + 10 * (1 + 2 + 2 + 3 * 2));
}
