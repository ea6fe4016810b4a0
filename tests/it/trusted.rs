//! Trusted documents, from the manifests that clients' tools write.

use std::fs;

use serde_json::{Value, json};
use sha2::Digest;
use tempfile::TempDir;

use crate::service::Service;

const QUERY: &str = "query Goals { goals { totalCount } }";

fn sha(text: &str) -> String {
    let hash = sha2::Sha256::digest(text);
    let hex: Vec<_> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.concat()
}

async fn service(manifest: &Value, flags: &[&str]) -> (Service, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("manifest.json");
    fs::write(&file, manifest.to_string()).unwrap();
    let mut all = vec!["--trusted-documents", file.to_str().unwrap()];
    all.extend(flags);
    (Service::configured(&all).await, folder)
}

async fn ask(service: &Service, body: Value) -> Value {
    let (_, text) = service.text(&body).await;
    let answer: Value = serde_json::from_str(&text).unwrap();
    match &answer["errors"][0]["extensions"]["code"] {
        Value::Null => answer["data"]["goals"]["totalCount"].clone(),
        code => code.clone(),
    }
}

#[tokio::test]
async fn documents_of_either_manifest_are_meant_by_their_identifier() {
    let apollo = json!({
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [{ "id": sha(QUERY), "name": "Goals", "type": "query", "body": QUERY }],
    });
    let relay = json!({ "0f1e2d": QUERY });
    for (manifest, id) in [(apollo, sha(QUERY)), (relay, "0f1e2d".to_owned())] {
        let (service, _folder) = service(&manifest, &["--trusted-only"]).await;
        for name in ["documentId", "doc_id", "id"] {
            assert_eq!(ask(&service, json!({ name: id })).await, 3, "{name}");
        }
        let hash = json!({ "persistedQuery": { "version": 1, "sha256Hash": sha(QUERY) } });
        assert_eq!(ask(&service, json!({ "extensions": hash })).await, 3);
        assert_eq!(ask(&service, json!({ "query": QUERY })).await, 3);
        assert_eq!(
            ask(&service, json!({ "documentId": "other" })).await,
            "DOCUMENT_NOT_FOUND"
        );
        let other = "{ goals { totalCount } }";
        assert_eq!(
            ask(&service, json!({ "query": other })).await,
            "DOCUMENT_NOT_TRUSTED"
        );
        let hash = json!({ "persistedQuery": { "version": 1, "sha256Hash": sha(other) } });
        let both = json!({ "query": other, "extensions": hash });
        assert_eq!(ask(&service, both).await, "DOCUMENT_NOT_TRUSTED");
        assert_eq!(
            ask(&service, json!({ "extensions": hash })).await,
            "PERSISTED_QUERY_NOT_FOUND"
        );
    }
}

#[tokio::test]
async fn trusted_documents_do_not_keep_others_away_unless_they_must() {
    let (service, _folder) = service(&json!({ "1": QUERY }), &[]).await;
    assert_eq!(ask(&service, json!({ "documentId": "1" })).await, 3);
    let other = json!({ "query": "{ goals { totalCount } }" });
    assert_eq!(ask(&service, other).await, 3);
}
