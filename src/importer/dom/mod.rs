//! A page's elements: a tree in one list, so that it is walked and dropped without recursion.

mod guard;
mod parse;
mod sink;
mod table;
mod text;

use html5ever::LocalName;

pub(super) use self::{
    parse::{Bounds, parse},
    table::Row,
    text::{is_block, is_hidden, tidy},
};

/// A node's place in the list.
pub(super) type NodeId = usize;

/// The root's place in the list.
pub(super) const ROOT: NodeId = 0;

/// An element's name and attributes.
#[derive(Debug)]
pub(super) struct Element {
    pub name: LocalName,
    pub attributes: Vec<(LocalName, String)>,
    /// Which link of the page it is: where a link is around paragraphs, the parser makes several of one.
    pub link: Option<u32>,
}

impl Element {
    /// What an attribute says, as it is written.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(known, _)| &**known == name)?;
        Some(&found.1)
    }

    /// Whether it is of this class.
    pub fn has_class(&self, class: &str) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_ascii_whitespace().any(|known| known == class)
    }
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    /// The root, a comment, a declaration: nothing that a reader sees.
    Other,
    Element(Element),
    Text(String),
}

#[derive(Debug)]
pub(super) struct Node {
    pub data: Data,
    pub parent: Option<NodeId>,
    pub first: Option<NodeId>,
    pub last: Option<NodeId>,
    pub before: Option<NodeId>,
    pub after: Option<NodeId>,
}

/// A page's elements.
#[derive(Debug)]
pub(super) struct Dom {
    nodes: Vec<Node>,
    /// What was left out so that the page stays within bounds.
    pub bounded: Vec<&'static str>,
}

/// A step of a walk through a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

impl Dom {
    /// The element at this place, if there is one.
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.nodes[id].data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of the element at this place; empty if there is none.
    pub fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", |element| &element.name)
    }

    /// The text at this place, as it is written.
    pub fn raw(&self, id: NodeId) -> Option<&str> {
        match &self.nodes[id].data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id].parent
    }

    /// What comes next under the same parent.
    pub fn next(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id].after
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.nodes[id].first, |child| self.nodes[*child].after)
    }

    /// The walk through a node and all that is in it.
    pub fn walk(&self, from: NodeId) -> impl Iterator<Item = Step> + '_ {
        let follow = move |step: &Step| match *step {
            Step::Enter(id) => Some(self.nodes[id].first.map_or(Step::Leave(id), Step::Enter)),
            Step::Leave(id) if id == from => None,
            Step::Leave(id) => match (self.nodes[id].after, self.nodes[id].parent) {
                (Some(after), _) => Some(Step::Enter(after)),
                (None, parent) => parent.map(Step::Leave),
            },
        };
        std::iter::successors(Some(Step::Enter(from)), follow)
    }

    /// The elements in a node, in the order of their start tags.
    pub fn elements(&self, from: NodeId) -> impl Iterator<Item = (NodeId, &Element)> + '_ {
        self.walk(from).filter_map(move |step| match step {
            Step::Enter(id) if id != from => Some((id, self.element(id)?)),
            _ => None,
        })
    }

    /// The nodes around a node, the nearest first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.nodes[id].parent, |outer| self.nodes[*outer].parent)
    }

    /// The first element of a class in a node.
    pub fn of_class(&self, from: NodeId, class: &str) -> Option<NodeId> {
        let mut elements = self.elements(from);
        let found = elements.find(|(_, element)| element.has_class(class))?;
        Some(found.0)
    }
}
