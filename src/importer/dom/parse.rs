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
    let mut start = 0;
    for run in html.split_inclusive('>') {
        let separators = run.len() > MOST && {
            let separates =
                |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'/');
            run.bytes().filter(separates).count() > MOST
        };
        if separators && run.contains('<') {
            mended.push_str(&html[copied..start]);
            mended.push_str(&run.replace('<', "&lt;"));
            copied = start + run.len();
        }
        start += run.len();
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    mended.push_str(&html[copied..]);
    Cow::Owned(mended)
}
