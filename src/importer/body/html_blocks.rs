//! HTML inside Markdown, as authors mean it.
//!
//! To CommonMark an HTML block ends at a blank line and not at its end tag. So what is indented after a
//! blank line inside `<div>` would become code, and Markdown right after `</div>` would not be read. Jekyll
//! reads both as they are meant, so the page is written in such a way that CommonMark does too.

use std::{borrow::Cow, ops::RangeInclusive};

use super::tags::{Tag, VOID, tags};

/// A page whose HTML blocks begin and end for CommonMark where they do for authors.
pub(super) fn separate(page: &str) -> String {
    let page = &with_tags_in_one(page);
    let tags = tags(page);
    let mut separated = String::with_capacity(page.len() + page.len() / 16);
    let mut copied = 0;
    let mut index = 0;
    while let Some(tag) = tags.get(index) {
        let last = match region(page, &tags, index) {
            Some(last) if tag.start >= copied => last,
            _ => {
                index += 1;
                continue;
            }
        };
        copy_markdown(&page[copied..tag.start], &mut separated);
        copy_region(page, &tags, index..=last, &mut separated);
        copied = tags[last].end;
        index = last + 1;
        // Other tags on the line belong to the block.
        while let Some(next) = tags.get(index) {
            let between = page.get(copied..next.start);
            let same_line =
                between.is_some_and(|between| between.trim() == "" && !between.contains('\n'));
            if !same_line || tags[index].starts_block() {
                break;
            }
            separated.push_str(&page[copied..next.end]);
            copied = next.end;
            index += 1;
        }
        end_block(&page[copied..], &mut separated);
    }
    copy_markdown(&page[copied..], &mut separated);
    separated
}

/// A page without blank lines inside of tags: HTML would end there.
fn with_tags_in_one(page: &str) -> Cow<'_, str> {
    let mut joined = String::new();
    let mut copied = 0;
    for tag in tags(page) {
        let text = &page[tag.start..tag.end];
        let mut lines = text.lines();
        if lines.any(|line| line.trim().is_empty()) {
            joined.push_str(&page[copied..tag.start]);
            joined.push_str(&text.replace('\n', " "));
            copied = tag.end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(page);
    }
    joined.push_str(&page[copied..]);
    Cow::Owned(joined)
}

/// The last tag of the block that begins with this tag, if one does.
fn region(page: &str, tags: &[Tag<'_>], index: usize) -> Option<usize> {
    let tag = &tags[index];
    if !tag.starts_block() {
        return None;
    }
    let mut before = page[..tag.start].bytes().rev().take(4);
    let indent = before.find(|byte| *byte != b' ');
    if indent.is_some_and(|byte| byte != b'\n') || indent.is_none() && tag.start > 3 {
        return None;
    }
    // An end tag that ends nothing is a block of its own.
    if tag.closing || tag.is(VOID) {
        Some(index)
    } else {
        tag.partner
    }
}

/// Puts a blank line behind a block unless HTML follows.
fn end_block(rest: &str, separated: &mut String) {
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    if !line.trim().is_empty() {
        separated.push_str("\n\n");
    } else if !after
        .trim_start_matches([' ', '\t'])
        .starts_with(['<', '\n', '\r'])
    {
        separated.push('\n');
    }
}

/// Copies a block, without the indentation that would make code of it, and with blank lines around what is
/// marked as Markdown.
fn copy_region(page: &str, all: &[Tag<'_>], region: RangeInclusive<usize>, separated: &mut String) {
    let tags = &all[region];
    let (Some(first), Some(last)) = (tags.first(), tags.last()) else {
        return;
    };
    let mut copied = first.start;
    let preformatted = tags.iter().any(|tag| tag.is(&["pre", "textarea"]));
    let mut ends: Vec<usize> = Vec::new();
    for tag in tags {
        let markdown = !tag.closing && is_markdown(&page[tag.start..tag.end]);
        let ends_markdown = ends.last() == Some(&tag.start);
        if !markdown && !ends_markdown {
            continue;
        }
        let until = if markdown { tag.end } else { tag.start };
        copy_lines(&page[copied..until], preformatted, separated);
        copied = until;
        separated.push_str("\n\n");
        if ends_markdown {
            ends.pop();
        } else {
            ends.extend(tag.partner.map(|end| all[end].start));
        }
    }
    copy_lines(&page[copied..last.end], preformatted, separated);
}

/// Whether a tag says that Markdown is in its element.
fn is_markdown(tag: &str) -> bool {
    let Some((_, value)) = tag.split_once("markdown=") else {
        return false;
    };
    let value = value.trim_start_matches(['"', '\'']);
    ["1", "block", "span"]
        .iter()
        .any(|yes| value.starts_with(yes))
}

fn copy_lines(block: &str, preformatted: bool, separated: &mut String) {
    let mut after_tag = true;
    for line in block.split_inclusive('\n') {
        let text = line.trim_start();
        let html = text.starts_with('<');
        let bare = html || text.is_empty() || after_tag;
        separated.push_str(
            if bare && !preformatted && line.ends_with('\n') || html && !preformatted {
                if text.is_empty() { "\n" } else { text }
            } else {
                line
            },
        );
        if !text.is_empty() {
            after_tag = html;
        }
    }
}

/// Copies Markdown. A line that is nothing but one tag, such as `<br>`, would make HTML of the lines after
/// it, though Jekyll reads them as Markdown.
fn copy_markdown(markdown: &str, separated: &mut String) {
    let mut starts = true;
    let mut lines = markdown.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let text = line.trim();
        let before_text = lines.peek().is_some_and(|next| {
            let next = next.trim();
            !next.is_empty() && !next.starts_with('<')
        });
        let lone = starts && before_text && is_lone_tag(text);
        if !lone {
            separated.push_str(line);
        } else if text.starts_with("<br") {
            separated.push_str(line);
            separated.push('\n');
        } else {
            separated.push_str(line.trim_end());
            separated.push(' ');
        }
        starts = text.is_empty()
            || text.starts_with('#')
            || text.trim_matches(['-', '*', '_', '=', ' ']).is_empty()
            || lone && text.starts_with("<br");
    }
}

fn is_lone_tag(line: &str) -> bool {
    if !line.starts_with('<') || !line.ends_with('>') || line.len() > 5_000 {
        return false;
    }
    let tags = tags(line);
    matches!(&tags[..], [tag] if tag.start == 0 && tag.end == line.len() && !tag.starts_block())
}
