//! From HTML to a tree.

use std::borrow::Cow;

use html5ever::{
    QualName, TokenizerResult,
    buffer_queue::BufferQueue,
    local_name, ns,
    tendril::StrTendril,
    tokenizer::{Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink as _, create_element},
};

use super::{Dom, guard::Guard, sink::Sink};

/// How large a tree may grow.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// How deep elements may be in each other.
    pub depth: usize,
    /// How many elements and texts there may be.
    pub nodes: usize,
}

/// The tree of a piece of HTML, as a browser would build it.
pub fn parse(html: &str, bounds: Bounds) -> Dom {
    let html = without_floods(html);
    let sink = Sink::new(bounds.nodes);
    let context = QualName::new(None, ns!(html), local_name!("body"));
    let context = create_element(&sink, context, Vec::new());
    let options = TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let tree = TreeBuilder::new_for_fragment(sink, context, None, options);
    let tokenizer = Tokenizer::new(Guard::new(tree, bounds.depth), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&html));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let guard = tokenizer.sink;
    let mut bounded = Vec::new();
    if matches!(html, Cow::Owned(_)) {
        bounded.push("a tag has too many attributes: it is taken as text");
    }
    if guard.too_deep.get() {
        bounded.push("elements are nested too deeply: the innermost are taken as text");
    }
    if guard.tree.sink.full.get() {
        bounded.push("there are too many elements: the rest is taken as text");
    }
    let mut dom = guard.tree.sink.finish();
    dom.bounded = bounded;
    dom
}

/// The parser compares every attribute of a tag with every other one: tags with tens of thousands of them
/// are taken as text.
fn without_floods(html: &str) -> Cow<'_, str> {
    const MOST: usize = 20_000;
    let mut mended = String::new();
    let mut copied = 0;
    let mut tag: Option<Tag> = None;
    let bytes = html.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let Some(open) = &mut tag else {
            let begins = *byte == b'<' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
            tag = begins.then(|| Tag::at(at));
            continue;
        };
        open.take(*byte);
        if open.attributes > MOST {
            mended.push_str(&html[copied..open.start]);
            mended.push_str(&html[open.start..at].replace('<', "&lt;"));
            copied = at;
            tag = None;
        } else if open.is_closed {
            tag = None;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    mended.push_str(&html[copied..]);
    Cow::Owned(mended)
}

/// A tag on its way through its attributes (HTML, sections 13.2.5.32 to 13.2.5.39).
struct Tag {
    start: usize,
    /// At least as many as it has.
    attributes: usize,
    quote: Option<u8>,
    before_value: bool,
    is_closed: bool,
}

impl Tag {
    fn at(start: usize) -> Self {
        Self {
            start,
            attributes: 0,
            quote: None,
            before_value: false,
            is_closed: false,
        }
    }

    fn take(&mut self, byte: u8) {
        if let Some(quote) = self.quote {
            if byte == quote {
                self.quote = None;
                self.attributes += 1;
            }
            return;
        }
        match byte {
            b'"' | b'\'' if self.before_value => self.quote = Some(byte),
            b'>' => self.is_closed = true,
            b'=' => self.before_value = true,
            b'/' => self.attributes += 1,
            _ if byte.is_ascii_whitespace() => self.attributes += 1,
            _ => self.before_value = false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floods_of_attributes_are_text() {
        let many = "a ".repeat(30_000);
        let flood = format!("<p {many}>");
        assert!(without_floods(&flood).starts_with("&lt;p a "));
        // What is quoted does not end the tag.
        let some = "a ".repeat(15_000);
        let flood = format!("<p {some} x=\">\" {some}>");
        assert!(without_floods(&flood).starts_with("&lt;p "));
    }

    #[test]
    fn long_texts_are_no_floods() {
        let words = "a ".repeat(30_000);
        let text = format!("<p>{words}<a href=\"/x\" title='{words}'>link</a> 1 < 2 {words}</p>");
        assert!(matches!(without_floods(&text), Cow::Borrowed(_)));
    }
}
