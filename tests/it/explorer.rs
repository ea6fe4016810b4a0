//! GraphiQL, from the program itself.

use std::io::Read;

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};

use crate::{database::Engine, service::Service};

async fn get(
    service: &Service,
    path: &str,
    encoding: &str,
) -> (axum::http::response::Parts, Vec<u8>) {
    let request = Request::get(path)
        .header(header::ACCEPT_ENCODING, encoding)
        .body(Body::empty())
        .unwrap();
    let (parts, body) = service.send(request).await.into_parts();
    (parts, to_bytes(body, usize::MAX).await.unwrap().to_vec())
}

#[tokio::test]
async fn the_page_and_all_its_parts_come_from_here() {
    let service = Service::start(Engine::Sqlite).await;
    let (parts, page) = get(&service, "/", "gzip").await;
    assert_eq!(parts.status, StatusCode::OK);
    let policy = parts.headers[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self';"),
        "{policy}"
    );
    let page = String::from_utf8(page).unwrap();
    assert!(
        !page.contains("http://") && !page.contains("https://"),
        "it names another host"
    );
    let named: Vec<_> = page
        .split(['"'])
        .filter_map(|text| text.strip_prefix("./"))
        .collect();
    assert!(named.len() >= 3, "{named:?}");
    for path in named {
        let (parts, content) = get(&service, &format!("/{path}"), "gzip").await;
        assert_eq!(parts.status, StatusCode::OK, "{path}");
        assert!(!content.is_empty());
    }
}

#[tokio::test]
async fn who_takes_no_gzip_gets_the_same_without() {
    let service = Service::start(Engine::Sqlite).await;
    let (parts, packed) = get(&service, "/licences.txt", "br, gzip;q=0.5").await;
    assert_eq!(parts.headers[header::CONTENT_ENCODING], "gzip");
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&packed[..])
        .read_to_end(&mut unpacked)
        .unwrap();
    for encoding in ["identity", "gzip;q=0", ""] {
        let (parts, plain) = get(&service, "/licences.txt", encoding).await;
        assert_eq!(parts.headers.get(header::CONTENT_ENCODING), None);
        assert_eq!(plain, unpacked);
    }
}

#[tokio::test]
async fn where_nothing_is_there_is_nothing() {
    let service = Service::start(Engine::Sqlite).await;
    for path in [
        "/nothing",
        "/assets/nothing.js",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
    ] {
        let (parts, _) = get(&service, path, "gzip").await;
        assert_eq!(parts.status, StatusCode::NOT_FOUND, "{path}");
    }
}
