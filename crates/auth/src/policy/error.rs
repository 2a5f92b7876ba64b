//! What is wrong with a policy document: the place, and what was expected there.

use std::fmt;

/// The most characters of a document's value that an error repeats.
const SHOWN_MAX: usize = 64;
/// The most characters of a place: names of members are part of it, and a document may call them what it likes.
const PLACE_MAX: usize = 200;
/// The most characters of what is wrong there.
const PROBLEM_MAX: usize = 400;

/// Why a document is no policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct PolicyError {
    /// Where it is, such as `Statement[0].Condition.StringEquals`, or the line and column of a syntax error.
    pub place: String,
    /// What is wrong, and what was expected.
    pub problem: String,
}

impl PolicyError {
    pub(super) fn new(place: impl fmt::Display, problem: impl Into<String>) -> Self {
        Self { place: bounded(&place.to_string(), PLACE_MAX), problem: bounded(&problem.into(), PROBLEM_MAX) }
    }

    /// A value that makes no sense where it stands.
    pub(super) fn value(place: impl fmt::Display, value: &str, expected: &str) -> Self {
        let shown: String = value.chars().take(SHOWN_MAX).collect();
        Self::new(place, format!("{shown:?} was found, expected {expected}"))
    }
}

/// The text as it may stand in a line: no longer than that, and without control characters.
fn bounded(text: &str, max: usize) -> String {
    let mut out = String::with_capacity(text.len().min(max));
    for character in text.chars().take(max) {
        if character.is_control() {
            out.extend(character.escape_debug());
        } else {
            out.push(character);
        }
    }
    out
}
