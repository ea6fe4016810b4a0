//! What one request may ask for: every limit is told beforehand, and by its error.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use civigraph::{publish::publish, store};
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use serde_json::{Value, json};

use crate::{
    database::{Engine, TestDatabase, engines},
    service::{Service, documents, noon, world},
};

const LIMITS: &str = "{ service { limits { requestBytes documentBytes tokens nesting nameLength depth fields aliases rootFields directives variables introspectionDepth cost rows pageSize batchSize milliseconds socketOperations } } }";

/// What an error says of its limit.
async fn refused(service: &Service, query: &str) -> Value {
    let answer = service.query(query).await;
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED", "{answer}");
    assert_eq!(answer["data"], Value::Null);
    let said = |name: &str| error["extensions"][name].clone();
    json!([said("limit"), said("asked"), said("allowed")])
}

#[tokio::test]
async fn every_limit_can_be_read_and_names_itself() {
    let service = Service::configured(&["--max-cost", "50000"]).await;
    let limits = service.data(LIMITS).await["service"]["limits"].clone();
    let most = |name: &str| usize::try_from(limits[name].as_u64().unwrap()).unwrap();
    let many = |what: &str, number: usize| what.repeat(number);
    let numbered =
        |of: &dyn Fn(usize) -> String, number: usize| -> String { (0..number).map(of).collect() };
    let more = |name: &str| most(name) + 1;
    let cases = [
        ("documentBytes", format!("{{ __typename }} # {}", many("x", most("documentBytes")))),
        ("tokens", format!("{{ {} }}", many("id ", more("tokens")))),
        ("nesting", format!("{{ goals(after: {}", many("[", more("nesting")))),
        ("nameLength", format!("{{ {} }}", many("n", more("nameLength")))),
        ("depth", format!("{{ {} id {} }}", many("goals { ", more("depth")), many("} ", more("depth")))),
        ("aliases", format!("{{ goals {{ {} }} }}", numbered(&|number| format!("a{number}: totalCount "), more("aliases")))),
        ("rootFields", format!("{{ {} }}", many("contentRevision ", more("rootFields")))),
        ("directives", format!("{{ contentRevision {} }}", many("@include(if: true) ", more("directives")))),
        ("variables", format!("query({}) {{ contentRevision }}", numbered(&|number| format!("$v{number}: Int "), more("variables")))),
        ("introspectionDepth", "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }".to_owned()),
        ("cost", "{ goals(first: 100) { nodes { programmes(first: 100) { nodes { partners(first: 100) { nodes { title } } } } } } }".to_owned()),
    ];
    for (limit, query) in cases {
        let told = refused(&service, &query).await;
        assert_eq!(told[0], limit, "{told}");
        assert_eq!(told[2], limits[limit], "{told}");
        assert!(told[1].as_u64() > told[2].as_u64(), "{told}");
    }
    let spread = format!(
        "{{ {} }} fragment f on Query {{ {} }}",
        many("...f ", 40),
        many("contentRevision ", 200)
    );
    let told = refused(&service, &spread).await;
    assert!(told[0] == "fields" || told[0] == "rootFields", "{told}");
}

#[tokio::test]
async fn every_answer_says_what_it_cost() {
    let service = Service::configured(&["--max-cost", "50000"]).await;
    let cost = async |query: &str| {
        let answer = service.query(query).await;
        answer["extensions"]["cost"].clone()
    };
    // goals, and in 10 nodes title and programmes, and in 5 nodes of each of these title.
    let query = "{ goals(first: 10) { nodes { title programmes(first: 5) { nodes { title } } } } }";
    let told = cost(query).await;
    assert_eq!(told["requested"], 1 + 1 + 10 * (1 + 1 + 1 + 5));
    // There are three goals.
    assert!(told["charged"].as_u64() < Some(40), "{told}");
    assert_eq!(cost("{ __typename }").await["requested"], 0);
    assert_eq!(
        cost("{ __schema { types { name } } }").await["requested"],
        0
    );
}

#[tokio::test]
async fn introspection_is_never_too_much() {
    let service = Service::configured(&["--max-cost", "1", "--max-depth", "2"]).await;
    let deep = "type { name ofType { name ofType { name ofType { name ofType { name ofType { name } } } } } }";
    let query = format!(
        "{{ __schema {{ queryType {{ name }} types {{ name kind fields(includeDeprecated: true) {{ name args {{ name defaultValue {deep} }} {deep} }} inputFields {{ name {deep} }} interfaces {{ name }} possibleTypes {{ name }} enumValues {{ name }} }} directives {{ name locations args {{ name {deep} }} }} }} }}"
    );
    let data = service.data(&query).await;
    assert!(data["__schema"]["types"].as_array().unwrap().len() > 50);
}

/// The database stops, too: a statement that nobody waits for any more would take a connection.
#[tokio::test]
async fn what_takes_too_long_is_stopped() {
    for engine in engines() {
        let database = TestDatabase::new(engine).await;
        let db = database.connect_migrated().await;
        publish(&db, &documents(&world()), noon()).await.unwrap();
        let longest = Duration::from_millis(300);
        let short = store::connect(&database.url, 2, Some(longest))
            .await
            .unwrap();
        match engine {
            Engine::Postgres => {
                let lock = db.begin().await.unwrap();
                lock.execute_unprepared("LOCK TABLE goal IN ACCESS EXCLUSIVE MODE")
                    .await
                    .unwrap();
                let service = Service::on(database, short.clone(), &["--max-milliseconds", "300"]);
                for _ in 0..3 {
                    let answer = service.query("{ goals { nodes { title } } }").await;
                    let error = &answer["errors"][0];
                    assert_eq!(error["extensions"]["code"], "TIMEOUT", "{answer}");
                }
                // Nothing waits for the lock any more.
                tokio::time::sleep(Duration::from_millis(500)).await;
                let waiting = "SELECT COUNT(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
                let waiting = Statement::from_string(lock.get_database_backend(), waiting);
                let row = lock.query_one_raw(waiting).await.unwrap().unwrap();
                assert_eq!(row.try_get::<i64>("", "waiting").unwrap(), 0);
                lock.rollback().await.unwrap();
                service.data("{ goals { nodes { title } } }").await;
            }
            Engine::Sqlite => {
                // A statement that would take minutes.
                let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT COUNT(*) FROM n";
                let endless = Statement::from_string(short.get_database_backend(), endless);
                let error = short.query_one_raw(endless).await.unwrap_err();
                assert_eq!(store::Trouble::of(&error), store::Trouble::Stopped);
                let service = Service::on(database, short, &[]);
                service.data("{ goals { nodes { title } } }").await;
            }
        }
    }
}

async fn post(service: &Service, body: String, headers: &[(&str, &str)]) -> (StatusCode, Value) {
    let mut request = Request::post("/graphql");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = service.send(request.body(Body::from(body)).unwrap()).await;
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap())
}

#[tokio::test]
async fn batches_are_refused_unless_they_are_allowed() {
    const JSON: (&str, &str) = ("content-type", "application/json");
    let batch = |number: usize| json!(vec![json!({ "query": "{ contentRevision }" }); number]);
    let service = Service::configured(&[]).await;
    let (status, answer) = post(&service, batch(2).to_string(), &[JSON]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST");
    let service = Service::configured(&["--max-batch", "3"]).await;
    let (status, answer) = post(&service, batch(3).to_string(), &[JSON]).await;
    assert_eq!(
        (status, answer.as_array().unwrap().len()),
        (StatusCode::OK, 3)
    );
    assert_eq!(answer[2]["data"]["contentRevision"], 1);
    let (status, answer) = post(&service, batch(4).to_string(), &[JSON]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(answer["errors"][0]["extensions"]["limit"], "batchSize");
}

#[tokio::test]
async fn what_a_page_of_another_site_could_send_is_refused() {
    let query = json!({ "query": "{ __typename }" }).to_string();
    let service = Service::configured(&["--cors-origins", "https://good.example"]).await;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ] {
        let (status, answer) = post(&service, query.clone(), &[("content-type", kind)]).await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let code = &answer["errors"][0]["extensions"]["code"];
        assert_eq!(code, "UNSUPPORTED_MEDIA_TYPE");
    }
    let get = async |headers: &[(&str, &str)]| {
        let mut request = Request::get("/graphql?query=%7B__typename%7D");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = service.send(request.body(Body::empty()).unwrap()).await;
        response.status()
    };
    let json = ("accept", "application/json");
    let refused = StatusCode::BAD_REQUEST;
    // A link, a picture, a script.
    assert_eq!(get(&[]).await, refused);
    assert_eq!(get(&[("accept", "*/*")]).await, refused);
    assert_eq!(get(&[("accept", "text/html,*/*;q=0.8")]).await, refused);
    // A script of another site.
    assert_eq!(
        get(&[json, ("sec-fetch-site", "cross-site")]).await,
        refused
    );
    assert_eq!(
        get(&[json, ("origin", "https://evil.example"), ("host", "here")]).await,
        refused
    );
    // Who is no page, this site's own pages, and those of a site that is allowed.
    assert_eq!(get(&[json]).await, StatusCode::OK);
    assert_eq!(
        get(&[json, ("sec-fetch-site", "same-origin")]).await,
        StatusCode::OK
    );
    assert_eq!(
        get(&[
            json,
            ("origin", "https://good.example"),
            ("sec-fetch-site", "cross-site")
        ])
        .await,
        StatusCode::OK
    );
    assert_eq!(
        get(&[("graphql-require-preflight", "1")]).await,
        StatusCode::OK
    );
    assert_eq!(
        get(&[("x-apollo-operation-name", "A")]).await,
        StatusCode::OK
    );
}

#[tokio::test]
async fn bodies_are_bounded_and_not_decompressed() {
    let service = Service::configured(&["--max-request-bytes", "1000"]).await;
    let json = ("content-type", "application/json");
    let (status, answer) = post(&service, "x".repeat(1_001), &[json]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer["errors"][0]["extensions"]["limit"], "requestBytes");
    let (status, _) = post(
        &service,
        "x".to_owned(),
        &[json, ("content-encoding", "gzip")],
    )
    .await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let (status, _) = post(&service, "{}".to_owned(), &[json, ("accept", "image/png")]).await;
    assert_eq!(status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn what_must_be_sent_must_be_sent() {
    let service = Service::configured(&[]).await;
    let ask = async |variables: Value| {
        let query = "query($id: ID!, $all: Boolean! = true) { node(id: $id) { id } contentRevision @include(if: $all) }";
        let body = json!({ "query": query, "variables": variables });
        let (_, text) = service.text(&body).await;
        serde_json::from_str::<Value>(&text).unwrap()
    };
    for variables in [json!({}), json!({ "id": null })] {
        let answer = ask(variables).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
        assert_eq!(answer["data"], Value::Null);
    }
    let id = "goal:00000000-0000-0000-0000-000000000000";
    let answer = ask(json!({ "id": id })).await;
    assert_eq!(answer["data"]["contentRevision"], 1, "{answer}");
}

/// A field that fails drops what its siblings wait for: they ask again.
#[tokio::test]
async fn an_error_in_one_field_does_not_harm_others() {
    for engine in engines() {
        let service = Service::start(engine).await;
        for number in 0..30 {
            let part = |name: &str, slug: &str| {
                format!(
                    "{name}: programme(by: {{slug: {slug:?}}}) {{ title body {{ html }} media(first: 3) {{ nodes {{ url }} }} }} "
                )
            };
            let bad = r#"bad: programme(by: {slug: "singpass"}) { body { html } events { nodes { media(first: -1) { nodes { url } } } } } "#;
            let query = format!(
                "{{ {} {bad} {} }} # {number}",
                part("a", "singpass"),
                part("b", "parking-sg")
            );
            let answer = service.query(&query).await;
            let code = &answer["errors"][0]["extensions"]["code"];
            assert_eq!(code, "BAD_USER_INPUT", "{answer}");
        }
    }
}
