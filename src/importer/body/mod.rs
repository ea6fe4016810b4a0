//! From what an author wrote to elements, whatever the dialect.

mod dialect;
mod emphasis;
mod html_blocks;
mod kramdown;
mod liquid;
mod markdown;
mod tags;

pub use self::dialect::Dialect;
use super::{
    dom::{self, Bounds, Dom},
    problem::{ProblemKind, Problems},
};

/// A page's elements, and the dialect that it was written in.
pub(super) fn read(
    page: &str,
    hint: Hint,
    bounds: Bounds,
    problems: &mut Problems,
) -> (Dom, Dialect) {
    let (page, lost) = liquid::without_liquid(page);
    for tag in lost {
        let message = format!("`{tag}` would put something here: it is left out");
        problems.add(ProblemKind::Liquid, message);
    }
    let dialect = match hint {
        Hint::Html => Dialect::Html,
        Hint::Editor => dialect::dialect(&page, true),
        Hint::None => dialect::dialect(&page, false),
    };
    let dom = match dialect {
        Dialect::Html => dom::parse(&page, bounds),
        Dialect::Markdown => dom::parse(&markdown_as_html(&page), bounds),
    };
    for message in &dom.bounded {
        problems.add(ProblemKind::TooDeep, *message);
    }
    (dom, dialect)
}

/// What is known of a page's dialect before its content is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// It is HTML: the file's name says so, and Jekyll takes its word.
    Html,
    /// It says that it is from the site's editor.
    Editor,
    None,
}

fn markdown_as_html(page: &str) -> String {
    let page = kramdown::as_common_mark(page);
    let page = html_blocks::separate(&page);
    markdown::as_html(&page)
}
