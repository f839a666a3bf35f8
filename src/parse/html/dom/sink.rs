//! The tree under construction, with an account of what it holds.

use super::tokens;
use ego_tree::{NodeId, Tree};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName};
use scraper::{Html, HtmlTreeSink, Node};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

/// The longest value of an attribute that is kept, in bytes: longer ones hold pictures and data, never what a page says.
const LONGEST_VALUE: usize = 4096;
/// What an attribute takes beside its value, in bytes.
const ATTRIBUTE: usize = size_of::<Attribute>();

/// A tree that counts what comes into it.
pub(super) struct Sink {
    tree: HtmlTreeSink,
    /// The element that was made last: where the document is being built.
    last: Cell<Option<NodeId>>,
    attributes: Cell<usize>,
    /// The node that was appended last, and those that it stands in, outermost first.
    path: RefCell<Vec<NodeId>>,
    deepest: Cell<usize>,
    /// Nodes were put elsewhere with all that is in them: the path does not tell how deep they are.
    moved: Cell<bool>,
}

impl Sink {
    /// For a text of so many bytes.
    pub(super) fn new(len: usize) -> Self {
        let mut document = Html::new_document();
        // Pages take more bytes for a node than this: a tree that grows is copied again and again, and what of the room is
        // not taken costs nothing.
        document.tree = Tree::with_capacity(Node::Document, (len / 24).min(super::MOST_NODES));
        let path = RefCell::new(vec![document.tree.root().id()]);
        Self {
            tree: HtmlTreeSink::new(document),
            last: Cell::default(),
            attributes: Cell::default(),
            path,
            deepest: Cell::default(),
            moved: Cell::default(),
        }
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.tree.0.borrow().tree.values().len()
    }

    /// What the attributes hold, in bytes.
    pub(super) fn attributes(&self) -> usize {
        self.attributes.get()
    }

    /// Whether there may be nodes that are nested deeper than so many elements.
    pub(super) fn may_be_deeper_than(&self, depth: usize) -> bool {
        self.moved.get() || self.deepest.get() > depth
    }

    /// Notes how deep a node is that comes into another one.
    fn note_depth(&self, parent: &NodeId, child: &NodeOrText<NodeId>) {
        let mut path = self.path.borrow_mut();
        // Most are put into the last or into one that it stands in.
        while path.last().is_some_and(|last| last != parent) {
            path.pop();
        }
        self.moved.set(self.moved.get() || path.is_empty());
        self.deepest.set(self.deepest.get().max(path.len() + 1));
        if let NodeOrText::AppendNode(child) = child {
            path.push(*child);
        }
    }

    /// Notes that a node may have been put elsewhere.
    fn note_move(&self) {
        self.moved.set(true);
    }

    /// How deep the place is where the document is being built.
    pub(super) fn depth(&self) -> usize {
        let document = self.tree.0.borrow();
        let last = self.last.get().and_then(|last| document.tree.get(last));
        last.map_or(0, |last| last.ancestors().count())
    }

    /// The attributes that are kept, counted; none when there are too many in all.
    fn kept(&self, mut attributes: Vec<Attribute>) -> Vec<Attribute> {
        attributes.retain(|attribute| attribute.value.len() <= LONGEST_VALUE);
        let size: usize = attributes.iter().map(|attribute| ATTRIBUTE + attribute.value.len()).sum();
        self.attributes.set(self.attributes.get() + size);
        if self.attributes.get() > super::MOST_ATTRIBUTES {
            return Vec::new();
        }
        attributes
    }
}

impl TreeSink for Sink {
    type Output = Html;
    type Handle = NodeId;
    type ElemName<'a> = Ref<'a, QualName>;

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let id = self.tree.create_element(name, self.kept(attributes), flags);
        self.last.set(Some(id));
        id
    }

    fn add_attrs_if_missing(&self, target: &NodeId, mut attributes: Vec<Attribute>) {
        let room = {
            let document = self.tree.0.borrow();
            let element = document.tree.get(*target).and_then(|node| node.value().as_element());
            tokens::MOST_ATTRIBUTES.saturating_sub(element.map_or(0, |element| element.attrs.len()))
        };
        attributes.truncate(room);
        self.tree.add_attrs_if_missing(target, self.kept(attributes));
    }

    // All else as it is, but for what is noted.

    fn finish(self) -> Html {
        self.tree.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn get_document(&self) -> NodeId {
        self.tree.get_document()
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.tree.elem_name(target)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.tree.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.tree.create_pi(target, data)
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.tree.append_doctype_to_document(name, public, system);
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.note_depth(parent, &child);
        self.tree.append(parent, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, new: NodeOrText<NodeId>) {
        self.note_move();
        self.tree.append_before_sibling(sibling, new);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        self.note_move();
        self.tree.append_based_on_parent_node(element, previous, child);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.note_move();
        self.tree.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.note_move();
        self.tree.reparent_children(node, new_parent);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.tree.get_template_contents(target)
    }
}
