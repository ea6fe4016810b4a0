//! What is written straight to JSON is what the library would have answered; what is held is not read again, and
//! has its bounds.

use async_graphql::parser::parse_query;
use serde_json::{Value, json};

use crate::{
    database::{Engine, engines},
    service::Service,
};

/// An operation with selections that the library has to bring together: beside it the whole document goes the
/// library's way.
const TOGETHER: &str =
    " query Together { goals(first: 1) { nodes { slug } } goals(first: 1) { nodes { title } } }";

/// The answer to each operation of a document, by its name.
async fn answers(service: &Service, document: &str, names: &[String]) -> Vec<Value> {
    let mut answers = Vec::new();
    for name in names {
        let request = json!({ "query": document, "operationName": name });
        let (_, text) = service.text(&request).await;
        answers.push(serde_json::from_str(&text).unwrap());
    }
    answers
}

fn names(document: &str) -> Vec<String> {
    let document = parse_query(document).unwrap();
    let operations = document.operations.iter();
    operations
        .filter_map(|(name, _)| name.map(ToString::to_string))
        .collect()
}

#[tokio::test]
async fn what_is_written_is_what_the_library_answers() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/queries");
    let mut documents: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "graphql"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        // Another operation stands beside named ones only.
        .map(|document| document.replacen("\n{", "\nquery Alone {", 1))
        .collect();
    assert!(documents.len() > 10, "{}", documents.len());
    documents.extend([
        // Fragments on interfaces, on types that it is and is not, and leaves that stand several times.
        "query A { nodes: programmes(first: 2) { nodes { slug slug ...A ... on Content { title } ... on Node { id } } } } fragment A on Programme { slug title ... on Programme { kind } }".to_owned(),
        "query A { topics { nodes { title content { nodes { __typename title ... on Programme { kind } ... on Event { venue } } } } } }".to_owned(),
        // Errors below nullable and other fields, with their paths.
        "query A { goals { nodes { slug programmes(first: 1000) { nodes { slug } } } } ok: strategies { totalCount } }".to_owned(),
        r#"query A { goal(by: {slug: "trust"}) { title programmes(after: "nonsense") { nodes { slug } } } other: goal(by: {id: "nonsense"}) { title } }"#.to_owned(),
        "query A { programmes { nodes { parent { parts(first: -1) { totalCount } } url } } }".to_owned(),
    ]);
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        for document in &documents {
            let names = names(document);
            assert!(!names.is_empty(), "{document}");
            let written = answers(&service, document, &names).await;
            let together = document.clone() + TOGETHER;
            let answered = answers(&service, &together, &names).await;
            assert_eq!(written, answered, "{document}");
        }
    }
}

#[tokio::test]
async fn what_is_charged_is_what_was_written() {
    let service = Service::start(Engine::Sqlite).await;
    let answer = service
        .query("{ goals(first: 2) { totalCount nodes { __typename slug programmes(first: 1) { nodes { title } } } } }")
        .await;
    let goals = answer["data"]["goals"]["nodes"].as_array().unwrap();
    let titles = goals.iter().map(|goal| {
        let nodes = &goal["programmes"]["nodes"];
        nodes.as_array().unwrap().len() as u64
    });
    // `goals`, `totalCount` with what counting costs, `nodes`; of each goal `slug`, `programmes` and `nodes`.
    let charged = 3 + 10 + 2 * 3 + titles.sum::<u64>();
    assert_eq!(answer["extensions"]["cost"]["charged"], charged);
}

/// What is not at hand is asked for twice, also where a part of it is: it counts once.
#[tokio::test]
async fn what_is_asked_again_is_counted_once() {
    let lists = |inside: &str| {
        format!(
            "{{ programmes(first: 5) {{ nodes {{ title events(first: 4) {{ nodes {{ slug }} {inside} }} }} }} }}"
        )
    };
    let (part, whole) = (lists(""), lists("totalCount"));
    let service = Service::configured(&["--answer-cache-bytes", "0"]).await;
    let first = service.query(&whole).await;
    let programmes = first["data"]["programmes"]["nodes"].as_array().unwrap();
    let events = |programme: &Value| {
        let events = programme["events"]["nodes"].as_array();
        events.unwrap().len()
    };
    let rows: usize = programmes.len() + programmes.iter().map(events).sum::<usize>();
    assert!(rows > programmes.len(), "{first}");
    for (most, fits) in [(rows, true), (rows - 1, false)] {
        let most = most.to_string();
        let flags = ["--answer-cache-bytes", "0", "--max-rows", &most];
        let service = Service::configured(&flags).await;
        for query in [&part, &whole, &whole] {
            let answer = service.query(query).await;
            assert_eq!(answer["errors"].is_null(), fits, "{query} {answer}");
            if fits && query == &whole {
                assert_eq!(answer["extensions"]["cost"], first["extensions"]["cost"]);
            }
        }
    }
}

/// Other questions about the same content need no statement.
#[tokio::test]
async fn what_is_held_is_not_read_again() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let ask = |name: &str| {
            format!(
                "query {name} {{ goals {{ totalCount nodes {{ slug programmes {{ nodes {{ title url leadAgency {{ title }} }} }} }} }} }}"
            )
        };
        let first = service.data(&ask("First")).await;
        assert!(!service.statements().is_empty());
        assert_eq!(service.data(&ask("Second")).await, first);
        assert_eq!(service.statements(), Vec::<String>::new());
        // A row that came with a list is there for whoever asks for it by its slug or identifier.
        let slug = first["goals"]["nodes"][0]["slug"].as_str().unwrap();
        service
            .data(&format!(r#"{{ goal(by: {{slug: "{slug}"}}) {{ id }} }}"#))
            .await;
        assert_eq!(
            service.statements().len(),
            1,
            "by its slug it was not asked for yet"
        );
        let data = service
            .data(&format!(
                r#"{{ goal(by: {{slug: "{slug}"}}) {{ id slug }} }}"#
            ))
            .await;
        let id = data["goal"]["id"].as_str().unwrap();
        service
            .data(&format!(r#"{{ goal(by: {{id: "{id}"}}) {{ slug }} }}"#))
            .await;
        assert_eq!(service.statements(), Vec::<String>::new());
        // What was not shown of it was not read; what was is held all the same.
        service
            .data(&format!(r#"{{ goal(by: {{id: "{id}"}}) {{ title }} }}"#))
            .await;
        assert_eq!(service.statements().len(), 1);
        service
            .data(&format!(
                r#"{{ goal(by: {{id: "{id}"}}) {{ title slug }} }}"#
            ))
            .await;
        assert_eq!(service.statements(), Vec::<String>::new());
    }
}

/// A stream of questions that never repeat fills no more than there is room for.
#[tokio::test]
async fn caches_keep_their_bounds() {
    const MOST: u64 = 300_000;
    let most = MOST.to_string();
    let flags = [
        "--row-cache-bytes",
        &most,
        "--answer-cache-bytes",
        &most,
        "--parsed-document-bytes",
        &most,
    ];
    let service = Service::configured(&flags).await;
    for number in 0..400 {
        let query = format!(
            r#"query Q{number} {{ programmes(first: {}, filter: {{title: {{contains: "{}"}}}}) {{ totalCount nodes {{ title events(first: {}) {{ nodes {{ title }} }} }} }} }}"#,
            number % 100 + 1,
            "x".repeat(number % 50) + &number.to_string(),
            number % 90 + 1
        );
        service.data(&query).await;
        service.data(&format!("query R{number} {{ goals(first: {}) {{ nodes {{ title programmes(first: {}) {{ nodes {{ title }} }} }} }} }}", number % 100, number % 97)).await;
    }
    let kept = service.metric("civigraph_cache_bytes").await;
    assert_eq!(kept.len(), 4, "{kept:?}");
    for (cache, bytes) in kept {
        assert!(bytes <= MOST, "{cache}: {bytes}");
        assert!(bytes > MOST / 10, "{cache} is hardly used: {bytes}");
    }
}
