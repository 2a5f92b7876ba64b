//! Answers of EC2: elements that hold text, one another, or lists of items.

use roxmltree::{Document, Node};

/// An element, apart from the document that it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Item {
    name: String,
    text: String,
    children: Vec<Item>,
}

impl Item {
    /// Reads a document; its root.
    pub(super) fn read(text: &str) -> Result<Item, roxmltree::Error> {
        Ok(element(Document::parse(text)?.root_element()))
    }

    /// A child by its name.
    pub(super) fn child(&self, name: &str) -> Option<&Item> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of a child.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str())
    }

    /// The number in a child.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.text(name)?.parse().ok()
    }

    /// The items of a list.
    pub(super) fn list(&self, name: &str) -> Vec<&Item> {
        self.child(name).map(|list| list.children.iter().collect()).unwrap_or_default()
    }
}

fn element(node: Node<'_, '_>) -> Item {
    Item {
        name: node.tag_name().name().to_owned(),
        text: node.text().unwrap_or_default().trim().to_owned(),
        children: node.children().filter(Node::is_element).map(element).collect(),
    }
}
