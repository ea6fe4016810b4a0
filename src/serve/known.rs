//! Requests that were made before, byte for byte: what they ask for need not be found out again.

use std::sync::{Arc, Weak};

use axum::body::Bytes;
use quick_cache::{Weighter, sync::Cache};

use super::{
    documents::Document,
    operation::{Chosen, Operation},
};
use crate::bounded;

/// The operations of bodies: the last used ones, up to so many bytes.
pub(super) struct Known(Cache<Bytes, Body, Size>);

/// What a body asks for.
#[derive(Clone)]
struct Body {
    /// Kept with the parsed ones, or no more: many bodies share it.
    document: Weak<Document>,
    chosen: Arc<Chosen>,
}

/// What an operation takes of the memory beside its document.
#[derive(Clone)]
struct Size;

impl Weighter<Bytes, Body> for Size {
    fn weight(&self, body: &Bytes, known: &Body) -> u64 {
        // The document's text is there as well, and variables as values too, of which a small one takes as much as
        // some ten letters.
        let variables = known.chosen.identity.variables().len() as u64 * 10;
        800 + body.len() as u64 * 2 + variables
    }
}

impl Known {
    /// Keeps operations of so many bytes in all.
    pub(super) fn new(bytes: u64) -> Self {
        Self(bounded::cache(bytes, 1_500, Size))
    }

    /// How much is kept, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.0.weight()
    }

    /// What this body asks for, if it was asked for before.
    pub(super) fn get(&self, body: &Bytes) -> Option<Operation> {
        let known = self.0.get(body)?;
        Some(Operation {
            document: known.document.upgrade()?,
            chosen: known.chosen,
        })
    }

    /// Remembers what a body asks for.
    pub(super) fn keep(&self, body: &Bytes, operation: &Operation) {
        // A copy: the bytes share their memory with whatever else came with them.
        let body = Bytes::copy_from_slice(body);
        let known = Body {
            document: Arc::downgrade(&operation.document),
            chosen: operation.chosen.clone(),
        };
        self.0.insert(body, known);
    }
}
