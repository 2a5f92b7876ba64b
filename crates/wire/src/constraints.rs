//! The model's constraints: what a value breaks, in the words that AWS uses.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crossconnect_api::schema::{Kind, Shape, patterns};
use regex::Regex;

/// How many violations a text lists; the count in front is of all.
const LISTED_MAX: usize = 10;

/// Every pattern of the model, compiled; each says itself whether it means the whole text.
static PATTERNS: LazyLock<BTreeMap<&str, Regex>> = LazyLock::new(|| {
    let compile = |pattern| Regex::new(pattern).expect("the tests compile each pattern of the model");
    patterns().iter().map(|pattern| (*pattern, compile(pattern))).collect()
});

/// A constraint that text breaks, one for each.
pub(crate) fn of_text(shape: &Shape, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    if shape.min.is_some() || shape.max.is_some() {
        broken.extend(of_length(shape, text.chars().count()));
    }
    if let Kind::Enum(values) = shape.kind
        && !values.contains(&text)
    {
        broken.push(format!("Member must satisfy enum value set: [{}]", values.join(", ")));
    }
    if let Some(pattern) = shape.pattern
        && !PATTERNS.get(pattern).is_some_and(|regex| regex.is_match(text))
    {
        broken.push(format!("Member must satisfy regular expression pattern: {pattern}"));
    }
    broken
}

/// The bound that a length in characters, or the size of a list, breaks.
pub(crate) fn of_length(shape: &Shape, len: usize) -> Option<String> {
    of_bounds(shape, i64::try_from(len).unwrap_or(i64::MAX), "length")
}

/// The bound that a number breaks.
pub(crate) fn of_number(shape: &Shape, value: i64) -> Option<String> {
    of_bounds(shape, value, "value")
}

fn of_bounds(shape: &Shape, measure: i64, what: &str) -> Option<String> {
    if let Some(min) = shape.min.filter(|min| measure < *min) {
        return Some(format!("Member must have {what} greater than or equal to {min}"));
    }
    let max = shape.max.filter(|max| measure > *max)?;
    Some(format!("Member must have {what} less than or equal to {max}"))
}

/// What a document broke. Only the first few are worded, so that a hostile document costs little.
#[derive(Default)]
pub(crate) struct Violations {
    count: usize,
    listed: Vec<String>,
}

impl Violations {
    /// Notes one; `word` is asked for its text only if it will be listed.
    pub(crate) fn note(&mut self, word: impl FnOnce() -> String) {
        self.count += 1;
        if self.listed.len() < LISTED_MAX {
            self.listed.push(word());
        }
    }

    /// The text that the client reads; none if nothing was broken.
    pub(crate) fn message(&self) -> Option<String> {
        let errors = match self.count {
            0 => return None,
            1 => "error",
            _ => "errors",
        };
        let mut message = format!("{} validation {errors} detected: {}", self.count, self.listed.join("; "));
        if self.count > self.listed.len() {
            message += &format!("; and {} more", self.count - self.listed.len());
        }
        Some(message)
    }
}
