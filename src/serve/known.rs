//! Requests that were made before, byte for byte: what they ask for need not be found out again.

use std::sync::Arc;

use axum::body::Bytes;
use quick_cache::Weighter;

use super::operation::Chosen;
use crate::bounded::{self, Cache};

/// The operations of bodies: the last used ones, up to so many bytes.
pub(super) struct Known(Cache<Bytes, Arc<Chosen>, Size>);

/// What an operation takes of the memory beside its document.
#[derive(Clone)]
struct Size;

impl Weighter<Bytes, Arc<Chosen>> for Size {
    fn weight(&self, body: &Bytes, chosen: &Arc<Chosen>) -> u64 {
        // The document's text is there as well, and variables as values too, of which a small one takes as much as
        // some ten letters.
        let variables = chosen.identity.variables().len() as u64 * 10;
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
    pub(super) fn get(&self, body: &Bytes) -> Option<Arc<Chosen>> {
        self.0.get(body)
    }

    /// Remembers what a body asks for.
    pub(super) fn keep(&self, body: &Bytes, chosen: Arc<Chosen>) {
        // A copy: the bytes share their memory with whatever else came with them.
        self.0.insert(Bytes::copy_from_slice(body), chosen);
    }
}
