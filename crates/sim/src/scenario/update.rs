//! Rewrites the expectations of a file, so that the difference can be read.

use super::Scenario;
use super::run::Report;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// One change to a file. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Edit {
    /// Puts another text in the place of a part of a line.
    Replace { line: usize, span: Range<usize>, text: String },
    /// Puts another line in the place of one.
    Line { line: usize, text: String },
    /// Adds a line.
    Insert { after: usize, text: String },
    /// Takes a line away.
    Delete { line: usize },
}

impl Scenario {
    /// The file as it reads when all that came is expected.
    pub fn updated(&self, report: &Report) -> String {
        let mut spans: BTreeMap<usize, Vec<(&Range<usize>, &str)>> = BTreeMap::new();
        let (mut whole, mut inserted, mut deleted) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        for edit in &report.edits {
            match edit {
                Edit::Replace { line, span, text } => spans.entry(*line).or_default().push((span, text)),
                Edit::Line { line, text } => drop(whole.insert(*line, text)),
                Edit::Insert { after, text } => drop(inserted.insert(*after, text)),
                Edit::Delete { line } => drop(deleted.insert(*line)),
            }
        }
        let mut updated = String::new();
        for (number, line) in (1..).zip(&self.lines) {
            let mut line = whole.get(&number).map_or(line.clone(), |text| (*text).clone());
            let mut changes = spans.remove(&number).unwrap_or_default();
            changes.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
            for (span, text) in changes {
                line.replace_range(span.clone(), text);
            }
            if !deleted.contains(&number) {
                updated += line.trim_end();
                updated.push('\n');
            }
            if let Some(text) = inserted.get(&number) {
                updated += text;
                updated.push('\n');
            }
        }
        updated
    }
}
