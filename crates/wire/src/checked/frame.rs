//! A place in a document, and how the reader came there.

use std::borrow::Cow;

use crossconnect_api::schema::{Member, Shape, Structure};

use crate::node::Node;

/// A place at which the reader stands, or through which it came.
pub(super) struct Frame<'d, N: Node<'d>> {
    pub(super) node: N,
    pub(super) step: Step,
    pub(super) shape: Option<&'static Shape>,
    /// The structure that this value was opened as, and where its members begin among those of all open structures.
    structure: Option<(&'static Structure, usize)>,
    /// What is left of the list that this value was opened as.
    pub(super) elements: Option<N::Elements>,
}

/// How a place is reached from the one around it.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Root,
    Member(&'static str),
    Element(usize),
}

impl<'d, N: Node<'d>> Frame<'d, N> {
    pub(super) fn new(node: N, step: Step, shape: Option<&'static Shape>) -> Self {
        Self { node, step, shape, structure: None, elements: None }
    }

    /// Sorts a structure's members by its schema, in one pass over the document. Of several of one name the last
    /// counts; names that the schema does not know are left aside.
    pub(super) fn open(
        &mut self,
        structure: &'static Structure,
        members: impl Iterator<Item = (Cow<'d, str>, N)>,
        open: &mut Vec<Option<N>>,
    ) {
        let start = open.len();
        open.resize(start + structure.members.len(), None);
        let mut likely = 0;
        for (name, node) in members {
            if let Some(index) = index_of(structure.members, &name, likely) {
                open[start + index] = Some(node);
                likely = index + 1;
            }
        }
        self.structure = Some((structure, start));
    }

    /// The schema's member with that index, and its value if it has one.
    pub(super) fn member(&self, index: usize, open: &[Option<N>]) -> (&'static Member, Option<N>) {
        let (structure, start) = self.structure.expect("a structure is opened before its members are entered");
        (&structure.members[index], open[start + index])
    }

    /// Forgets the members of this place's structure, which is the innermost one.
    pub(super) fn close(&self, open: &mut Vec<Option<N>>) {
        if let Some((_, start)) = self.structure {
            open.truncate(start);
        }
    }
}

/// Documents mostly have their members in the schema's order, so that the search begins behind the one found last.
fn index_of(members: &[Member], name: &str, likely: usize) -> Option<usize> {
    let (before, from) = members.split_at(likely);
    let position = |members: &[Member]| members.iter().position(|member| member.name == name);
    position(from).map(|index| likely + index).or_else(|| position(before))
}

/// `tags.1.member.key`: elements count from 1, and `member` stands for the element itself.
pub(super) fn path(steps: impl Iterator<Item = Step>) -> String {
    let parts: Vec<String> = steps
        .filter_map(|step| match step {
            Step::Root => None,
            Step::Member(name) => Some(name.to_owned()),
            Step::Element(index) => Some(format!("{}.member", index + 1)),
        })
        .collect();
    parts.join(".")
}
