//! Which files and folders of a site are pages or hold them.

/// Folders that hold what pages are made with, not pages.
const NO_PAGES: &[&str] = &[
    "_data",
    "_includes",
    "_layouts",
    "_plugins",
    "_sass",
    "_site",
    "node_modules",
    "vendor",
];

/// Files that tell developers about the checkout.
const FOR_DEVELOPERS: &[&str] = &[
    "changelog.md",
    "code_of_conduct.md",
    "contributing.md",
    "licence.md",
    "license.md",
    "pull_request_template.md",
    "readme.md",
    "security.md",
];

/// Whether pages may be in a folder of this name.
pub(super) fn holds_pages(folder: &str) -> bool {
    !folder.starts_with('.') && !NO_PAGES.contains(&folder)
}

/// What a file is, by its path on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A page.
    Page,
    /// A page if it has a front matter; else Jekyll delivers it as it is.
    PerhapsPage,
    /// No page.
    Other,
}

pub(super) fn kind_of(path: &str) -> FileKind {
    let name = path.rsplit('/').next().unwrap_or(path);
    let lower = name.to_lowercase();
    if name.starts_with('.') || FOR_DEVELOPERS.contains(&&*lower) {
        return FileKind::Other;
    }
    match lower.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mkdown" => FileKind::Page,
        "html" | "htm" => FileKind::PerhapsPage,
        "json" if path.starts_with("schema/") => FileKind::Page,
        _ => FileKind::Other,
    }
}

/// Whether a name could lead elsewhere on some system, or spoil a terminal.
pub(super) fn is_unsafe(name: &str) -> bool {
    let parts = || name.split(['/', '\\']);
    name.chars().any(char::is_control) || parts().any(|part| part == "..") || parts().count() > 1
}
