//! Everything that the four seed documents state is in the graph: `facts.tsv` says where.

use std::collections::HashMap;

use civigraph::catalogue::Files;
use serde_json::Value;

use crate::{
    database::Engine,
    service::{Service, documents},
};

/// A fact: what it says of what, the piece that tells it, the field or link that does, and the text to
/// look for there.
struct Fact<'t> {
    told: String,
    piece: &'t str,
    field: &'t str,
    text: &'t str,
}

fn facts() -> Vec<Fact<'static>> {
    let rows = include_str!("facts.tsv").lines().skip(1);
    rows.map(|row| {
        let columns: Vec<_> = row.split('\t').collect();
        let [kind, name, relation, target, piece, field, text] = columns[..] else {
            panic!("a row has seven columns: {row}")
        };
        Fact {
            told: format!("{kind} {name} {relation} {target}"),
            piece,
            field,
            text,
        }
    })
    .collect()
}

/// White space means nothing.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the graph says of each piece, by `kind:slug`: fields with their texts, links with `kind:slug`.
async fn graph() -> HashMap<String, Vec<(String, String)>> {
    let service = Service::over(Engine::Sqlite, &Files::Bundled).await;
    let documents = documents(&Files::Bundled);
    let mut graph = HashMap::new();
    for documents in documents.chunks(100) {
        let ids: Vec<_> = documents
            .iter()
            .map(|document| document.id().to_string())
            .collect();
        let query = format!(
            "{{ nodes(ids: {ids:?}) {{ id ... on Content {{ title summary url body {{ markdown }}
                editions(first: 1) {{ nodes {{ document {{ links {{ path to }} details {{ field values }} }} }} }} }} }} }}"
        );
        let data = service.data(&query).await;
        for (document, node) in documents.iter().zip(data["nodes"].as_array().unwrap()) {
            let kind = document.id().to_string();
            let kind = kind.split(':').next().unwrap();
            let name = format!("{kind}:{}", document.piece.slug);
            graph.insert(name, said(node));
        }
    }
    graph
}

fn said(node: &Value) -> Vec<(String, String)> {
    let mut said = Vec::new();
    let mut say = |field: &str, text: &Value| {
        if let Some(text) = text.as_str() {
            said.push((field.to_owned(), folded(text)));
        }
    };
    say("title", &node["title"]);
    say("summary", &node["summary"]);
    say("url", &node["url"]);
    say("body", &node["body"]["markdown"]);
    let document = &node["editions"]["nodes"][0]["document"];
    for link in document["links"].as_array().unwrap() {
        let path = link["path"].as_str().unwrap();
        let field = path.split(['[', '.']).next().unwrap();
        say(field, &link["to"]);
    }
    for detail in document["details"].as_array().unwrap() {
        for value in detail["values"].as_array().unwrap() {
            say(detail["field"].as_str().unwrap(), value);
        }
    }
    said
}

#[tokio::test]
async fn every_fact_of_the_seeds_is_in_the_graph() {
    let facts = facts();
    assert_eq!(facts.len(), 165);
    let graph = graph().await;
    let mut missing = Vec::new();
    for fact in facts {
        let text = folded(fact.text);
        let said = graph.get(fact.piece).map(Vec::as_slice).unwrap_or_default();
        let link = format!(":{text}");
        let found = said.iter().any(|(field, value)| {
            field == fact.field && (value.contains(&text) || value.ends_with(&link))
        });
        if !found {
            let Fact {
                told, piece, field, ..
            } = fact;
            missing.push(format!("{told}: {piece} {field} {text}"));
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// The size that makes the catalogue worth exploring.
#[tokio::test]
async fn the_catalogue_is_rich() {
    let service = Service::over(Engine::Sqlite, &Files::Bundled).await;
    let data = service
        .data("{ programmes { totalCount } partners { totalCount } events { totalCount } media { totalCount } statistics { totalCount } }")
        .await;
    for (list, least) in [
        ("programmes", 60),
        ("partners", 40),
        ("events", 40),
        ("media", 60),
        ("statistics", 80),
    ] {
        let count = data[list]["totalCount"].as_i64().unwrap();
        assert!(count >= least, "{count} {list}");
    }
}
