//! Requests that were made before, byte for byte: what they ask for need not be found out again.

use std::sync::Arc;

use axum::body::Bytes;
use quick_cache::{Weighter, sync::Cache};

use super::operation::Operation;
use crate::bounded;

/// The operations of bodies: the last used ones, up to so many bytes.
pub(super) struct Known(Cache<Bytes, Arc<Operation>, Size>);

/// What an operation takes of the memory beside its document, which many share.
#[derive(Clone)]
struct Size;

impl Weighter<Bytes, Arc<Operation>> for Size {
    fn weight(&self, body: &Bytes, operation: &Arc<Operation>) -> u64 {
        // A document that is no longer among the parsed ones is kept by this alone. Variables are there as text
        // and as values.
        let document = operation.document.weight();
        500 + body.len() as u64 * 20 + document
    }
}

impl Known {
    /// Keeps operations of so many bytes in all.
    pub(super) fn new(bytes: u64) -> Self {
        Self(bounded::cache(bytes, 20_000, Size))
    }

    /// How much is kept, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.0.weight()
    }

    /// What this body asks for, if it was asked for before.
    pub(super) fn get(&self, body: &Bytes) -> Option<Arc<Operation>> {
        self.0.get(body)
    }

    /// Remembers what a body asks for.
    pub(super) fn keep(&self, body: Bytes, operation: Arc<Operation>) {
        self.0.insert(body, operation);
    }
}
