//! What stands in a line, as Markdown: words, emphasis, links, pictures.

use super::{clean::is_safe, escape};
use crate::importer::dom::{Dom, NodeId, Step, is_block, is_hidden};

/// A piece of a line.
#[derive(Debug, PartialEq)]
enum Piece {
    /// Words, not yet escaped.
    Words(String),
    /// Markdown as it is.
    Done(String),
    /// White space that ends a line.
    Break,
    Open(&'static str),
    Close(&'static str),
}

/// The line that some neighbouring nodes are. `one` tells that it must not break.
pub(super) fn line(dom: &Dom, nodes: &[NodeId], one: bool) -> String {
    let mut pieces = Vec::new();
    for node in nodes {
        add(dom, *node, &mut pieces);
    }
    let line = written(&simplified(pieces), one);
    let lines = line.lines().map(str::trim);
    lines
        .collect::<Vec<_>>()
        .join(if one { " " } else { "\n" })
        .trim()
        .to_owned()
}

fn add(dom: &Dom, from: NodeId, pieces: &mut Vec<Piece>) {
    let mut hidden = 0_usize;
    for step in dom.walk(from) {
        let (id, entering) = match step {
            Step::Enter(id) => (id, true),
            Step::Leave(id) => (id, false),
        };
        if let Some(raw) = dom.raw(id) {
            if entering && hidden == 0 {
                pieces.push(Piece::Words(raw.to_owned()));
            }
            continue;
        }
        let Some(element) = dom.element(id) else {
            continue;
        };
        let attribute = |name| element.attribute(name).unwrap_or_default();
        match &*element.name {
            name if is_hidden(name) => hidden = if entering { hidden + 1 } else { hidden - 1 },
            "br" if entering => pieces.push(Piece::Break),
            "img" if entering && is_safe(attribute("src")) => {
                let alt = escape::escaped(&spaced(attribute("alt")));
                let src = escape::address(attribute("src"));
                pieces.push(Piece::Done(format!("![{}]({src})", alt.trim())));
            }
            "iframe" if entering => {
                pieces.push(Piece::Done(frame(attribute("src"), attribute("title"))));
            }
            "a" if is_safe(attribute("href")) && element.attribute("href").is_some() => {
                let end = format!("]({})", escape::address(attribute("href")));
                pieces.push(Piece::Done(if entering { "[".to_owned() } else { end }));
            }
            name => match markup(name) {
                Some(markup) if entering => pieces.push(Piece::Open(markup)),
                Some(markup) => pieces.push(Piece::Close(markup)),
                None if is_block(name) => pieces.push(Piece::Words(" ".to_owned())),
                None => {}
            },
        }
    }
}

/// A link to what a frame shows.
pub(super) fn frame(src: &str, title: &str) -> String {
    if src.trim().is_empty() || !is_safe(src) {
        return String::new();
    }
    let title = if title.trim().is_empty() {
        src.trim()
    } else {
        title.trim()
    };
    format!(
        "[{}]({})",
        escape::escaped(&spaced(title)),
        escape::address(src)
    )
}

fn markup(name: &str) -> Option<&'static str> {
    match name {
        "strong" | "b" => Some("strong"),
        "em" | "i" => Some("em"),
        "sup" => Some("sup"),
        "sub" => Some("sub"),
        "del" | "s" | "strike" => Some("del"),
        "code" => Some("code"),
        _ => None,
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Neighbouring words are one piece, with single spaces; emphasis of nothing, or that ends where it begins
/// again, is left out.
fn simplified(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut simple: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (simple.last_mut(), piece) {
            (Some(Piece::Words(before)), Piece::Words(words)) => before.push_str(&words),
            (Some(Piece::Open(open)), Piece::Close(close)) if *open == close => {
                simple.pop();
            }
            (Some(Piece::Words(words)), Piece::Close(close)) if words.trim().is_empty() => {
                let opened = simple.len().checked_sub(2).map(|index| &simple[index]);
                if opened == Some(&Piece::Open(close)) {
                    simple.remove(simple.len() - 2);
                } else {
                    simple.push(Piece::Close(close));
                }
            }
            (Some(Piece::Close(close)), Piece::Open(open)) if *close == open => {
                simple.pop();
            }
            (_, piece) => simple.push(piece),
        }
    }
    simple
}

fn written(pieces: &[Piece], one: bool) -> String {
    let mut line = String::new();
    // For each open emphasis whether it is written as HTML.
    let mut open: Vec<bool> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Words(words) => write_words(words, &mut line),
            Piece::Done(done) => line.push_str(done),
            Piece::Break if one => line.push(' '),
            Piece::Break => {
                line.truncate(line.trim_end_matches(' ').len());
                line.push_str("\\\n");
            }
            Piece::Open(name) => {
                let html = needs_html(pieces, index, name);
                open.push(html);
                line.push_str(&mark(name, html, false));
            }
            Piece::Close(name) => {
                let html = open.pop().unwrap_or(true);
                line.push_str(&mark(name, html, true));
            }
        }
    }
    let end = line.trim_end().trim_end_matches('\\').len();
    if line.trim_end().ends_with('\\') && !line.trim_end().ends_with("\\\\") {
        line.truncate(end);
    }
    line
}

fn write_words(words: &str, line: &mut String) {
    let starts = words.starts_with(char::is_whitespace);
    if starts && !line.is_empty() && !line.ends_with([' ', '\n']) {
        line.push(' ');
    }
    line.push_str(&escape::escaped(&spaced(words)));
    let ends = words.ends_with(char::is_whitespace);
    if ends && !line.is_empty() && !line.ends_with([' ', '\n']) {
        line.push(' ');
    }
}

/// Stars are emphasis only at the edge of words: elsewhere the element itself is written.
fn needs_html(pieces: &[Piece], open: usize, name: &str) -> bool {
    if !matches!(name, "strong" | "em") {
        return true;
    }
    let close = pieces[open..]
        .iter()
        .position(|piece| *piece == Piece::Close(markup(name).unwrap_or("")));
    let Some(close) = close.map(|distance| open + distance) else {
        return true;
    };
    let edge = |piece: Option<&Piece>, last: bool| match piece {
        None | Some(Piece::Break) => Some(' '),
        Some(Piece::Words(words)) if last => words.chars().next_back(),
        Some(Piece::Words(words)) => words.chars().next(),
        Some(_) => None,
    };
    let before = if open == 0 {
        Some(' ')
    } else {
        edge(pieces.get(open - 1), true)
    };
    let outside = [before, edge(pieces.get(close + 1), false)];
    let inside = [
        edge(pieces.get(open + 1), false),
        edge(pieces.get(close - 1), true),
    ];
    let free = outside
        .iter()
        .all(|char| char.is_some_and(char::is_whitespace));
    let firm = inside
        .iter()
        .all(|char| char.is_some_and(|char| !char.is_whitespace()));
    let words = inside
        .iter()
        .all(|char| char.is_some_and(char::is_alphanumeric));
    let punctuated = outside
        .iter()
        .all(|char| char.is_some_and(|char| !char.is_alphanumeric()));
    !(firm && (free || words && punctuated))
}

fn mark(name: &str, html: bool, end: bool) -> String {
    match (name, html) {
        ("strong", false) => "**".to_owned(),
        ("em", false) => "*".to_owned(),
        _ if end => format!("</{name}>"),
        _ => format!("<{name}>"),
    }
}
