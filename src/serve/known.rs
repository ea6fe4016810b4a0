//! Requests that were made before, byte for byte: what they ask for need not be found out again.

use std::sync::Arc;

use quick_cache::Weighter;

use super::{operation::Chosen, request::Sent};
use crate::bounded::{self, Cache};

/// The operations of what was sent: the last used ones, up to so many bytes.
pub(super) struct Known(Cache<Sent, Arc<Chosen>, Size>);

/// What an operation takes of the memory beside its document.
#[derive(Clone)]
struct Size;

impl Weighter<Sent, Arc<Chosen>> for Size {
    fn weight(&self, sent: &Sent, chosen: &Arc<Chosen>) -> u64 {
        let identity = &chosen.identity;
        // Its document's text is held as well, whatever was sent in the place of it, and variables as values too, of
        // which a small one takes as much as some ten letters.
        let variables = identity.variables().len() * 10;
        (800 + sent.len() + identity.len() + variables) as u64
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

    /// What this asks for, if it was sent before.
    pub(super) fn get(&self, sent: &Sent) -> Option<Arc<Chosen>> {
        self.0.get(sent)
    }

    /// Remembers what this asks for.
    pub(super) fn keep(&self, sent: &Sent, chosen: Arc<Chosen>) {
        self.0.insert(sent.copied(), chosen);
    }
}
