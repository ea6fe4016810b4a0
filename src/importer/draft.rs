//! Pages that are not meant to be seen yet, as editors leave them behind.

use super::{content::Content, extract::Extract, front::FrontMatter};

/// Why a page is a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft {
    /// It says `published: false`.
    Unpublished,
    /// Its title is that of the editor's template.
    ExampleTitle,
    /// Something is still to be put in. The rest of the page may be finished, and seen.
    Filler,
}

impl Draft {
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Unpublished => "it says `published: false`",
            Self::ExampleTitle => "its title is that of an example",
            Self::Filler => "something is still to be put in, as its text says",
        }
    }
}

/// Titles of pages that nobody has written yet.
const TITLES: &[&str] = &[
    "example title",
    "event title",
    "page title",
    "post title",
    "title",
    "untitled",
];

/// What stands where something is to be put.
const FILLERS: &[&str] = &[
    "include image of app",
    "insert text here",
    "lorem ipsum dolor",
];

/// Why a page is a draft, if it is one.
pub(super) fn draft(extract: &Extract, content: &Content, front: &FrontMatter) -> Option<Draft> {
    let title = extract.title.as_deref().unwrap_or_default().to_lowercase();
    let text = content.text.to_lowercase();
    if front.text("published").as_deref() == Some("false") {
        Some(Draft::Unpublished)
    } else if TITLES.contains(&&*title) {
        Some(Draft::ExampleTitle)
    } else if FILLERS.iter().any(|filler| text.contains(filler)) {
        Some(Draft::Filler)
    } else {
        None
    }
}
