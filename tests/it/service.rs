//! A service over a database of its own, with a small world in it.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode},
};
use chrono::{DateTime, Utc};
use civigraph::{
    catalogue::{self, Files},
    config::Cli,
    document::Document,
    publish::publish,
    serve,
    store::Readers,
};
use clap::Parser;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::database::{Engine, TestDatabase};

/// The folder with the small world.
pub fn world() -> Files {
    Files::Directory(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/world"))
}

/// The documents of a catalogue.
pub fn documents(files: &Files) -> Vec<Document> {
    catalogue::read(files).unwrap()
}

/// The document with this slug.
pub fn named<'d>(documents: &'d mut [Document], slug: &str) -> &'d mut Document {
    let found = |document: &&mut Document| document.piece.slug.as_str() == slug;
    documents.iter_mut().find(found).unwrap()
}

/// When tests publish.
pub fn noon() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

pub struct Service {
    pub app: Router,
    pub db: DatabaseConnection,
    database: TestDatabase,
    statements: Arc<Mutex<Vec<Statement>>>,
}

impl Service {
    /// A service over the small world.
    pub async fn start(engine: Engine) -> Self {
        Self::over(engine, &world()).await
    }

    /// A service over the small world that holds no rows: whatever it is asked, it reads.
    pub async fn forgetful(engine: Engine) -> Self {
        Self::with(engine, &world(), &["--row-cache-bytes", "0"]).await
    }

    /// A service over a catalogue.
    pub async fn over(engine: Engine, files: &Files) -> Self {
        Self::with(engine, files, &[]).await
    }

    /// A service over the small world with other settings.
    pub async fn configured(flags: &[&str]) -> Self {
        Self::with(Engine::Sqlite, &world(), flags).await
    }

    async fn with(engine: Engine, files: &Files, flags: &[&str]) -> Self {
        let database = TestDatabase::new(engine).await;
        let db = database.connect_migrated().await;
        publish(&db, &documents(files), noon()).await.unwrap();
        Self::on(database, db, flags)
    }

    /// A service on a database that has its content already.
    pub fn on(database: TestDatabase, mut db: DatabaseConnection, flags: &[&str]) -> Self {
        let statements = Arc::new(Mutex::new(Vec::new()));
        let log = statements.clone();
        db.set_metric_callback(move |info| {
            log.lock().unwrap().push(info.statement.clone());
        });
        // Most tests ask for all that there is at once.
        let dear: &[&str] = if flags.contains(&"--max-cost") {
            &[]
        } else {
            &["--max-cost", "1000000000000"]
        };
        let arguments = ["civigraph"].iter().chain(flags).chain(dear);
        let config = Cli::parse_from(arguments).config;
        let metrics = Arc::default();
        let log = statements.clone();
        let readers = Readers::new(db.clone(), move |statement| {
            log.lock().unwrap().push(statement.clone());
        });
        let service = serve::Service::new(&config, readers, db.clone(), noon, metrics).unwrap();
        Self {
            app: serve::routes(service, &config),
            db,
            database,
            statements,
        }
    }

    /// Takes away a table that media are listed by: asking for them fails on our side.
    pub async fn lose_media(&self) {
        let drop = "DROP TABLE node_media";
        self.db.execute_unprepared(drop).await.unwrap();
    }

    /// Another pool of connections to its database.
    pub async fn connect(&self) -> DatabaseConnection {
        self.database.connect().await
    }

    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.app.clone().oneshot(request).await.unwrap()
    }

    /// The body of the answer to a GraphQL request, as text.
    pub async fn text(&self, body: &Value) -> (StatusCode, String) {
        let request = Request::post("/graphql")
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let response = self.send(request).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// The answer to a query.
    pub async fn query(&self, query: &str) -> Value {
        let (_, text) = self.text(&json!({ "query": query })).await;
        serde_json::from_str(&text).unwrap()
    }

    /// The data of the answer to a query that has no error.
    pub async fn data(&self, query: &str) -> Value {
        let answer = self.query(query).await;
        assert_eq!(answer["errors"], Value::Null, "{query}");
        answer["data"].clone()
    }

    /// The values of a metric, by the value of its only label.
    pub async fn metric(&self, name: &str) -> Vec<(String, u64)> {
        let request = Request::get("/metrics").body(Body::empty()).unwrap();
        let body = self.send(request).await.into_body();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let lines = text.lines().filter_map(|line| {
            let (label, value) = line
                .strip_prefix(name)?
                .strip_prefix('{')?
                .split_once("} ")?;
            let (_, label) = label.split_once('=')?;
            Some((label.trim_matches('"').to_owned(), value.parse().ok()?))
        });
        lines.collect()
    }

    /// The SQL since this was last asked. Sorted, because batches that do not wait for each other may
    /// finish in any order.
    pub fn statements(&self) -> Vec<String> {
        let statements = self.whole_statements().into_iter();
        let mut statements: Vec<_> = statements
            .map(|statement| statement.sql)
            // Which requests ask before what they are about.
            .filter(|sql| !sql.starts_with(r#"SELECT "content_revision""#))
            // Each says which revision it saw.
            .map(|sql| sql.replace(&seen(&sql), ""))
            .collect();
        statements.sort();
        statements
    }

    /// The SQL since this was last asked, with its values.
    pub fn whole_statements(&self) -> Vec<Statement> {
        std::mem::take(&mut *self.statements.lock().unwrap())
    }
}

/// What a statement reads of the content revision.
fn seen(sql: &str) -> String {
    let begin = r#", (SELECT "content_revision"."revision""#;
    let end = r#" AS "revision_""#;
    let part = sql.find(begin).and_then(|from| {
        let length = sql[from..].find(end)? + end.len();
        sql.get(from..from + length)
    });
    part.unwrap_or_default().to_owned()
}
