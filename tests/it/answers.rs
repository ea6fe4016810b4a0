//! Answers that are kept: never out of date, never of another question.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, Response, StatusCode},
};
use civigraph::publish::publish;
use serde_json::{Value, json};

use crate::{
    database::{Engine, TestDatabase, engines},
    service::{Service, documents, named, noon, world},
};

const QUERY: &str = r"query Titles($slug: String!) { programme(by: {slug: $slug}) { id title } }";

/// Its answer is worth compressing.
const LONG: &str = "{ __schema { types { name description } } }";

fn request(body: &Value, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::post("/graphql").header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_string())).unwrap()
}

fn get(query: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let mut request = Request::get(format!("/graphql?query={query}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

async fn body(response: Response<Body>) -> Vec<u8> {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    bytes.to_vec()
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

/// How many statements a request takes beside those that ask for the content revision.
async fn statements(service: &Service, body: &Value) -> usize {
    service.statements();
    service.text(body).await;
    service.statements().len()
}

#[tokio::test]
async fn what_was_answered_is_not_read_again() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let ask = |slug| json!({ "query": QUERY, "variables": { "slug": slug } });
        assert!(statements(&service, &ask("singpass")).await > 0);
        let (_, first) = service.text(&ask("singpass")).await;
        assert_eq!(statements(&service, &ask("singpass")).await, 0);
        let (_, second) = service.text(&ask("singpass")).await;
        assert_eq!(first, second);
        // Other variables are another question, wherever they stand.
        assert!(statements(&service, &ask("parking-sg")).await > 0);
        let spaced = json!({ "variables": { "slug": "singpass" }, "query": QUERY, "operationName": "Titles" });
        assert_eq!(service.text(&spaced).await.1, first);
    }
}

/// Two processes on one database: what one publishes, the other answers at once.
#[tokio::test]
async fn no_answer_is_older_than_what_is_published() {
    for engine in engines() {
        let database = TestDatabase::new(engine).await;
        let db = database.connect_migrated().await;
        let other = database.connect().await;
        let mut documents = documents(&world());
        publish(&db, &documents, noon()).await.unwrap();
        let service = Service::on(database, db, &[]);
        let ask = json!({ "query": QUERY, "variables": { "slug": "singpass" } });
        for number in 0..20 {
            let title = format!("Singpass {number}");
            named(&mut documents, "singpass").piece.title = title.clone();
            publish(&other, &documents, noon()).await.unwrap();
            for _ in 0..3 {
                let (_, text) = service.text(&ask).await;
                assert!(text.contains(&title), "{title}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn errors_are_not_kept() {
    let service = Service::forgetful(Engine::Sqlite).await;
    let query = r#"{ bad: goal(by: {id: "nonsense"}) { title } ok: goals { totalCount } }"#;
    let ask = json!({ "query": query });
    assert!(statements(&service, &ask).await > 0);
    assert!(statements(&service, &ask).await > 0);
}

/// Whoever asks the same at the same time waits for one answer.
#[tokio::test]
async fn what_many_ask_at_once_is_read_once() {
    let service = Arc::new(Service::forgetful(Engine::Sqlite).await);
    let ask = json!({ "query": "{ goals { nodes { title } } }" });
    service.statements();
    let asking: Vec<_> = (0..20)
        .map(|_| {
            let (service, ask) = (service.clone(), ask.clone());
            tokio::spawn(async move { service.text(&ask).await.1 })
        })
        .collect();
    let mut answers = Vec::new();
    for answer in asking {
        answers.push(answer.await.unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    assert_eq!(service.statements().len(), 1);
}

#[tokio::test]
async fn a_client_that_has_the_answer_is_told_so() {
    let service = Service::start(Engine::Sqlite).await;
    let query = LONG;
    let accept = ("accept", "application/graphql-response+json");
    let mut tags = Vec::new();
    for coding in ["identity", "gzip", "br"] {
        let coding = ("accept-encoding", coding);
        let response = service.send(get(query, &[accept, coding])).await;
        assert_eq!(response.status(), StatusCode::OK);
        let tag = header(response.headers(), "etag").to_owned();
        let known = ("if-none-match", tag.as_str());
        let response = service.send(get(query, &[accept, coding, known])).await;
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{tag}");
        assert_eq!(header(response.headers(), "etag"), tag);
        assert_eq!(body(response).await, b"");
        tags.push(tag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3, "each representation has its own tag");
    let other = ("if-none-match", "\"other\"");
    let response = service.send(get(query, &[accept, other])).await;
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn answers_come_compressed_to_those_who_take_it() {
    use std::io::Read;
    let service = Service::start(Engine::Sqlite).await;
    let ask = json!({ "query": LONG });
    let plain = body(service.send(request(&ask, &[])).await).await;
    assert!(plain.len() > 1_000);
    for coding in ["gzip", "br"] {
        let response = service
            .send(request(&ask, &[("accept-encoding", coding)]))
            .await;
        assert_eq!(header(response.headers(), "content-encoding"), coding);
        assert!(header(response.headers(), "vary").contains("accept-encoding"));
        let coded = body(response).await;
        assert!(coded.len() < plain.len());
        let mut read = Vec::new();
        match coding {
            "gzip" => flate2::read::GzDecoder::new(&coded[..]).read_to_end(&mut read),
            _ => brotli::Decompressor::new(&coded[..], 4096).read_to_end(&mut read),
        }
        .unwrap();
        assert_eq!(read, plain);
    }
}

#[tokio::test]
async fn networks_are_told_what_to_keep_and_what_it_depends_on() {
    let service = Service::start(Engine::Sqlite).await;
    let heads = async |query: &str| {
        let response = service.send(request(&json!({ "query": query }), &[])).await;
        response.headers().clone()
    };
    let headers = heads(r#"{ programme(by: {slug: "singpass"}) { id title } }"#).await;
    assert_eq!(header(&headers, "cache-control"), "public, max-age=60");
    let data = service
        .data(r#"{ programme(by: {slug: "singpass"}) { id } }"#)
        .await;
    let id = data["programme"]["id"].as_str().unwrap();
    assert_eq!(header(&headers, "surrogate-key"), id);
    // Where nothing was found, something may be found later.
    let headers = heads(r#"{ programme(by: {slug: "nonsense"}) { title } }"#).await;
    assert_eq!(header(&headers, "surrogate-key"), "list:programme");
    // A list depends on what comes into it, and a filter on what it looks at.
    let headers = heads(
        r#"{ events(first: 1, filter: {programme: {is: {title: {contains: "x"}}}}) { totalCount } }"#,
    )
    .await;
    let keys = header(&headers, "surrogate-key");
    assert!(
        keys.contains("list:event") && keys.contains("list:programme"),
        "{keys}"
    );
    // Who asks what is new wants to know.
    let headers = heads("{ contentRevision programmes { totalCount } }").await;
    assert_eq!(header(&headers, "cache-control"), "public, no-cache");
    let headers = heads("{ programmes(first: -1) { totalCount } }").await;
    assert_eq!(header(&headers, "cache-control"), "no-store");
    assert_eq!(header(&headers, "etag"), "");
}

/// More pieces than keys fit into a header: one key that every change purges.
#[tokio::test]
async fn an_answer_of_very_many_pieces_depends_on_all_content() {
    let files = civigraph::catalogue::Files::Bundled;
    let service = Service::over(Engine::Sqlite, &files).await;
    let ask = json!({ "query": "{ programmes(first: 100) { nodes { id } } }" });
    let response = service.send(request(&ask, &[])).await;
    assert_eq!(header(response.headers(), "surrogate-key"), "content");
}

/// What fails on our side has the identifier that the log has.
#[tokio::test]
async fn a_failure_has_the_identifier_of_its_request() {
    let service = Service::start(Engine::Sqlite).await;
    service.lose_media().await;
    let ask = json!({ "query": r#"{ goal(by: {slug: "trust"}) { media { nodes { url } } } }"# });
    let response = service
        .send(request(&ask, &[("x-request-id", "proxy-17")]))
        .await;
    assert_eq!(header(response.headers(), "x-request-id"), "proxy-17");
    let answer: Value = serde_json::from_slice(&body(response).await).unwrap();
    assert_eq!(answer["errors"][0]["extensions"]["requestId"], "proxy-17");
    let strange = [("x-request-id", "a b\"c")];
    let response = service.send(request(&ask, &strange)).await;
    assert_eq!(header(response.headers(), "x-request-id").len(), 32);
}
