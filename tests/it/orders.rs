//! Lists in every order that clients can choose: both ways, in pages, and alike on both engines.

use std::collections::BTreeMap;

use civigraph::catalogue::Files;
use serde_json::Value;

use crate::{
    database::engines,
    service::{Service, world},
};

/// A root list, and what it can go by.
struct List {
    name: String,
    fields: Vec<String>,
}

/// All root lists that clients can order, as the schema says.
async fn lists(service: &Service) -> Vec<List> {
    let query = "{ __type(name: \"Query\") { fields { name args { name type { ofType { ofType { name inputFields { name type { ofType { name enumValues { name } } } } } } } } } } }";
    let data = service.data(query).await;
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let fields = data["__type"]["fields"].as_array().unwrap().iter();
    fields
        .filter_map(|field| {
            let arguments = field["args"].as_array().unwrap();
            let order = arguments
                .iter()
                .find(|argument| argument["name"] == "orderBy")?;
            let inputs = order["type"]["ofType"]["ofType"]["inputFields"]
                .as_array()
                .unwrap();
            let by = inputs
                .iter()
                .find(|input| input["name"] == "field")
                .unwrap();
            let values = by["type"]["ofType"]["enumValues"].as_array().unwrap();
            Some(List {
                name: name(field),
                fields: values.iter().map(name).collect(),
            })
        })
        // It asks for the name of a series, too.
        .filter(|list| list.name != "statisticSeries")
        .collect()
}

/// The ids on a page, and whether there is more on each side.
async fn page(
    service: &Service,
    list: &str,
    arguments: &str,
) -> (Vec<String>, Vec<String>, bool, bool) {
    let query = format!(
        "{{ {list}({arguments}) {{ edges {{ cursor node {{ id }} }} pageInfo {{ hasPreviousPage hasNextPage }} }} }}"
    );
    let data = service.data(&query).await;
    let edges = data[list]["edges"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let info = &data[list]["pageInfo"];
    (
        edges.iter().map(|edge| text(&edge["node"]["id"])).collect(),
        edges.iter().map(|edge| text(&edge["cursor"])).collect(),
        info["hasPreviousPage"].as_bool().unwrap(),
        info["hasNextPage"].as_bool().unwrap(),
    )
}

/// Walks a list in pages from one end to the other.
async fn walk(
    service: &Service,
    list: &str,
    order: &str,
    size: usize,
    forward: bool,
) -> Vec<String> {
    let (many, from) = if forward {
        ("first", "after")
    } else {
        ("last", "before")
    };
    let mut all: Vec<String> = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let place = cursor
            .as_ref()
            .map_or(String::new(), |cursor| format!(", {from}: {cursor:?}"));
        let arguments = format!("{many}: {size}{place}, orderBy: {order}");
        let (ids, cursors, previous, next) = page(service, list, &arguments).await;
        let (behind, ahead) = if forward {
            (previous, next)
        } else {
            (next, previous)
        };
        assert_eq!(behind, cursor.is_some(), "{list} {order}");
        cursor = if forward {
            cursors.last().cloned()
        } else {
            cursors.first().cloned()
        };
        if forward {
            all.extend(ids);
        } else {
            all.splice(0..0, ids);
        }
        if !ahead {
            return all;
        }
    }
}

/// All orders of one term, and each with another one that goes the other way.
fn orders(list: &List) -> Vec<String> {
    let mut orders = Vec::new();
    for field in &list.fields {
        for (one, other) in [("ASC", "DESC"), ("DESC", "ASC")] {
            orders.push(format!("[{{field: {field}, direction: {one}}}]"));
            if field != "TITLE" {
                orders.push(format!(
                    "[{{field: {field}, direction: {one}}}, {{field: TITLE, direction: {other}}}]"
                ));
            }
        }
    }
    orders
}

#[tokio::test]
async fn every_order_reads_the_same_both_ways_and_on_both_engines() {
    let mut seen: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for engine in engines() {
        let service = Service::over(engine, &world()).await;
        let lists = lists(&service).await;
        assert!(lists.len() > 14, "there are lists of all kinds");
        for list in &lists {
            for order in orders(list) {
                let whole = format!("first: 100, orderBy: {order}");
                let (all, _, previous, next) = page(&service, &list.name, &whole).await;
                assert!(!previous && !next);
                assert_eq!(
                    walk(&service, &list.name, &order, 2, true).await,
                    all,
                    "{} {order}",
                    list.name
                );
                assert_eq!(
                    walk(&service, &list.name, &order, 2, false).await,
                    all,
                    "{} {order}",
                    list.name
                );
                let key = (list.name.clone(), order);
                let known = seen.entry(key).or_insert_with(|| all.clone());
                assert_eq!(*known, all, "{} is alike on all engines", list.name);
            }
        }
    }
}

/// The titles of a list of the bundled catalogue in an order.
async fn titles(service: &Service, query: &str, list: &str) -> Vec<String> {
    let data = service.data(query).await;
    let nodes = data[list]["nodes"].as_array().unwrap();
    let title = |node: &Value| node["title"].as_str().unwrap().to_owned();
    nodes.iter().map(title).collect()
}

#[tokio::test]
async fn orders_say_what_they_promise() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let cases = [
            // Singpass has one event, and so has Code for Fun: by title among them, then those without.
            (
                "programmes",
                "[{field: EVENT_COUNT, direction: DESC}, {field: TITLE}]",
                vec!["Code for Fun", "Singpass", "Myinfo", "ScamShield"],
            ),
            // Those without a programme count as the least.
            (
                "events",
                "{field: PROGRAMME_TITLE, direction: DESC}",
                vec!["Industry Engagement 2024", "Google AI Bootcamp"],
            ),
            (
                "events",
                "{field: STARTS_ON, direction: DESC}",
                vec!["Industry Engagement 2024", "Google Cloud Next '23"],
            ),
            (
                "partners",
                "{field: EVENT_COUNT, direction: DESC}",
                vec!["Google Cloud"],
            ),
            ("statistics", "{field: VALUE}", vec![]),
        ];
        for (list, order, expected) in cases {
            let query = format!("{{ {list}(orderBy: {order}) {{ nodes {{ title }} }} }}");
            let told = titles(&service, &query, list).await;
            assert_eq!(told[..expected.len()], expected, "{list} by {order}");
        }
        let data = service
            .data("{ statistics(orderBy: {field: VALUE, direction: DESC}) { nodes { value } } }")
            .await;
        assert_eq!(
            data["statistics"]["nodes"].to_string(),
            r#"[{"value":"3360000000"},{"value":"3300000000.5"},{"value":"3300000000"}]"#
        );
    }
}

#[tokio::test]
async fn nested_lists_go_by_what_clients_choose_in_one_statement() {
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        service.statements();
        let query = "{ goals { nodes { slug programmes(first: 1, orderBy: [{field: STARTED_ON, direction: DESC}]) { nodes { slug } edges { cursor } pageInfo { hasNextPage } } } } }";
        let data = service.data(query).await;
        assert_eq!(service.statements().len(), 2);
        let trust = &data["goals"]["nodes"][0]["programmes"];
        let cursor = trust["edges"][0]["cursor"].as_str().unwrap();
        assert!(trust["pageInfo"]["hasNextPage"].as_bool().unwrap());
        let next = format!(
            "{{ goal(by: {{slug: \"trust\"}}) {{ programmes(first: 1, after: {cursor:?}, orderBy: [{{field: STARTED_ON, direction: DESC}}]) {{ nodes {{ slug }} pageInfo {{ hasPreviousPage }} }} }} }}"
        );
        let data = service.data(&next).await;
        let after = &data["goal"]["programmes"];
        assert!(after["pageInfo"]["hasPreviousPage"].as_bool().unwrap());
        assert_ne!(after["nodes"][0], trust["nodes"][0]);
    }
}

#[tokio::test]
async fn a_cursor_belongs_to_its_order() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let by_title = "orderBy: {field: TITLE}";
        let (_, cursors, ..) = page(&service, "programmes", &format!("first: 2, {by_title}")).await;
        let cursor = &cursors[1];
        for (arguments, code) in [
            (
                format!("after: {cursor:?}, orderBy: {{field: EVENT_COUNT}}"),
                "BAD_CURSOR",
            ),
            (
                format!("after: {cursor:?}, orderBy: {{field: TITLE, direction: DESC}}"),
                "BAD_CURSOR",
            ),
            (
                format!("after: {cursor:?}, orderBy: [{{field: TITLE}}, {{field: EVENT_COUNT}}]"),
                "BAD_CURSOR",
            ),
            (
                format!("after: {:?}, {by_title}", &cursor[2..]),
                "BAD_CURSOR",
            ),
            (
                format!("orderBy: [{}]", "{field: TITLE}, ".repeat(6)),
                "LIMIT_EXCEEDED",
            ),
        ] {
            let answer = service
                .query(&format!(
                    "{{ programmes({arguments}) {{ nodes {{ slug }} }} }}"
                ))
                .await;
            assert_eq!(
                answer["errors"][0]["extensions"]["code"], code,
                "{arguments}: {answer}"
            );
        }
        // The order that is the list's own is the same by its name; another filter leaves a place a place.
        for arguments in [
            "",
            ", filter: {kind: {eq: DIGITAL_SERVICE}}",
            ", filter: {slug: {eq: \"myinfo\"}}",
        ] {
            let answer = service
                .query(&format!(
                    "{{ programmes(after: {cursor:?}{arguments}) {{ nodes {{ slug }} }} }}"
                ))
                .await;
            assert_eq!(answer["errors"], Value::Null, "{arguments}");
        }
    }
}

/// The whole bundled catalogue, by what lists of it are mostly gone by.
#[tokio::test]
async fn the_bundled_catalogue_reads_alike_on_both_engines() {
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for engine in engines() {
        let service = Service::over(engine, &Files::Bundled).await;
        for (list, order) in [
            (
                "events",
                "[{field: PROGRAMME_TITLE}, {field: STARTS_ON, direction: DESC}]",
            ),
            (
                "programmes",
                "[{field: PARTNER_COUNT, direction: DESC}, {field: LEAD_AGENCY_TITLE}]",
            ),
            ("partners", "[{field: EVENT_COUNT, direction: DESC}]"),
            ("media", "[{field: SHOWN_COUNT, direction: DESC}]"),
            ("statistics", "[{field: VALUE, direction: DESC}]"),
        ] {
            let forward = walk(&service, list, order, 37, true).await;
            assert_eq!(
                walk(&service, list, order, 41, false).await,
                forward,
                "{list}"
            );
            let known = seen
                .entry(list.to_owned())
                .or_insert_with(|| forward.clone());
            assert_eq!(*known, forward, "{list}");
        }
    }
}
