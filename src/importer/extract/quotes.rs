//! What somebody said: block quotes, and what reads like them.

use super::Quote;
use crate::importer::dom::{Dom, NodeId, ROOT, is_block};

/// What an attribution begins with.
const MARKS: [char; 4] = ['~', '-', '–', '—'];

/// How many paragraphs a quote has.
const MOST_PARAGRAPHS: usize = 6;

/// The page's block quotes. One without an attribution may be a call-out.
pub(in crate::importer) fn block_quotes(dom: &Dom) -> Vec<Quote> {
    let elements = dom.elements(ROOT);
    let quotes = elements.filter(|(_, element)| &*element.name == "blockquote");
    quotes
        .map(|(id, _)| Quote {
            text: dom.text(id),
            attribution: next_paragraph(dom, id).and_then(|next| attribution(&dom.text(next))),
        })
        .collect()
}

/// The next paragraph that says something, if nothing else stands before it.
fn next_paragraph(dom: &Dom, id: NodeId) -> Option<NodeId> {
    let siblings = std::iter::successors(dom.next(id), |sibling| dom.next(*sibling));
    let mut telling = siblings.filter(|sibling| {
        let name = dom.name(*sibling);
        let block = is_block(name) && name != "p";
        block || shows(dom, *sibling) || !dom.is_blank(*sibling)
    });
    telling.next().filter(|next| dom.name(*next) == "p")
}

/// Whether there is a picture in a node or it is one.
fn shows(dom: &Dom, id: NodeId) -> bool {
    let mut inside = dom.elements(id).map(|(_, element)| &*element.name);
    dom.name(id) == "img" || inside.any(|name| matches!(name, "img" | "iframe"))
}

/// The words after the mark of an attribution.
fn attribution(text: &str) -> Option<String> {
    let name = text.strip_prefix(MARKS)?;
    let name = name.trim_start_matches(MARKS).trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// The words and the attribution of a block quote whose last paragraph is the attribution.
pub(in crate::importer) fn inner_attribution(dom: &Dom, id: NodeId) -> Option<(String, String)> {
    let paragraphs = dom.children(id).filter(|child| dom.name(*child) == "p");
    let texts = paragraphs.map(|paragraph| dom.text(paragraph));
    let mut texts: Vec<_> = texts.filter(|text| !text.is_empty()).collect();
    let name = attribution(&texts.pop()?)?;
    (!texts.is_empty()).then(|| (texts.join(" "), name))
}

/// Quotes that are no block quotes: in italics and in quotation marks, with the speaker behind a dash, or in
/// bold in the next paragraph.
pub(in crate::importer) fn likely_quotes(dom: &Dom) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut taken = None;
    for (id, element) in dom.elements(ROOT) {
        let outer = || dom.ancestors(id).any(|outer| is_other(dom.name(outer)));
        if &*element.name != "p" || taken.is_some_and(|taken| id <= taken) || outer() {
            continue;
        }
        if let Some((quote, last)) = likely_quote(dom, id) {
            quotes.push(quote);
            taken = Some(last);
        }
    }
    quotes
}

/// Whether a paragraph in such an element is read in another way.
fn is_other(name: &str) -> bool {
    matches!(name, "blockquote" | "li" | "td" | "th" | "figcaption")
}

/// The quote that begins with a paragraph, and its last paragraph.
fn likely_quote(dom: &Dom, id: NodeId) -> Option<(Quote, NodeId)> {
    let text = dom.text(id);
    if !text.starts_with(is_quotation_mark) {
        return None;
    }
    if let Some(quote) = in_one(dom, id, &text) {
        return Some((quote, id));
    }
    let italic = is_all(dom, id, &["em", "i"]);
    let mut words = text;
    let mut last = id;
    // An italic quote may go on in further paragraphs.
    for _ in 0..MOST_PARAGRAPHS {
        if !italic || words.ends_with(is_quotation_mark) {
            break;
        }
        let next = next_paragraph(dom, last)?;
        if !is_all(dom, next, &["em", "i"]) {
            return None;
        }
        words = format!("{words} {}", dom.text(next));
        last = next;
    }
    if !words.ends_with(is_quotation_mark) {
        return None;
    }
    let speaker = next_paragraph(dom, last)?;
    let line = dom.text(speaker);
    let bold = italic && line.chars().count() < 300 && is_all(dom, speaker, &["strong", "b"]);
    let name = attribution(&line).or_else(|| bold.then_some(line))?;
    let attribution = Some(name);
    let text = words;
    Some((Quote { text, attribution }, speaker))
}

/// A quote whose speaker stands in the same paragraph, behind a dash.
fn in_one(dom: &Dom, id: NodeId, text: &str) -> Option<Quote> {
    let mut children = dom.children(id).filter(|child| !dom.is_blank(*child));
    let first = children.next()?;
    if !matches!(dom.name(first), "em" | "i") {
        return None;
    }
    let words = dom.text(first);
    let name = attribution(text.strip_prefix(&*words)?.trim_start())?;
    words.ends_with(is_quotation_mark).then_some(Quote {
        text: words,
        attribution: Some(name),
    })
}

/// Whether all text of a node is in elements of these names.
fn is_all(dom: &Dom, id: NodeId, names: &[&str]) -> bool {
    let inside = |text: NodeId| {
        let mut outer = dom.ancestors(text).take_while(|outer| *outer != id);
        outer.any(|outer| names.contains(&dom.name(outer)))
    };
    let mut texts = dom.texts(id);
    texts.all(|(id, raw)| raw.trim().is_empty() || inside(id))
}

fn is_quotation_mark(char: char) -> bool {
    matches!(char, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}
