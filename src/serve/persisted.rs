//! Automatic persisted queries: a client sends the SHA-256 of a document in the place of the document.
//!
//! The protocol is Apollo's: <https://www.apollographql.com/docs/apollo-server/performance/apq>.

use std::sync::Arc;

use async_graphql::ServerError;
use quick_cache::Weighter;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::fault::refused;
use crate::{
    bounded::{self, Cache},
    error::code,
};

/// The documents that clients have sent, by their hash: the last used ones, up to so many bytes.
pub(super) struct Persisted(Cache<String, Arc<str>, Bytes>);

/// What a document weighs: its text, its hash and the entry.
#[derive(Clone)]
struct Bytes;

impl Weighter<String, Arc<str>> for Bytes {
    fn weight(&self, hash: &String, document: &Arc<str>) -> u64 {
        const ENTRY: usize = 100;
        u64::try_from(hash.len() + document.len() + ENTRY).unwrap_or(u64::MAX)
    }
}

impl Persisted {
    /// A store of so many bytes.
    pub(super) fn new(bytes: u64) -> Self {
        Self(bounded::cache(bytes, 1_000, Bytes))
    }

    /// The document with this hash.
    pub(super) fn get(&self, hash: &str) -> Option<Arc<str>> {
        self.0.get(hash)
    }

    /// Keeps a document.
    pub(super) fn keep(&self, hash: String, document: Arc<str>) {
        self.0.insert(hash, document);
    }
}

/// What a client says of the document that it means, under `extensions.persistedQuery`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meant {
    version: i64,
    sha256_hash: String,
}

/// The hash of the document that a request means, if it means one by its hash.
pub(super) fn hash(extensions: &Map<String, Value>) -> Result<Option<String>, ServerError> {
    let Some(meant) = extensions.get("persistedQuery") else {
        return Ok(None);
    };
    let Meant {
        version,
        sha256_hash: hash,
    } = Meant::deserialize(meant).map_err(|_| {
        refused(
            code::BAD_USER_INPUT,
            "`extensions.persistedQuery` is no persisted query: it has a `version` and a `sha256Hash`",
        )
    })?;
    if version != 1 {
        let code = code::PERSISTED_QUERY_NOT_SUPPORTED;
        return Err(refused(code, "PersistedQueryNotSupported"));
    }
    Ok(Some(hash))
}

/// What Apollo's clients understand: then they send the document.
pub(super) fn not_found() -> ServerError {
    refused(code::PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
}
