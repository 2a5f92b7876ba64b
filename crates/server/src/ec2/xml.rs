//! Answers of EC2: elements that hold text, one another, or lists of items.

use roxmltree::{Document, Node};

/// How deep elements may lie in each other: EC2's lie less deep, and each level is a call on the stack.
const DEPTH_MAX: usize = 32;

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
        Ok(element(Document::parse(text)?.root_element(), DEPTH_MAX))
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

/// An element and what lies in it; what lies deeper than `depth` more levels is left out.
fn element(node: Node<'_, '_>, depth: usize) -> Item {
    let children = node.children().filter(Node::is_element).take_while(|_| depth > 0);
    Item {
        name: node.tag_name().name().to_owned(),
        text: node.text().unwrap_or_default().trim().to_owned(),
        children: children.map(|child| element(child, depth.saturating_sub(1))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_too_deep_is_left_out() {
        let nested = |depth: usize| format!("{}x{}", "<a>".repeat(depth), "</a>".repeat(depth));
        let depth = |mut item: &Item| {
            let mut depth = 1;
            while let Some(child) = item.child("a") {
                (item, depth) = (child, depth + 1);
            }
            depth
        };
        assert_eq!(depth(&Item::read(&nested(9)).unwrap()), 9);
        // Far deeper than any stack.
        if let Ok(item) = Item::read(&nested(200_000)) {
            assert_eq!(depth(&item), DEPTH_MAX + 1);
        }
    }
}
