//! Which page has which address: two pages can't have the same.

use std::collections::{HashMap, hash_map::Entry};

use super::problem::{Problem, ProblemKind};

/// The addresses that pages of a site have taken.
#[derive(Debug, Default)]
pub struct Permalinks {
    taken: HashMap<String, String>,
}

impl Permalinks {
    /// Takes an address for a page, or tells which page has it. The final slash makes no difference.
    pub fn take(&mut self, permalink: &str, source: &str) -> Result<(), Problem> {
        let address = permalink.trim_end_matches('/').to_lowercase();
        match self.taken.entry(address) {
            Entry::Vacant(free) => {
                free.insert(source.to_owned());
                Ok(())
            }
            Entry::Occupied(taken) => {
                let message = format!("`{permalink}` is the address of {} already", taken.get());
                Err(Problem::of(
                    source,
                    ProblemKind::DuplicatePermalink,
                    message,
                ))
            }
        }
    }
}
