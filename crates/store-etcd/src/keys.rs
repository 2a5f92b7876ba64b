//! Where things are in etcd: every key is under the store's prefix.
//!
//! ```text
//! PREFIX/fences/NODE     written when a node must know that nothing it has sent before can still be committed (leased)
//! PREFIX/format          the number of this layout
//! PREFIX/guards/GUARD    written by each commit that adds or takes away index rows under the guard
//! PREFIX/head            written by each commit: its time. How often it was written is the commit's number
//! PREFIX/nodes/NODE      what a node's clock shows, twice a second (leased)
//! PREFIX/records/KEY     the records, by the bytes of their keys; among them the answers that are kept for retries
//! PREFIX/time            the latest time of any commit
//! ```
//! Nodes watch what lies between `head` and the end of the records, which is one watch: guards, of which every commit
//! writes several, are compared and never read.

/// The number of this layout. A release reads its own and those before it.
pub const FORMAT: u32 = 1;

/// The keys of one store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keys {
    prefix: Vec<u8>,
}

impl Keys {
    pub(crate) fn new(prefix: &str) -> Self {
        Keys { prefix: format!("{prefix}/").into_bytes() }
    }

    fn under(&self, folder: &str, name: &[u8]) -> Vec<u8> {
        [&self.prefix, folder.as_bytes(), name].concat()
    }

    pub(crate) fn format(&self) -> Vec<u8> {
        self.under("format", b"")
    }

    pub(crate) fn head(&self) -> Vec<u8> {
        self.under("head", b"")
    }

    pub(crate) fn time(&self) -> Vec<u8> {
        self.under("time", b"")
    }

    pub(crate) fn guard(&self, guard: &[u8]) -> Vec<u8> {
        self.under("guards/", guard)
    }

    pub(crate) fn fence(&self, node: &str) -> Vec<u8> {
        self.under("fences/", node.as_bytes())
    }

    pub(crate) fn node(&self, node: &str) -> Vec<u8> {
        self.under("nodes/", node.as_bytes())
    }

    pub(crate) fn record(&self, key: &[u8]) -> Vec<u8> {
        self.under("records/", key)
    }

    /// The records, as a first key and the one after the last.
    pub(crate) fn records(&self) -> (Vec<u8>, Vec<u8>) {
        // The sign after the slash.
        (self.under("records/", b""), self.under("records0", b""))
    }

    /// What is watched, likewise.
    pub(crate) fn watched(&self) -> (Vec<u8>, Vec<u8>) {
        (self.head(), self.records().1)
    }

    /// What a watched key is.
    pub(crate) fn read<'k>(&self, key: &'k [u8]) -> Option<Watched<'k>> {
        let key = key.strip_prefix(self.prefix.as_slice())?;
        if key == b"head" {
            return Some(Watched::Head);
        }
        let record = key.strip_prefix(b"records/").map(Watched::Record);
        record.or_else(|| key.strip_prefix(b"nodes/").map(Watched::Node))
    }
}

/// A key that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watched<'k> {
    Head,
    Record(&'k [u8]),
    Node(&'k [u8]),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_watched_is_one_range_without_guards() {
        let keys = Keys::new("lab/one");
        let (first, end) = keys.watched();
        let is_watched = |key: &Vec<u8>| first <= *key && *key < end;
        assert!([keys.head(), keys.record(b""), keys.record(b"\xff\xff"), keys.node("a")].iter().all(is_watched));
        assert!(![keys.guard(b"\xff"), keys.fence("a"), keys.format(), keys.time()].iter().any(is_watched));
        assert_eq!(keys.read(&keys.record(b"a/b")), Some(Watched::Record(b"a/b")));
        assert_eq!(keys.read(&keys.node("n")), Some(Watched::Node(b"n")));
        assert_eq!(keys.read(&keys.head()), Some(Watched::Head));
        assert_eq!(keys.read(b"lab/two/head"), None);
    }
}
