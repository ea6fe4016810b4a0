//! What a request does not show is not read, and nothing that it shows is missing for that.

use std::fmt::Write as _;

use serde_json::Value;

use crate::{
    database::{Engine, engines},
    service::Service,
};

/// A kind of content, and everything that can be asked of each piece of a list of it.
struct Kind {
    name: String,
    list: String,
    /// What lists of it go by.
    orders: Vec<String>,
    /// Selections of one field, each with what the field is called.
    fields: Vec<(String, String)>,
}

/// A field that makes a request read all columns of all tables.
const ALL: &str = "lifeCycle { __typename }";

fn base(mut of: &Value) -> &Value {
    while !of["ofType"].is_null() {
        of = &of["ofType"];
    }
    of
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// All kinds, as the schema has them.
async fn kinds(service: &Service) -> Vec<Kind> {
    let of_type = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
    let schema = service
        .data(&format!(
            "{{ __schema {{ types {{ name kind enumValues {{ name }} possibleTypes {{ name }}
                fields {{ name type {{ {of_type} }} args {{ name type {{ {of_type} }} }} }} }} }} }}"
        ))
        .await;
    let types = schema["__schema"]["types"].as_array().unwrap();
    let of_name = |name: &str| types.iter().find(|it| it["name"] == name).unwrap();
    let fields = |name: &str| of_name(name)["fields"].as_array().unwrap().clone();
    let content = of_name("Content")["possibleTypes"].as_array().unwrap();
    let names: Vec<_> = content.iter().map(|it| text(&it["name"])).collect();
    let kind = |name: &String| {
        let lists = |field: &Value| base(&field["type"])["name"] == format!("{name}Connection");
        let list = fields("Query").into_iter().find(lists).unwrap();
        let orders = of_name(&format!("{name}OrderField"));
        let orders = orders["enumValues"].as_array().unwrap();
        let needs = |field: &Value| {
            let arguments = field["args"].as_array().unwrap();
            arguments.iter().any(|it| it["type"]["kind"] == "NON_NULL")
        };
        let selection = |field: &Value| {
            let (called, of) = (text(&field["name"]), base(&field["type"]));
            let target = text(&of["name"]);
            let selected = match of["kind"].as_str().unwrap() {
                "SCALAR" | "ENUM" => called.clone(),
                _ if names.contains(&target) => format!("{called} {{ slug }}"),
                _ if target.ends_with("Connection") => {
                    let listed = fields(&target);
                    let edge = listed.iter().find(|it| it["name"] == "edges").unwrap();
                    let edge = fields(base(&edge["type"])["name"].as_str().unwrap());
                    let leaves = edge.iter().filter(|it| {
                        matches!(base(&it["type"])["kind"].as_str(), Some("SCALAR" | "ENUM"))
                    });
                    let leaves: Vec<_> = leaves.map(|it| text(&it["name"])).collect();
                    format!("{called} {{ totalCount edges {{ {} }} }}", leaves.join(" "))
                }
                _ => return None,
            };
            (!needs(field)).then_some((called, selected))
        };
        Kind {
            list: text(&list["name"]),
            orders: orders.iter().map(|it| text(&it["name"])).collect(),
            fields: fields(name).iter().filter_map(selection).collect(),
            name: name.clone(),
        }
    };
    names.iter().map(kind).collect()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_i64() == Some(0),
        Value::Array(items) => items.iter().all(is_empty),
        Value::Object(fields) => fields.values().all(is_empty),
        Value::Bool(truth) => !truth,
    }
}

#[tokio::test]
async fn whatever_is_shown_is_read() {
    for engine in engines() {
        // One reads all that it is asked. Another holds what it has read, with more and more columns.
        let reading = Service::forgetful(engine).await;
        let holding = Service::start(engine).await;
        let kinds = kinds(&reading).await;
        assert_eq!(kinds.len(), 14);
        let (mut shown, mut empty) = (0, Vec::new());
        for Kind {
            name, list, fields, ..
        } in &kinds
        {
            assert!(fields.len() > 10, "{name}");
            for (called, selected) in fields {
                let ask = |beside: &str| {
                    format!("{{ {list}(first: 100) {{ nodes {{ {selected} {beside} }} }} }}")
                };
                let nodes = async |service: &Service, beside: &str| {
                    let answer = service.data(&ask(beside)).await;
                    let nodes = answer[list]["nodes"].as_array().unwrap();
                    nodes
                        .iter()
                        .map(|it| it[called].clone())
                        .collect::<Vec<_>>()
                };
                let expected = nodes(&reading, ALL).await;
                assert!(!expected.is_empty(), "{name}");
                assert_eq!(nodes(&reading, "").await, expected, "{name}.{called}");
                assert_eq!(nodes(&holding, "").await, expected, "{name}.{called}, held");
                shown += 1;
                if expected.iter().all(is_empty) {
                    empty.push(format!("{name}.{called}"));
                }
            }
        }
        // What is the same whether it is read or not shows nothing.
        assert!(
            empty.len() * 4 < shown,
            "{} of {shown}: {empty:?}",
            empty.len()
        );
        // All of it is held by now, and fits together.
        for Kind {
            name, list, fields, ..
        } in &kinds
        {
            let mut selected = String::new();
            for (_, field) in fields {
                write!(selected, " {field}").unwrap();
            }
            let ask = format!("{{ {list}(first: 100) {{ nodes {{ {selected} }} }} }}");
            assert_eq!(holding.data(&ask).await, reading.data(&ask).await, "{name}");
        }
    }
}

/// Where there is not room for all, rows are held as few bytes: they show what they showed.
#[tokio::test]
async fn what_is_held_as_few_bytes_shows_the_same() {
    let flags = ["--row-cache-bytes", "40000", "--answer-cache-bytes", "0"];
    let reading = Service::forgetful(Engine::Sqlite).await;
    let crowded = Service::configured(&flags).await;
    let mut held = 0;
    for Kind { list, fields, .. } in kinds(&reading).await {
        for (called, field) in fields {
            let ask = format!("{{ {list}(first: 5) {{ nodes {{ slug {field} }} }} }}");
            let expected = reading.data(&ask).await;
            for _ in 0..3 {
                crowded.statements();
                assert_eq!(crowded.data(&ask).await, expected, "{list}.{called}");
            }
            held += usize::from(crowded.statements().is_empty());
        }
    }
    // They were not read each time.
    assert!(held > 100, "{held}");
}

#[tokio::test]
async fn what_is_held_as_few_bytes_is_found_however_it_is_asked_for() {
    const ROOM: u64 = 9_000;
    let room = ROOM.to_string();
    for ask in [
        "{ events(first: 1) { nodes { slug programme { slug title } } } }",
        "{ goals(first: 1) { nodes { slug programmes(first: 1) {
            nodes { slug title } pageInfo { hasNextPage hasPreviousPage } } } } }",
        "{ goals(first: 1) { nodes { slug programmes(last: 1) {
            nodes { slug title } pageInfo { hasNextPage hasPreviousPage } } } } }",
        r#"{ programme(by: {slug: "singpass"}) { slug title } }"#,
    ] {
        let flags = ["--row-cache-bytes", &room, "--answer-cache-bytes", "0"];
        let service = Service::configured(&flags).await;
        // Something else takes the room.
        let others = [
            "awards",
            "challenges",
            "initiatives",
            "media",
            "pages",
            "partners",
            "people",
            "quotes",
            "statistics",
            "strategies",
            "topics",
        ];
        let others = others.map(|list| format!("{list} {{ nodes {{ slug {ALL} }} }}"));
        service.data(&format!("{{ {} }}", others.join(" "))).await;
        let rows = service.metric("civigraph_cache_bytes").await;
        let (_, rows) = rows.iter().find(|(cache, _)| cache == "rows").unwrap();
        assert!(*rows > ROOM * 15 / 16, "{rows}");
        let expected = service.data(ask).await;
        // A list that brings rows is held when it comes for the fourth time.
        for _ in 0..4 {
            service.statements();
            assert_eq!(service.data(ask).await, expected, "{ask}");
        }
        assert_eq!(service.statements(), Vec::<String>::new(), "{ask}");
    }
}

#[tokio::test]
async fn whatever_a_list_goes_by_is_read_for_its_cursors() {
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        for Kind { list, orders, .. } in kinds(&service).await {
            for order in orders {
                let ask = |beside: &str| {
                    format!(
                        "{{ {list}(first: 2, orderBy: [{{field: {order}}}]) {{
                            edges {{ cursor node {{ slug {beside} }} }} pageInfo {{ endCursor }} }} }}"
                    )
                };
                let cursors = async |beside: &str| {
                    let answer = service.data(&ask(beside)).await;
                    let edges = answer[&list]["edges"].as_array().unwrap();
                    let mut cursors: Vec<_> = edges.iter().map(|it| it["cursor"].clone()).collect();
                    cursors.push(answer[&list]["pageInfo"]["endCursor"].clone());
                    cursors
                };
                assert_eq!(cursors("").await, cursors(ALL).await, "{list} by {order}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_shown_is_not_read() {
    let service = Service::forgetful(Engine::Sqlite).await;
    service.statements();
    let ask = "{ events { nodes { slug startsOn partners { nodes { title } } } } }";
    service.data(ask).await;
    let statements = service.statements().join("\n");
    assert!(
        statements.contains(r#""event"."starts_precision""#),
        "{statements}"
    );
    for column in [
        r#""event"."title""#,
        r#""event"."summary""#,
        r#""event"."venue""#,
        r#""partner"."slug""#,
        r#""event_partner"."role""#,
    ] {
        assert!(!statements.contains(column), "{column}: {statements}");
    }
}
