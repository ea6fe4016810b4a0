//! What operators see: health, metrics, and a database that goes away and comes back.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use civigraph::{publish::publish, store};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};

use crate::{
    database::{Engine, TestDatabase, engines},
    service::{Service, documents, noon, world},
};

async fn get(service: &Service, path: &str) -> (StatusCode, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = service.send(request).await;
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn health_tells_of_the_database_and_its_tables() {
    for engine in engines() {
        let service = Service::start(engine).await;
        assert_eq!(get(&service, "/health/live").await.0, StatusCode::OK);
        assert_eq!(get(&service, "/health/ready").await.0, StatusCode::OK);
        service
            .db
            .execute_unprepared("DELETE FROM seaql_migrations WHERE version LIKE '%000015%'")
            .await
            .unwrap();
        let (status, body) = get(&service, "/health/ready").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["migrations"], "pending");
    }
}

#[tokio::test]
async fn metrics_count_what_happened_with_bounded_labels() {
    let service = Service::configured(&["--max-cost", "100"]).await;
    let ask = async |body: Value| service.text(&body).await;
    for _ in 0..2 {
        ask(json!({ "query": "query Goals { goals { totalCount } }" })).await;
    }
    ask(json!({ "query": "{ goals(first: 100) { nodes { title slug } } }" })).await;
    for number in 0..300 {
        ask(json!({ "query": format!("query Made{number} {{ __typename }}") })).await;
        ask(json!({ "query": format!("query Bad{number} {{ nonsense }}") })).await;
    }
    let (status, text) = get(&service, "/metrics").await;
    assert_eq!(status, StatusCode::OK);
    let has = |line: &str| assert!(text.contains(line), "no {line} in {text}");
    has(r#"civigraph_requests_total{operation="Goals",kind="query",outcome="ok"} 2"#);
    has(r#"civigraph_answers_total{result="hit"} 1"#);
    has(r#"civigraph_refused_total{limit="cost"} 1"#);
    has(r#"civigraph_errors_total{code="LIMIT_EXCEEDED"} 1"#);
    has(r#"civigraph_requests_total{operation="other",kind="query",outcome="ok"}"#);
    assert!(!text.contains("Bad7"));
    assert!(text.matches("civigraph_requests_total{").count() < 250);
}

/// A way to the database that can be shut.
async fn gate(url: &str) -> (String, Arc<AtomicBool>) {
    let mut url = url::Url::parse(url).unwrap();
    let target = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    url.set_port(Some(listener.local_addr().unwrap().port()))
        .unwrap();
    let open = Arc::new(AtomicBool::new(true));
    let is_open = open.clone();
    tokio::spawn(async move {
        loop {
            let (mut from, _) = listener.accept().await.unwrap();
            if !is_open.load(Ordering::SeqCst) {
                continue;
            }
            let (target, is_open) = (target.clone(), is_open.clone());
            tokio::spawn(async move {
                let mut to = TcpStream::connect(target).await.unwrap();
                let shut = async {
                    while is_open.load(Ordering::SeqCst) {
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                };
                tokio::select! {
                    _ = tokio::io::copy_bidirectional(&mut from, &mut to) => {}
                    () = shut => {}
                }
            });
        }
    });
    (url.into(), open)
}

#[tokio::test]
async fn a_database_that_was_away_is_found_again() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let database = TestDatabase::new(Engine::Postgres).await;
    let db = database.connect_migrated().await;
    publish(&db, &documents(&world()), noon()).await.unwrap();
    let (url, open) = gate(&database.url).await;
    let longest = Duration::from_secs(1);
    let through = store::connect(&url, 4, Some(longest)).await.unwrap();
    let service = Service::on(database, through, &[]);
    let ask = json!({ "query": "{ goals { totalCount } }" });
    // Several connections, which all die.
    let (one, other) = tokio::join!(service.text(&ask), service.text(&ask));
    assert_eq!((one.0, other.0), (StatusCode::OK, StatusCode::OK));
    open.store(false, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let (status, text) = service.text(&ask).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{text}");
    assert!(text.contains("SERVICE_UNAVAILABLE"), "{text}");
    let (status, _) = get(&service, "/health/ready").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    open.store(true, Ordering::SeqCst);
    for _ in 0..5 {
        let (status, text) = service.text(&ask).await;
        assert_eq!(status, StatusCode::OK, "{text}");
    }
}

/// When PostgreSQL restarts, the connections in the pool are dead, and nobody knows.
#[tokio::test]
async fn connections_that_died_cost_no_request() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let database = TestDatabase::new(Engine::Postgres).await;
    let db = database.connect_migrated().await;
    publish(&db, &documents(&world()), noon()).await.unwrap();
    let service = Service::on(database, db, &["--answer-cache-bytes", "0"]);
    for _ in 0..5 {
        let ask = json!({ "query": "{ goals { totalCount } programmes { totalCount } events { totalCount } }" });
        let answers = tokio::join!(service.text(&ask), service.text(&ask), service.text(&ask));
        for (_, text) in [answers.0, answers.1, answers.2] {
            assert!(!text.contains("\"errors\""), "{text}");
        }
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        // Its own pool has several connections, too.
        let killer = service.connect().await;
        killer.execute_unprepared(kill).await.unwrap();
    }
}
