//! What nothing can beat: L1 gives a fixed body, L2 what one hand-written statement gives.
//!
//! Both run in a process of their own, on the same HTTP stack as the server, with as many connections to
//! PostgreSQL. They get the very requests that the server gets; L2 finds the slug in the address.

use std::net::SocketAddr;

use anyhow::Context;
use axum::{
    Router,
    body::Bytes,
    extract::RawQuery,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{get, post},
    serve::ListenerExt,
};
use sea_orm::sqlx::{self, PgPool, postgres::PgPoolOptions};
use tokio::net::TcpListener;

use crate::{
    options::Options,
    processes::Server,
    queries::{QUERIES, Query},
};

/// As many as the server has if nothing else is said.
const CONNECTIONS: u32 = 8;

/// Starts the process.
pub async fn start(bytes: &[usize], database: Option<&str>) -> anyhow::Result<Server> {
    let program = std::env::current_exe()?;
    let bytes: Vec<_> = bytes.iter().map(ToString::to_string).collect();
    let bytes = bytes.join(",");
    let mut arguments = vec!["--limits-bytes", &bytes];
    if let Some(database) = database {
        arguments.extend(["--limits-database", database]);
    }
    Server::start(&program, "--limits", &arguments).await
}

/// Serves in that process.
pub async fn serve(address: SocketAddr, options: &Options) -> anyhow::Result<()> {
    let mut router = Router::new().route("/health/ready", get(async || "ready"));
    for (query, bytes) in QUERIES.iter().zip(&options.limits_bytes) {
        let path = format!("/l1/{}", query.number);
        let body = Bytes::from(vec![b'x'; *bytes]);
        router = router.route(&path, post(async move |_: Bytes| json(body)));
    }
    if let Some(url) = &options.limits_database {
        let pool = PgPoolOptions::new()
            .min_connections(CONNECTIONS)
            .max_connections(CONNECTIONS)
            .test_before_acquire(false)
            .connect(url)
            .await?;
        for query in &QUERIES {
            let path = format!("/l2/{}", query.number);
            let pool = pool.clone();
            let answer = async move |RawQuery(slug): RawQuery, _: Bytes| {
                let text = one_statement(&pool, query, slug).await;
                text.map_or_else(|error| failed(&error), |text| json(text.into()))
            };
            router = router.route(&path, post(answer));
        }
    }
    let listener = TcpListener::bind(address).await?.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router).await?;
    Ok(())
}

/// What L2 does: one prepared statement.
async fn one_statement(
    pool: &PgPool,
    query: &'static Query,
    slug: Option<String>,
) -> anyhow::Result<String> {
    let mut statement = sqlx::query_scalar(query.statement);
    if let Some(slug) = slug {
        statement = statement.bind(slug);
    }
    let text = statement.fetch_one(pool).await;
    text.with_context(|| format!("limits/q{}.sql", query.number))
}

fn json(body: Bytes) -> Response {
    let kind = "application/graphql-response+json; charset=utf-8";
    ([(CONTENT_TYPE, kind)], body).into_response()
}

fn failed(error: &anyhow::Error) -> Response {
    eprintln!("{error:#}");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
