//! In which language a page is written, as its content tells.

use super::tags::{Tag, VOID, tags};

/// What a page is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// HTML, by hand or by the site's editor.
    Html,
    /// Markdown, perhaps with HTML in it.
    Markdown,
}

/// The dialect of a page.
///
/// HTML begins with a tag. So does Markdown that begins with a picture: it has texts between its elements.
/// `from_editor` says whether the page claims to be from the site's editor; it only counts in doubt, as
/// Markdown claims it too.
pub(super) fn dialect(page: &str, from_editor: bool) -> Dialect {
    let start = page.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{FEFF}');
    if !start.starts_with('<') || start.starts_with("<http") {
        return Dialect::Markdown;
    }
    let tags = tags(page);
    let between = between(page, &tags);
    let bare = between.iter().any(|text| !text.trim().is_empty());
    let looks = between.iter().any(|text| looks_like_markdown(text));
    let marked = || {
        tags.iter()
            .any(|tag| page[tag.start..tag.end].contains("markdown="))
    };
    let inside = || page.split("\n\n").skip(1).any(looks_like_markdown);
    if looks || !from_editor && (bare || marked() || inside()) {
        Dialect::Markdown
    } else {
        Dialect::Html
    }
}

/// The texts that are in no element.
fn between<'p>(page: &'p str, tags: &[Tag<'_>]) -> Vec<&'p str> {
    let mut between = Vec::new();
    let mut end = 0;
    for tag in tags {
        if tag.start < end {
            continue;
        }
        between.push(&page[end..tag.start]);
        end = match tag.partner {
            Some(partner) if !tag.is(VOID) => tags[partner].end,
            _ => tag.end,
        };
    }
    between.push(&page[end..]);
    between
}

/// Whether a text has what Markdown has and prose has not.
fn looks_like_markdown(text: &str) -> bool {
    let mut text = text.trim_start();
    while text.starts_with("<!--") {
        let Some((_, after)) = text.split_once("-->") else {
            return false;
        };
        text = after.trim_start();
    }
    if text.starts_with('<') {
        return false;
    }
    let begins = text.lines().any(|line| {
        let line = line.trim_start();
        [
            "# ", "## ", "### ", "#### ", "##### ", "###### ", "* ", "- ", "> ", "1. ", "|",
        ]
        .iter()
        .any(|mark| line.starts_with(mark))
    });
    begins || text.contains("](") || text.contains("**")
}
