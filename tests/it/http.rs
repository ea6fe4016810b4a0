//! What HTTP clients see.

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    database::{Engine, engines},
    service::Service,
};

#[tokio::test]
async fn fields_come_in_the_order_they_were_asked_for() {
    let service = Service::start(Engine::Sqlite).await;
    let query = "{ goals(first: 1) { nodes { title programmes { nodes { slug } pageInfo { hasNextPage } } slug } totalCount } }";
    let (_, text) = service.text(&json!({ "query": query })).await;
    let place = |field: &str| text.find(field).unwrap();
    assert!(place("\"title\"") < place("\"programmes\""));
    assert!(place("\"pageInfo\"") < place("\"slug\":\"trust\""));
    assert!(place("\"slug\":\"trust\"") < place("\"totalCount\""));
}

#[tokio::test]
async fn a_variable_that_is_not_sent_is_as_if_it_was_not_there() {
    let service = Service::start(Engine::Sqlite).await;
    let query = "query($first: Int, $after: String) { programmes(first: $first, after: $after) { nodes { slug } } }";
    let (_, unsent) = service.text(&json!({ "query": query })).await;
    let (_, null) = service
        .text(&json!({ "query": query, "variables": { "first": null, "after": null } }))
        .await;
    assert!(unsent.contains("singpass"), "{unsent}");
    assert_eq!(unsent, null);
}

#[tokio::test]
async fn an_error_takes_only_what_it_must() {
    let service = Service::start(Engine::Sqlite).await;
    let query =
        r#"{ ok: goal(by: {slug: "trust"}) { title } bad: goal(by: {id: "nonsense"}) { title } }"#;
    let answer = service.query(query).await;
    assert_eq!(
        answer["data"],
        json!({ "ok": { "title": "Trust" }, "bad": null })
    );
    assert_eq!(answer["errors"][0]["path"], json!(["bad"]));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn identifiers_lead_back_to_what_they_name() {
    let service = Service::forgetful(Engine::Sqlite).await;
    let data = service
        .data("{ programmes { nodes { __typename id } } events { nodes { __typename id } } partners { nodes { __typename id } } }")
        .await;
    let mut nodes = Vec::new();
    for list in ["programmes", "events", "partners"] {
        nodes.extend(data[list]["nodes"].as_array().unwrap().clone());
    }
    nodes.reverse();
    let ids: Vec<_> = nodes.iter().map(|node| node["id"].clone()).collect();
    service.statements();
    let body = json!({ "query": "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", "variables": { "ids": ids } });
    let (_, text) = service.text(&body).await;
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["data"]["nodes"], Value::Array(nodes));
    assert_eq!(service.statements().len(), 3, "one a kind");

    let id = ids[0].as_str().unwrap();
    let query = format!(
        r#"{{ found: node(id: "{id}") {{ id ... on Content {{ slug title }} }} none: node(id: "goal:00000000-0000-0000-0000-000000000000") {{ id }} }}"#
    );
    let data = service.data(&query).await;
    assert_eq!(data["found"]["id"], id);
    assert_eq!(data["none"], Value::Null);
}

#[tokio::test]
async fn an_identifier_of_another_kind_is_the_callers_mistake() {
    let service = Service::start(Engine::Sqlite).await;
    let data = service
        .data(r#"{ goal(by: {slug: "trust"}) { id } }"#)
        .await;
    let id = data["goal"]["id"].as_str().unwrap();
    let answer = service
        .query(&format!(
            r#"{{ programme(by: {{id: "{id}"}}) {{ title }} }}"#
        ))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_query_that_asks_for_too_much_is_told_the_limit() {
    let service = Service::configured(&["--max-rows", "10"]).await;
    let query = "{ goals { nodes { programmes { nodes { media { nodes { url } } } } } } }";
    let answer = service.query(query).await;
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("more than 10 rows"),
        "{error}"
    );
    assert_eq!(answer["data"], Value::Null);

    let service = Service::configured(&["--max-depth", "3"]).await;
    let answer = service.query(query).await;
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("nest 7 levels, but at most 3"),
        "{error}"
    );
    assert_eq!(service.statements(), Vec::<String>::new());
}

/// 3.2 KB of brackets would overflow the parser's stack and end the process; 695 bytes of fragments would
/// keep it busy for 20 seconds.
#[tokio::test]
async fn a_document_that_would_harm_the_server_is_refused() {
    let service = Service::start(Engine::Sqlite).await;
    let brackets = format!(
        "{{ goals(after: {}) {{ totalCount }} }}",
        "[".repeat(50_000)
    );
    let answer = service.query(&brackets).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "LIMIT_EXCEEDED");
    let fragment = |level| {
        let next = level + 1;
        format!("fragment f{level} on Query {{ ...f{next} ...f{next} }}")
    };
    let fragments: Vec<_> = (0..40).map(fragment).collect();
    let bomb = format!(
        "{{ ...f0 }} {} fragment f40 on Query {{ __typename }}",
        fragments.join(" ")
    );
    let answer = service.query(&bomb).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "LIMIT_EXCEEDED");
    let answer = service.query("{ goals ").await;
    assert_eq!(
        answer["errors"][0]["extensions"]["code"],
        "GRAPHQL_PARSE_FAILED"
    );
}

#[tokio::test]
async fn what_is_no_request_is_told_so() {
    let service = Service::start(Engine::Sqlite).await;
    let request = |body: String| {
        Request::post("/graphql")
            .header("content-type", "application/json")
            .body(Body::from(body))
            .unwrap()
    };
    let answer = service.send(request("{".to_owned())).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["errors"][0]["extensions"]["code"], "BAD_REQUEST");
    let answer = service.send(request("x".repeat(300_000))).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn queries_may_come_by_get() {
    let service = Service::start(Engine::Sqlite).await;
    let query = "query=%7B%20goals%20%7B%20totalCount%20%7D%20%7D";
    for _ in 0..3 {
        let request = Request::get(format!("/graphql?{query}"))
            .header("accept", "application/json")
            .body(Body::empty())
            .unwrap();
        let answer = service.send(request).await;
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        assert_eq!(&body[..], br#"{"data":{"goals":{"totalCount":3}},"extensions":{"cost":{"requested":12,"charged":12}}}"#);
    }
    let answers = service.metric("civigraph_answers_total").await;
    assert!(answers.contains(&("hit".to_owned(), 2)), "{answers:?}");
    // What was sent as an address is not known as a body.
    let body = Request::post("/graphql")
        .header("content-type", "application/json")
        .body(Body::from(query))
        .unwrap();
    assert_eq!(service.send(body).await.status(), StatusCode::BAD_REQUEST);
}

/// What fails on our side is told without a word of how.
#[tokio::test]
async fn our_failures_say_nothing_of_the_database() {
    let service = Service::start(Engine::Sqlite).await;
    service.lose_media().await;
    let answer = service
        .query(r#"{ goal(by: {slug: "trust"}) { title media { nodes { url } } } }"#)
        .await;
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "INTERNAL_SERVER_ERROR");
    let message = error["message"].as_str().unwrap();
    assert!(
        !message.contains("node_media") && !message.contains("SQL"),
        "{message}"
    );
}

#[tokio::test]
async fn days_that_no_calendar_has_are_the_callers_mistake() {
    for engine in engines() {
        let service = Service::start(engine).await;
        for day in ["-9999-1-01", "+12345-1-1", "2026-5-4", "9999-99-99"] {
            let query = format!("{{ overdueReviews(on: {day:?}) {{ totalCount }} }}");
            let answer = service.query(&query).await;
            assert_eq!(
                answer["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED",
                "{day}"
            );
        }
        // A cursor of the right list with a day of no calendar.
        let query = "{ strategies(first: 1) { pageInfo { endCursor } } }";
        let data = service.data(query).await;
        let cursor = data["strategies"]["pageInfo"]["endCursor"]
            .as_str()
            .unwrap();
        let place = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(cursor).unwrap()).unwrap();
        let place = place.replace("2024-10-01", "-9999-01-01");
        let cursor = BASE64_URL_SAFE_NO_PAD.encode(place);
        let query = format!("{{ strategies(after: {cursor:?}) {{ totalCount }} }}");
        let answer = service.query(&query).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_CURSOR");
    }
}

/// The SHA-256 of `{__typename}`.
const HASH: &str = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";

fn sha(query: &str) -> String {
    use sha2::Digest;
    let hash = sha2::Sha256::digest(query);
    let hex: Vec<_> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.concat()
}

async fn persisted(service: &Service, query: Option<&str>, hash: &str, version: i64) -> Value {
    let extensions = json!({"persistedQuery": {"version": version, "sha256Hash": hash}});
    let mut body = json!({ "extensions": extensions });
    if let Some(query) = query {
        body["query"] = query.into();
    }
    let (_, text) = service.text(&body).await;
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn a_document_is_sent_once_and_then_meant_by_its_hash() {
    let service = Service::configured(&[]).await;
    let code = |answer: &Value| answer["errors"][0]["extensions"]["code"].clone();
    let miss = persisted(&service, None, HASH, 1).await;
    assert_eq!(miss["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(code(&miss), "PERSISTED_QUERY_NOT_FOUND");
    let wrong = persisted(&service, Some("{ __typename }"), HASH, 1).await;
    assert_eq!(code(&wrong), "BAD_USER_INPUT");
    let newer = persisted(&service, Some("{__typename}"), HASH, 2).await;
    assert_eq!(code(&newer), "PERSISTED_QUERY_NOT_SUPPORTED");
    assert_eq!(
        code(&persisted(&service, None, HASH, 1).await),
        "PERSISTED_QUERY_NOT_FOUND"
    );
    let sent = persisted(&service, Some("{__typename}"), HASH, 1).await;
    assert_eq!(sent["data"]["__typename"], "Query");
    assert_eq!(persisted(&service, None, HASH, 1).await, sent);
    let uri = format!(
        "/graphql?extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22{HASH}%22%7D%7D"
    );
    for _ in 0..2 {
        let request = Request::get(&uri)
            .header("accept", "application/json")
            .body(Body::empty())
            .unwrap();
        let response = service.send(request).await;
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), sent);
    }
}

#[tokio::test]
async fn documents_are_kept_within_bounds_and_only_if_they_pass_the_guards() {
    let service = Service::configured(&["--persisted-query-bytes", "20000"]).await;
    let broken = "{".repeat(200);
    persisted(&service, Some(&broken), &sha(&broken), 1).await;
    let kept = persisted(&service, None, &sha(&broken), 1).await;
    assert_eq!(kept["errors"][0]["message"], "PersistedQueryNotFound");
    let query = |number: usize| format!("{{ a{number}: __typename }} # {}", "x".repeat(1_000));
    for number in 0..50 {
        let query = query(number);
        persisted(&service, Some(&query), &sha(&query), 1).await;
    }
    let mut kept = 0;
    for number in 0..50 {
        let answer = persisted(&service, None, &sha(&query(number)), 1).await;
        kept += usize::from(answer["errors"].is_null());
    }
    assert!(
        (1..=20).contains(&kept),
        "{kept} documents of 1 kB in 20 kB"
    );
}

/// Whatever a request sends in the place of its document, that is held with it.
#[tokio::test]
async fn what_is_known_of_requests_is_weighed_with_its_documents() {
    let service = Service::configured(&[]).await;
    for number in 0..5 {
        let query = format!("{{ a{number}: __typename }} # {}", "x".repeat(40_000));
        let hash = sha(&query);
        persisted(&service, Some(&query), &hash, 1).await;
        persisted(&service, None, &hash, 1).await;
    }
    let bytes = service.metric("civigraph_cache_bytes").await;
    let known = bytes.iter().find(|(cache, _)| cache == "requests");
    assert!(known.unwrap().1 > 200_000, "{bytes:?}");
}

#[tokio::test]
async fn what_is_no_query_is_not_answered_by_get() {
    let service = Service::configured(&[]).await;
    for (query, status) in [
        (
            "mutation%20%7B__typename%7D",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (
            "query%20a%7B__typename%7D%20mutation%20b%7B__typename%7D&operationName=b",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        ("query%20a%7B__typename%7D&operationName=a", StatusCode::OK),
    ] {
        // Once more, when it is known.
        for _ in 0..2 {
            let request = Request::get(format!("/graphql?query={query}"))
                .header("accept", "application/json")
                .body(Body::empty())
                .unwrap();
            assert_eq!(service.send(request).await.status(), status, "{query}");
        }
    }
}
