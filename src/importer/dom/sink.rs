//! How the HTML parser builds the tree.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    rc::Rc,
};

use html5ever::{
    Attribute, QualName, local_name, ns,
    tendril::StrTendril,
    tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
};

use super::{Data, Dom, Element, Node, NodeId, ROOT};

/// The attribute that numbers links on their way through the parser. Authors can't write it: the parser makes
/// small letters of theirs.
pub(super) const LINK: &str = "LINK";

/// A node that is being built. The parser asks for names often, so they come along.
#[derive(Clone)]
pub(super) struct Handle {
    pub id: NodeId,
    name: Rc<QualName>,
}

pub(super) struct Sink {
    nodes: RefCell<Vec<Node>>,
    unnamed: Rc<QualName>,
    /// How many nodes there may be.
    most: usize,
    pub full: Cell<bool>,
}

impl Sink {
    pub fn new(most: usize) -> Self {
        let unnamed = Rc::new(QualName::new(None, ns!(), local_name!("")));
        let sink = Self {
            nodes: RefCell::default(),
            unnamed,
            most,
            full: Cell::new(false),
        };
        sink.add(Data::Other);
        sink
    }

    fn add(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            data,
            parent: None,
            first: None,
            last: None,
            before: None,
            after: None,
        });
        if nodes.len() >= self.most {
            self.full.set(true);
        }
        nodes.len() - 1
    }

    fn unnamed(&self, id: NodeId) -> Handle {
        Handle {
            id,
            name: Rc::clone(&self.unnamed),
        }
    }

    fn detach(&self, id: NodeId) {
        let nodes = &mut *self.nodes.borrow_mut();
        let (parent, before, after) = (nodes[id].parent, nodes[id].before, nodes[id].after);
        if let Some(before) = before {
            nodes[before].after = after;
        } else if let Some(parent) = parent {
            nodes[parent].first = after;
        }
        if let Some(after) = after {
            nodes[after].before = before;
        } else if let Some(parent) = parent {
            nodes[parent].last = before;
        }
        let node = &mut nodes[id];
        (node.parent, node.before, node.after) = (None, None, None);
    }

    /// Puts a node into a parent, before one of its children or behind all of them.
    fn attach(&self, parent: NodeId, id: NodeId, behind: Option<NodeId>) {
        let nodes = &mut *self.nodes.borrow_mut();
        let before = match behind {
            Some(sibling) => nodes[sibling].before.replace(id),
            None => nodes[parent].last.replace(id),
        };
        match before {
            Some(before) => nodes[before].after = Some(id),
            None => nodes[parent].first = Some(id),
        }
        let node = &mut nodes[id];
        (node.parent, node.before, node.after) = (Some(parent), before, behind);
    }

    fn insert(&self, parent: NodeId, child: NodeOrText<Handle>, behind: Option<NodeId>) {
        match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                self.attach(parent, handle.id, behind);
            }
            NodeOrText::AppendText(text) => {
                let text = printable(&text);
                let before = {
                    let nodes = self.nodes.borrow();
                    behind.map_or(nodes[parent].last, |sibling| nodes[sibling].before)
                };
                if !self.continued(before, &text) {
                    let id = self.add(Data::Text(text.into_owned()));
                    self.attach(parent, id, behind);
                }
            }
        }
    }

    /// Whether a text was put behind the text that stands before it.
    fn continued(&self, before: Option<NodeId>, text: &str) -> bool {
        let Some(before) = before else { return false };
        match &mut self.nodes.borrow_mut()[before].data {
            Data::Text(known) => {
                known.push_str(text);
                true
            }
            _ => false,
        }
    }
}

/// The text without characters that control machines: references such as `&#27;` bring them in.
fn printable(text: &str) -> Cow<'_, str> {
    let controls = |char: char| char.is_control() && !matches!(char, '\n' | '\t');
    if text.contains(controls) {
        Cow::Owned(text.replace(controls, ""))
    } else {
        Cow::Borrowed(text)
    }
}

fn plain(attributes: Vec<Attribute>) -> Vec<(html5ever::LocalName, String)> {
    let attributes = attributes.into_iter();
    attributes
        .map(|attribute| {
            (
                attribute.name.local,
                printable(&attribute.value).into_owned(),
            )
        })
        .collect()
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Dom;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Dom {
        Dom {
            nodes: self.nodes.into_inner(),
            bounded: Vec::new(),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.unnamed(ROOT)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let mut attributes = plain(attributes);
        let number = attributes.iter().position(|(name, _)| &**name == LINK);
        let number = number.map(|index| attributes.remove(index).1);
        let element = Element {
            name: name.local.clone(),
            attributes,
            link: number.and_then(|number| number.parse().ok()),
        };
        Handle {
            id: self.add(Data::Element(element)),
            name: Rc::new(name),
        }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.unnamed(self.add(Data::Other))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.unnamed(self.add(Data::Other))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, child, None);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        outer: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let parent = self.nodes.borrow()[element.id].parent;
        match parent {
            Some(parent) => self.insert(parent, child, Some(element.id)),
            None => self.insert(outer.id, child, None),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.id].parent;
        if let Some(parent) = parent {
            self.insert(parent, child, Some(sibling.id));
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        if let Data::Element(element) = &mut self.nodes.borrow_mut()[target.id].data {
            for (name, value) in plain(attributes) {
                if element.attribute(&name).is_none() {
                    element.attributes.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        loop {
            let first = self.nodes.borrow()[node.id].first;
            let Some(first) = first else { break };
            self.detach(first);
            self.attach(new_parent.id, first, None);
        }
    }
}
