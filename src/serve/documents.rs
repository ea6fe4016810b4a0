//! From what a client sends to a parsed document that may be run.

use std::{
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use async_graphql::{
    Name, Positioned, ServerError,
    parser::types::{ExecutableDocument, OperationType},
};
use quick_cache::Weighter;
use serde_json::{Map, Value};

use super::{
    fault::{coded, refused},
    guard::{self, chosen, limits::Limits, shapes::Shapes},
    metrics::Metrics,
    persisted::{self, Persisted},
    request::Asked,
    trusted::{ManifestError, Trusted},
};
use crate::{
    bounded::{self, Cache},
    config::Http,
    digest::sha256,
    error::code,
    graphql::Repeats,
    load::Columns,
};

/// A document that has passed the guards.
pub(super) struct Document {
    /// As it was sent.
    pub(super) text: Arc<str>,
    /// As it was parsed.
    pub(super) parsed: ExecutableDocument,
    /// Whether it may ask for the schema.
    pub(super) introspects: bool,
    /// Whether its fields stand in it several times.
    pub(super) repeats: Repeats,
    columns: OnceLock<Arc<Columns>>,
}

impl Document {
    /// What it takes of the memory, in bytes, about. Measured: the tree of a query of 1 kB takes 20 kB.
    pub(super) fn weight(&self) -> u64 {
        (self.text.len() as u64 + 50) * 20
    }

    /// Which columns it reads.
    pub(super) fn columns(&self, shapes: &Shapes) -> Arc<Columns> {
        let columns = || Arc::new(guard::columns::columns(&self.parsed, shapes));
        self.columns.get_or_init(columns).clone()
    }

    /// The variables of the operation of this name, or of the only one, as they were sent or by default; or
    /// which of them must be sent and is not (GraphQL, section 6.1.2).
    ///
    /// The library's directives know no defaults, and its arguments take what is missing as not given. What the
    /// operation does not read is dropped: it takes memory all the same.
    pub(super) fn variables(
        &self,
        name: Option<&str>,
        mut sent: Map<String, Value>,
    ) -> Result<Map<String, Value>, ServerError> {
        let operation = chosen(&self.parsed, name);
        let definitions = operation.map(|(_, operation)| &operation.node.variable_definitions);
        let mut variables = Map::new();
        for Positioned { pos, node } in definitions.into_iter().flatten() {
            let name = node.name.node.as_str();
            let default = || {
                let default = node.default_value.as_ref()?.node.clone();
                Some(default.into_json().unwrap_or_default())
            };
            let value = sent.remove(name).or_else(default);
            if !node.var_type.node.nullable && value.as_ref().is_none_or(Value::is_null) {
                let message = format!(
                    "The variable `${name}` must be sent: it is of type `{}`.",
                    node.var_type.node
                );
                return Err(coded(message, Some(*pos), code::BAD_USER_INPUT));
            }
            if let Some(value) = value {
                variables.insert(name.to_owned(), value);
            }
        }
        Ok(variables)
    }

    /// The operation of this name, or the only one: its name, if it has one, and what it does.
    pub(super) fn operation(
        &self,
        name: Option<&str>,
    ) -> Result<(Option<&str>, OperationType), ServerError> {
        let code = code::OPERATION_RESOLUTION_FAILURE;
        chosen(&self.parsed, name)
            .map(|(name, operation)| (name.map(Name::as_str), operation.node.ty))
            .ok_or_else(|| match name {
                Some(_) => refused(
                    code,
                    "The document has no operation with this `operationName`.",
                ),
                None => refused(
                    code,
                    "The document has several operations: `operationName` says which one is meant.",
                ),
            })
    }
}

/// Whether a document may ask for the schema: `__typename` does not.
fn introspects(text: &str) -> bool {
    let mut types = text.match_indices("__type");
    text.contains("__schema") || types.any(|(place, _)| !text[place..].starts_with("__typename"))
}

/// The documents that there are: trusted, persisted and parsed ones.
pub(super) struct Documents {
    limits: Limits,
    parsed: Cache<Arc<str>, Arc<Document>, Size>,
    persisted: Persisted,
    trusted: Trusted,
    trusted_only: bool,
}

/// What a parsed document takes of the memory, about.
#[derive(Clone)]
struct Size;

impl Weighter<Arc<str>, Arc<Document>> for Size {
    fn weight(&self, _: &Arc<str>, document: &Arc<Document>) -> u64 {
        document.weight()
    }
}

impl Documents {
    /// Reads the trusted documents; or says which of them would be refused.
    pub(super) fn new(
        http: &Http,
        limits: Limits,
        metrics: &Metrics,
    ) -> Result<Self, ManifestError> {
        let path = http.trusted_documents.as_deref();
        let trusted = path.map(Trusted::read).transpose()?.unwrap_or_default();
        let mut names = HashSet::new();
        for (id, text) in trusted.all() {
            let document =
                guard::checked(text, &limits).map_err(|error| ManifestError::Refused {
                    id: id.to_owned(),
                    reason: error.message,
                })?;
            let operations = document.operations.iter();
            names.extend(operations.filter_map(|(name, _)| name.map(ToString::to_string)));
        }
        metrics.trust(names);
        let bytes = http.parsed_document_bytes;
        Ok(Self {
            limits,
            parsed: bounded::cache(bytes, 20_000, Size),
            persisted: Persisted::new(http.persisted_query_bytes),
            trusted,
            trusted_only: http.trusted_only,
        })
    }

    /// How much is kept of parsed documents, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.parsed.weight()
    }

    /// The document that a request means.
    pub(super) fn find(&self, asked: &Asked) -> Result<Arc<Document>, ServerError> {
        if let Some(id) = &asked.document_id {
            let text = self.trusted.by_id(id).ok_or_else(|| {
                let message = "There is no trusted document with this identifier.";
                refused(code::DOCUMENT_NOT_FOUND, message)
            })?;
            return self.checked(&text);
        }
        let hash = persisted::hash(&asked.extensions)?;
        if asked.query.is_empty() {
            let hash = hash.ok_or_else(persisted::not_found)?;
            let text = self.trusted.by_hash(&hash);
            let text = text.or_else(|| self.persisted.get(&hash));
            return self.checked(&text.ok_or_else(persisted::not_found)?);
        }
        if hash
            .as_ref()
            .is_some_and(|hash| *hash != sha256(&asked.query))
        {
            return Err(refused(
                code::BAD_USER_INPUT,
                "`sha256Hash` is not the SHA-256 of `query`, in small hexadecimal letters",
            ));
        }
        if self.trusted_only && self.trusted.by_hash(&sha256(&asked.query)).is_none() {
            let message = "This server answers trusted documents only.";
            return Err(refused(code::DOCUMENT_NOT_TRUSTED, message));
        }
        let document = self.checked(&asked.query)?;
        if let Some(hash) = hash {
            self.persisted.keep(hash, document.text.clone());
        }
        Ok(document)
    }

    fn checked(&self, text: &str) -> Result<Arc<Document>, ServerError> {
        if let Some(document) = self.parsed.get(text) {
            return Ok(document);
        }
        let parsed = guard::checked(text, &self.limits)?;
        let text: Arc<str> = text.into();
        let document = Arc::new(Document {
            introspects: introspects(&text),
            repeats: guard::repeats::repeats(&parsed),
            columns: OnceLock::new(),
            text: text.clone(),
            parsed,
        });
        self.parsed.insert(text, document.clone());
        Ok(document)
    }
}
