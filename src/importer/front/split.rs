//! Where a front matter ends and the page begins.

use crate::importer::problem::{ProblemKind, Problems};

/// A page in its two parts.
pub struct Split<'p> {
    pub front: Option<&'p str>,
    /// The file's line that the front matter begins at.
    pub line: usize,
    pub body: &'p str,
}

/// Parts a page.
pub fn split<'p>(page: &'p str, problems: &mut Problems) -> Split<'p> {
    let start = page.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{FEFF}');
    let none = Split {
        front: None,
        line: 1,
        body: page,
    };
    let Some((mark, inside)) = start.split_once('\n') else {
        return if mark_of_start(start) {
            Split { body: "", ..none }
        } else {
            none
        };
    };
    if !mark_of_start(mark) {
        return none;
    }
    let line = page[..page.len() - inside.len()].lines().count() + 1;
    let mut end = 0;
    for text in inside.split_inclusive('\n') {
        let mark = text.trim_end();
        if mark == "---" || mark == "..." {
            return Split {
                front: Some(&inside[..end]),
                line,
                body: &inside[end + text.len()..],
            };
        }
        end += text.len();
    }
    let end = unclosed(inside);
    let message = "the front matter has no end, which is a line `---`: it ends where its keys do";
    problems.add_at(Some(line), ProblemKind::UnclosedFrontMatter, message);
    Split {
        front: Some(&inside[..end]),
        line,
        body: &inside[end..],
    }
}

fn mark_of_start(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Where lines cease to look like keys and values.
fn unclosed(inside: &str) -> usize {
    let mut end = 0;
    for line in inside.split_inclusive('\n') {
        let key = line
            .split_once(':')
            .is_some_and(|(key, _)| super::fallback::is_key(key));
        let continued = end > 0 && line.starts_with([' ', '\t']) && !line.trim().is_empty();
        if !key && !continued {
            break;
        }
        end += line.len();
    }
    end
}
