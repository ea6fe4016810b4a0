//! What is wrong with a document, and where.

use std::fmt;

/// Something wrong, with what would be right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where in the document, as in `partners[1].role`; empty for the whole of it.
    pub path: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Fault {
    /// A fault at this path.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            write!(out, "{}", self.message)
        } else {
            write!(out, "{}: {}", self.path, self.message)
        }
    }
}

/// The word that was probably meant, as ` (did you mean …?)`, or nothing.
pub fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> String {
    let close = |candidate: &&str| strsim::jaro_winkler(word, candidate);
    let best = words
        .into_iter()
        .max_by(|one, other| close(one).total_cmp(&close(other)))
        .filter(|best| close(best) > 0.8);
    best.map_or_else(String::new, |best| format!(" (did you mean `{best}`?)"))
}
