//! What stands between the tokens of a page and the HTML parser, so that a hostile page stays cheap.
//!
//! The parser walks its stack of open elements for almost every tag: a page of nothing but `<div>` would
//! take it the square of the page's length. So tags that would nest too deeply are left out; the text in
//! them is kept.

use std::cell::{Cell, RefCell};

use html5ever::{
    Attribute, LocalName, QualName, ns,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult},
    tree_builder::TreeBuilder,
};

use super::{
    sink::{Handle, LINK, Sink},
    text::is_block,
};

pub(super) struct Guard {
    pub tree: TreeBuilder<Handle, Sink>,
    /// The elements that the parser has probably open, of those that can nest.
    open: RefCell<Vec<LocalName>>,
    /// The names of the start tags that were left out, to leave out their end tags.
    skipped: RefCell<Vec<LocalName>>,
    deepest: usize,
    pub too_deep: Cell<bool>,
    links: Cell<u32>,
}

impl Guard {
    pub fn new(tree: TreeBuilder<Handle, Sink>, deepest: usize) -> Self {
        Self {
            tree,
            open: RefCell::default(),
            skipped: RefCell::default(),
            deepest,
            too_deep: Cell::new(false),
            links: Cell::new(0),
        }
    }

    /// Whether a tag may pass.
    fn passes(&self, tag: &Tag) -> bool {
        if self.tree.sink.full.get() {
            return false;
        }
        if !nests(&tag.name) {
            return true;
        }
        match tag.kind {
            TagKind::StartTag => self.opens(tag),
            TagKind::EndTag => self.closes(&tag.name),
        }
    }

    /// A link with its number.
    fn numbered(&self, mut tag: Tag) -> Tag {
        if tag.kind == TagKind::StartTag && &*tag.name == "a" {
            self.links.set(self.links.get() + 1);
            tag.attrs.push(Attribute {
                name: QualName::new(None, ns!(), LINK.into()),
                value: self.links.get().to_string().into(),
            });
        }
        tag
    }

    fn opens(&self, tag: &Tag) -> bool {
        let mut open = self.open.borrow_mut();
        if open.len() < self.deepest {
            open.push(tag.name.clone());
            return true;
        }
        self.too_deep.set(true);
        let mut skipped = self.skipped.borrow_mut();
        // Beyond this, whether an end tag is left out is a guess.
        if skipped.len() < 10_000 {
            skipped.push(tag.name.clone());
        }
        false
    }

    fn closes(&self, name: &LocalName) -> bool {
        let mut skipped = self.skipped.borrow_mut();
        if skipped.last() == Some(name) {
            skipped.pop();
            return false;
        }
        let mut open = self.open.borrow_mut();
        let formatting = is_formatting(name);
        let block = is_block(name);
        for index in (0..open.len()).rev() {
            if open[index] == *name {
                // The end of a formatting element leaves open what is in it.
                if formatting {
                    open.remove(index);
                } else {
                    open.truncate(index);
                }
                break;
            }
            let ends_scope = matches!(
                &*open[index],
                "table" | "caption" | "marquee" | "object" | "applet" | "template" | "svg" | "math"
            );
            if !formatting && ends_scope || !formatting && !block && is_block(&open[index]) {
                break;
            }
        }
        true
    }
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let passes = match &token {
            Token::TagToken(tag) => self.passes(tag),
            Token::CommentToken(_) | Token::DoctypeToken(_) | Token::ParseError(_) => false,
            _ => true,
        };
        if !passes {
            return TokenSinkResult::Continue;
        }
        let token = match token {
            Token::TagToken(tag) => Token::TagToken(self.numbered(tag)),
            token => token,
        };
        match self.tree.process_token(token, line) {
            // Nobody runs the script: there is no reason to stop for it.
            TokenSinkResult::Script(_) => TokenSinkResult::Continue,
            result => result,
        }
    }

    fn end(&self) {
        self.tree.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.tree
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Whether elements of this name can be in each other without end: others have no content, or the next one
/// closes the last.
fn nests(name: &str) -> bool {
    !matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "body"
            | "br"
            | "col"
            | "colgroup"
            | "dd"
            | "dt"
            | "embed"
            | "frame"
            | "head"
            | "hr"
            | "html"
            | "iframe"
            | "img"
            | "input"
            | "keygen"
            | "li"
            | "link"
            | "meta"
            | "noembed"
            | "noframes"
            | "option"
            | "p"
            | "param"
            | "script"
            | "source"
            | "style"
            | "tbody"
            | "td"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "track"
            | "wbr"
            | "xmp"
    )
}

fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}
