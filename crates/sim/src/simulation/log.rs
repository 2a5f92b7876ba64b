//! What happened, as one number that two runs of one seed must agree on, and as lines for whoever looks into one.

use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The log of a run.
#[derive(Debug, Default)]
pub(super) struct Log {
    hasher: DefaultHasher,
    /// The lines themselves, where someone wants to read them.
    lines: Option<Vec<String>>,
}

impl Log {
    /// One that keeps its lines.
    pub(super) fn kept() -> Self {
        Log { lines: Some(Vec::new()), ..Log::default() }
    }

    /// Notes what happened.
    pub(super) fn note(&mut self, what: &impl Debug) {
        let line = format!("{what:?}");
        line.hash(&mut self.hasher);
        self.lines.iter_mut().for_each(|lines| lines.push(line.clone()));
    }

    /// The number.
    pub(super) fn hash(&self) -> u64 {
        self.hasher.finish()
    }

    /// The lines, where they were kept.
    pub(super) fn lines(self) -> Vec<String> {
        self.lines.unwrap_or_default()
    }
}

/// The same number for the same bytes, in every run of one build.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
