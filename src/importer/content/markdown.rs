//! A page as Markdown, block by block.

use super::{escape, inline};
use crate::importer::{
    dom::{Dom, NodeId, ROOT, is_block, is_hidden},
    extract::Heading,
};

/// A block of a page.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub markdown: String,
    /// If it is a heading.
    pub heading: Option<Heading>,
}

/// How deep blocks are told apart; what is deeper is one paragraph.
const DEEPEST: usize = 40;

/// All blocks of a page, in order.
pub(super) fn blocks(dom: &Dom) -> Vec<Block> {
    let mut blocks = Vec::new();
    add_children(dom, ROOT, 0, &mut blocks);
    blocks
}

fn add_children(dom: &Dom, id: NodeId, depth: usize, blocks: &mut Vec<Block>) {
    let mut words = Vec::new();
    for child in dom.children(id) {
        let name = dom.name(child);
        if is_hidden(name) {
            continue;
        }
        let block = is_block(name) || holds_blocks(dom, child);
        if !block || depth > DEEPEST {
            words.push(child);
            continue;
        }
        add_words(dom, &mut words, blocks);
        add_block(dom, child, depth + 1, blocks);
    }
    add_words(dom, &mut words, blocks);
}

/// Whether an element that stands in a line has blocks in it, as a linked card has.
fn holds_blocks(dom: &Dom, id: NodeId) -> bool {
    let mut inside = dom.elements(id);
    dom.element(id).is_some() && inside.any(|(_, element)| is_block(&element.name))
}

fn add_words(dom: &Dom, words: &mut Vec<NodeId>, blocks: &mut Vec<Block>) {
    let line = inline::line(dom, words, false);
    words.clear();
    add(escape::as_paragraph(&line), blocks);
}

fn add(markdown: String, blocks: &mut Vec<Block>) {
    if !markdown.trim().is_empty() {
        let heading = None;
        blocks.push(Block { markdown, heading });
    }
}

fn add_block(dom: &Dom, id: NodeId, depth: usize, blocks: &mut Vec<Block>) {
    match dom.name(id) {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => add_heading(dom, id, blocks),
        "p" | "summary" | "dt" | "figcaption" if !holds_blocks(dom, id) => {
            let children: Vec<_> = dom.children(id).collect();
            let line = escape::as_paragraph(&inline::line(dom, &children, false));
            let bold = matches!(dom.name(id), "summary" | "dt") && !line.contains('*');
            add(
                if bold && !line.is_empty() {
                    format!("**{line}**")
                } else {
                    line
                },
                blocks,
            );
        }
        "ul" | "ol" | "menu" | "dir" => add(list(dom, id, depth), blocks),
        "blockquote" => {
            let inside = inside(dom, id, depth);
            add(prefixed(&inside, "> ", "> "), blocks);
        }
        "pre" => add(code(dom, id), blocks),
        "hr" => add("---".to_owned(), blocks),
        "table" => add(table(dom, id), blocks),
        "iframe" => {
            let attribute = |name| dom.element(id)?.attribute(name);
            let (src, title) = (attribute("src"), attribute("title"));
            add(
                inline::frame(src.unwrap_or_default(), title.unwrap_or_default()),
                blocks,
            );
        }
        "div" if is_title(dom, id) && !holds_blocks(dom, id) => {
            let line = inline::line(dom, &[id], true);
            add(
                if line.is_empty() {
                    line
                } else {
                    format!("**{line}**")
                },
                blocks,
            );
        }
        "a" => add_linked(dom, id, depth, blocks),
        _ => add_children(dom, id, depth, blocks),
    }
}

fn is_title(dom: &Dom, id: NodeId) -> bool {
    let element = dom.element(id);
    element.is_some_and(|element| element.has_class("isomer-card-title"))
}

fn add_heading(dom: &Dom, id: NodeId, blocks: &mut Vec<Block>) {
    let level = dom.name(id).as_bytes()[1] - b'0';
    let children: Vec<_> = dom.children(id).collect();
    let line = inline::line(dom, &children, true);
    let text = dom.text(id);
    // Number signs at the end would close the heading.
    let line = match line.strip_suffix('#') {
        Some(before) => format!("{before}\\#"),
        None => line,
    };
    if text.is_empty() {
        add(line, blocks);
    } else {
        blocks.push(Block {
            markdown: format!("{} {line}", "#".repeat(usize::from(level))),
            heading: Some(Heading { level, text }),
        });
    }
}

/// A link around blocks: the blocks, and the link behind them.
fn add_linked(dom: &Dom, id: NodeId, depth: usize, blocks: &mut Vec<Block>) {
    let before = blocks.len();
    add_children(dom, id, depth, blocks);
    let href = dom
        .element(id)
        .and_then(|element| element.attribute("href"));
    let Some(href) = href.filter(|href| super::clean::is_safe(href)) else {
        return;
    };
    let mut own = blocks[before..].iter_mut().rev();
    let last = own.find(|block| !block.markdown.contains("](") && !block.markdown.contains('\n'));
    if let Some(last) = last {
        last.markdown = format!("[{}]({})", last.markdown, escape::address(href));
    } else {
        add(inline::frame(href, ""), blocks);
    }
}

fn inside(dom: &Dom, id: NodeId, depth: usize) -> String {
    let mut blocks = Vec::new();
    add_children(dom, id, depth, &mut blocks);
    let texts: Vec<_> = blocks.into_iter().map(|block| block.markdown).collect();
    texts.join("\n\n")
}

fn list(dom: &Dom, id: NodeId, depth: usize) -> String {
    let start = dom
        .element(id)
        .and_then(|list| list.attribute("start")?.parse().ok());
    let mut number: u32 = start.unwrap_or(1);
    let mut items = Vec::new();
    for item in dom
        .children(id)
        .filter(|child| dom.element(*child).is_some())
    {
        let mark = if dom.name(id) == "ol" {
            format!("{number}. ")
        } else {
            "- ".to_owned()
        };
        let text = inside(dom, item, depth);
        if !text.is_empty() {
            items.push(prefixed(&text, &mark, &" ".repeat(mark.len())));
            number = number.saturating_add(1).min(999_999_999);
        }
    }
    let loose = items.iter().any(|item| item.contains("\n\n"));
    items.join(if loose { "\n\n" } else { "\n" })
}

/// A text with one thing before its first line and another before its other lines.
fn prefixed(text: &str, first: &str, others: &str) -> String {
    let mut prefixed = String::with_capacity(text.len() + first.len());
    for (index, line) in text.lines().enumerate() {
        let prefix = if index == 0 { first } else { others };
        if index > 0 {
            prefixed.push('\n');
        }
        prefixed.push_str(if line.is_empty() {
            prefix.trim_end()
        } else {
            prefix
        });
        prefixed.push_str(line);
    }
    prefixed
}

fn code(dom: &Dom, id: NodeId) -> String {
    let code: String = dom.texts(id).map(|(_, raw)| raw).collect();
    let fence = if code.contains("```") { "~~~~" } else { "```" };
    format!("{fence}\n{}\n{fence}", code.trim_matches('\n'))
}

fn table(dom: &Dom, id: NodeId) -> String {
    let rows = dom.rows(id).into_iter().map(|row| {
        let cells = row.cells.iter();
        let cells = cells.map(|cell| inline::line(dom, &[*cell], true).replace('|', "\\|"));
        (row.is_header(dom), cells.collect::<Vec<_>>())
    });
    let mut rows: Vec<_> = rows.collect();
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    if !rows.first().is_some_and(|(header, _)| *header) {
        rows.insert(0, (true, Vec::new()));
    }
    let line = |cells: &[String]| {
        let blank = std::iter::repeat_n("", width - cells.len());
        let cells = cells.iter().map(String::as_str).chain(blank);
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<_> = rows.iter().map(|(_, cells)| line(cells)).collect();
    lines.insert(1, format!("|{}", " --- |".repeat(width)));
    if width == 0 {
        String::new()
    } else {
        lines.join("\n")
    }
}
