//! What the words of a text are: for the index, for queries, for highlights and for misspellings.

mod highlight;
mod query;
mod spelling;
mod words;

pub use highlight::{Excerpt, Part, excerpt};
pub use query::{MOST_CHARACTERS, MOST_TERMS, Phrase, Query, Term, TooLong};
pub use spelling::{halves, near, reversed};
pub use words::{Word, fold, index_words, words};
