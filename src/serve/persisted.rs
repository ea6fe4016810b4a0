//! Automatic persisted queries: a client sends the SHA-256 of a document in the place of the document.
//!
//! The protocol is Apollo's: <https://www.apollographql.com/docs/apollo-server/performance/apq>.

use std::sync::Arc;

use async_graphql::{Request, ServerError, Value};
use quick_cache::{Weighter, sync::Cache};
use serde::Deserialize;

use super::guard::with_code;
use crate::{digest::sha256, error::code};

/// The documents that clients have sent, by their hash: the last used ones, up to so many bytes.
pub(super) struct Documents(Cache<String, Arc<str>, Bytes>);

/// What a document weighs: its text, its hash and the entry.
#[derive(Clone)]
struct Bytes;

impl Weighter<String, Arc<str>> for Bytes {
    fn weight(&self, hash: &String, document: &Arc<str>) -> u64 {
        const ENTRY: usize = 100;
        u64::try_from(hash.len() + document.len() + ENTRY).unwrap_or(u64::MAX)
    }
}

/// What a client says of the document that it means, under `extensions.persistedQuery`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Persisted {
    version: i64,
    sha256_hash: String,
}

/// A document to keep once it has passed the guards.
pub(super) struct Fresh {
    hash: String,
    document: Arc<str>,
}

impl Documents {
    /// A store of so many bytes.
    pub(super) fn new(bytes: u64) -> Self {
        // How many there will be is a guess: documents of clients have about a thousand bytes.
        let entries = usize::try_from(bytes / 1_000).unwrap_or(usize::MAX).max(1);
        Self(Cache::with_weighter(entries, bytes, Bytes))
    }

    /// Puts the document that a request means by its hash into the request; or says why it cannot, or
    /// which document is to be kept.
    pub(super) fn complete(&self, request: &mut Request) -> Result<Option<Fresh>, ServerError> {
        let Some(persisted) = request.extensions.get("persistedQuery") else {
            return Ok(None);
        };
        let Persisted {
            version,
            sha256_hash: hash,
        } = read(persisted).ok_or_else(|| {
            refused(
                code::BAD_USER_INPUT,
                "`extensions.persistedQuery` is no persisted query: it has a `version` and a `sha256Hash`",
            )
        })?;
        if version != 1 {
            let code = code::PERSISTED_QUERY_NOT_SUPPORTED;
            return Err(refused(code, "PersistedQueryNotSupported"));
        }
        if request.query.is_empty() {
            let document = self.0.get(&hash).ok_or_else(|| {
                refused(code::PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
            })?;
            (*document).clone_into(&mut request.query);
            return Ok(None);
        }
        if hash != sha256(&request.query) {
            return Err(refused(
                code::BAD_USER_INPUT,
                "`sha256Hash` is not the SHA-256 of `query`, in small hexadecimal letters",
            ));
        }
        let document = request.query.as_str().into();
        Ok(Some(Fresh { hash, document }))
    }

    /// Keeps a document.
    pub(super) fn keep(&self, fresh: Fresh) {
        self.0.insert(fresh.hash, fresh.document);
    }
}

fn read(persisted: &Value) -> Option<Persisted> {
    let json = persisted.clone().into_json().ok()?;
    serde_json::from_value(json).ok()
}

fn refused(code: &str, message: &str) -> ServerError {
    with_code(ServerError::new(message, None), code)
}
