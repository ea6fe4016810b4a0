//! How much of a site is read: what is beyond is refused with a message, or left out with a warning.

use super::dom::Bounds;

/// Every limit of the importer.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The size of a file, in bytes.
    pub file_bytes: u64,
    /// How many files of a site are read.
    pub files: usize,
    /// How deep folders may be in each other.
    pub folder_depth: usize,
    /// How deep elements may be in each other.
    pub element_depth: usize,
    /// How many elements and texts a page may have.
    pub elements: usize,
    /// How long each list of an extract may be.
    pub items: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 2 * 1024 * 1024,
            files: 200_000,
            folder_depth: 32,
            element_depth: 128,
            elements: 300_000,
            items: 10_000,
        }
    }
}

impl Limits {
    pub(super) fn bounds(&self) -> Bounds {
        Bounds {
            depth: self.element_depth,
            nodes: self.elements,
        }
    }
}
