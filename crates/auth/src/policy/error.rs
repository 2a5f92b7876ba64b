//! What is wrong with a policy document: the place, and what was expected there.

use std::fmt;

/// The most characters of a document's value that an error repeats.
const SHOWN_MAX: usize = 64;

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
        Self { place: place.to_string(), problem: problem.into() }
    }

    /// A value that makes no sense where it stands.
    pub(super) fn value(place: impl fmt::Display, value: &str, expected: &str) -> Self {
        let shown: String = value.chars().take(SHOWN_MAX).collect();
        Self::new(place, format!("{shown:?} was found, expected {expected}"))
    }
}
