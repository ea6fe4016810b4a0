//! From what a client sends to a parsed document that may be run.

use std::{collections::HashSet, sync::Arc};

use async_graphql::{
    Name, Positioned, ServerError,
    parser::types::{ExecutableDocument, OperationType},
};
use quick_cache::{Weighter, sync::Cache};
use serde_json::{Map, Value};

use super::{
    guard::{self, limits::Limits},
    metrics::Metrics,
    persisted::{self, Persisted, refused},
    request::Asked,
    trusted::{ManifestError, Trusted},
};
use crate::{config::Http, digest::sha256, error::code};

/// A document that has passed the guards.
pub(super) struct Document {
    /// As it was sent.
    pub(super) text: Arc<str>,
    /// As it was parsed.
    pub(super) parsed: ExecutableDocument,
    /// Whether it may ask for the schema.
    pub(super) introspects: bool,
}

impl Document {
    /// Whether the operation of this name, or the only one, has this variable.
    pub(super) fn declares(&self, name: Option<&str>, variable: &str) -> bool {
        let mut operations = self.parsed.operations.iter();
        operations.any(|(known, operation)| {
            let chosen = name.is_none() || known.map(Name::as_str) == name;
            let mut declared = operation.node.variable_definitions.iter();
            chosen && declared.any(|declared| declared.node.name.node == *variable)
        })
    }

    /// Fills in the defaults of what was not sent, and checks that what must be sent was (GraphQL, section
    /// 6.1.2): directives of the library know no defaults, and its arguments take what is missing as not given.
    pub(super) fn complete(
        &self,
        name: Option<&str>,
        sent: &mut Map<String, Value>,
    ) -> Result<(), ServerError> {
        let mut operations = self.parsed.operations.iter();
        let chosen = |known: Option<&Name>| name.is_none() || known.map(Name::as_str) == name;
        let operation = operations.find(|(known, _)| chosen(*known));
        let definitions = operation.map(|(_, operation)| &operation.node.variable_definitions);
        for Positioned { pos, node } in definitions.into_iter().flatten() {
            let variable = node.name.node.as_str();
            if let Some(default) = &node.default_value
                && !sent.contains_key(variable)
            {
                let default = default.node.clone().into_json().unwrap_or_default();
                sent.insert(variable.to_owned(), default);
            }
            let required = !node.var_type.node.nullable;
            if required && sent.get(variable).is_none_or(Value::is_null) {
                let message = format!(
                    "The variable `${}` must be sent: it is of type `{}`.",
                    node.name.node, node.var_type.node
                );
                let mut error = refused(code::BAD_USER_INPUT, &message);
                error.locations = vec![*pos];
                return Err(error);
            }
        }
        Ok(())
    }

    /// The operation of this name, or the only one: its name, if it has one, and what it does.
    pub(super) fn operation(
        &self,
        name: Option<&str>,
    ) -> Result<(Option<&str>, OperationType), ServerError> {
        let mut operations = self.parsed.operations.iter();
        let found = match name {
            Some(name) => operations.find(|(known, _)| known.map(Name::as_str) == Some(name)),
            None => operations.next().filter(|_| operations.next().is_none()),
        };
        let code = code::OPERATION_RESOLUTION_FAILURE;
        found
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
    fn weight(&self, text: &Arc<str>, _: &Arc<Document>) -> u64 {
        // Measured: the tree of a query of 1 kB takes 20 kB.
        (text.len() as u64 + 50) * 20
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
        let entries = usize::try_from(bytes / 20_000).unwrap_or(usize::MAX).max(1);
        Ok(Self {
            limits,
            parsed: Cache::with_weighter(entries, bytes, Size),
            persisted: Persisted::new(http.persisted_query_bytes),
            trusted,
            trusted_only: http.trusted_only,
        })
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
            text: text.clone(),
            parsed,
        });
        self.parsed.insert(text, document.clone());
        Ok(document)
    }
}
