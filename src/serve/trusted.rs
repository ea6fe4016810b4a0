//! Trusted documents: those that were there when a client was built, from the manifest of its build.

use std::{collections::HashMap, fs, path::Path, sync::Arc};

use serde::Deserialize;

use crate::digest::sha256;

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It cannot be read.
    #[error("cannot read the trusted documents")]
    Unreadable(#[from] std::io::Error),
    /// It is in none of the formats.
    #[error(
        "this is no manifest of trusted documents: it is Apollo's `apollo-persisted-query-manifest`, or a JSON object of documents by their identifiers, as Relay's compiler writes it"
    )]
    Format(#[from] serde_json::Error),
    /// A document that would be refused anyway.
    #[error("the trusted document `{id}` would be refused: {reason}")]
    Refused {
        /// Its identifier.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Documents by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Trusted {
    documents: HashMap<String, Arc<str>>,
    /// The SHA-256 of each document: who sends the text of one means it as well.
    hashes: HashMap<String, Arc<str>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    /// <https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format>
    Apollo { operations: Vec<Operation> },
    /// <https://relay.dev/docs/guides/persisted-queries/>, and what GraphQL Code Generator's client preset writes.
    Plain(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Trusted {
    /// The documents of a manifest.
    pub(super) fn read(path: &Path) -> Result<Self, ManifestError> {
        let manifest = serde_json::from_slice(&fs::read(path)?)?;
        let documents = match manifest {
            Manifest::Apollo { operations } => operations
                .into_iter()
                .map(|operation| (operation.id, operation.body))
                .collect(),
            Manifest::Plain(documents) => documents,
        };
        let documents: HashMap<_, Arc<str>> = documents
            .into_iter()
            .map(|(id, text)| (id, text.into()))
            .collect();
        let hashes = documents.values();
        Ok(Self {
            hashes: hashes.map(|text| (sha256(text), text.clone())).collect(),
            documents,
        })
    }

    /// The document with this identifier.
    pub(super) fn by_id(&self, id: &str) -> Option<Arc<str>> {
        self.documents.get(id).cloned()
    }

    /// The document with this SHA-256, in small hexadecimal letters.
    pub(super) fn by_hash(&self, hash: &str) -> Option<Arc<str>> {
        self.hashes
            .get(hash)
            .or_else(|| self.documents.get(hash))
            .cloned()
    }

    /// All of them, with their identifiers.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let documents = self.documents.iter();
        documents.map(|(id, text)| (id.as_str(), text.as_ref()))
    }
}
