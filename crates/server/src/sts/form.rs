//! The parameters of a form, and what must hold of each.

use super::{QueryError, shown};
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// The parameters of a request, each there at most once.
pub(crate) struct Form<'f>(Vec<(Cow<'f, str>, Cow<'f, str>)>);

impl<'f> Form<'f> {
    pub(super) fn read(query: &'f str, body: &'f [u8]) -> Result<Self, QueryError> {
        let mut parameters: Vec<(Cow<'f, str>, Cow<'f, str>)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).chain(form_urlencoded::parse(body)) {
            // Of two, one would silently not count.
            if parameters.iter().any(|(known, _)| *known == name) {
                return Err(QueryError::new("MalformedInput", format!("{} is there twice.", shown(&name))));
            }
            parameters.push((name, value));
        }
        Ok(Form(parameters))
    }

    /// A parameter.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// The first parameter whose name begins so.
    pub(super) fn any(&self, start: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name.starts_with(start)).map(|(name, _)| &**name)
    }

    /// A parameter of a length and alphabet.
    pub(super) fn word(
        &self,
        name: &str,
        length: RangeInclusive<usize>,
        others: &str,
    ) -> Result<Option<&str>, QueryError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let count = text.chars().count();
        if count < *length.start() {
            return Err(broken(
                name,
                text,
                &format!("Member must have length greater than or equal to {}", length.start()),
            ));
        }
        if count > *length.end() {
            return Err(broken(name, text, &format!("Member must have length less than or equal to {}", length.end())));
        }
        let is_fine = |one: char| one.is_ascii_alphanumeric() || others.contains(one);
        if others.is_empty() || text.chars().all(is_fine) {
            return Ok(Some(text));
        }
        let pattern = format!("Member must satisfy regular expression pattern: [a-zA-Z0-9{others}]*");
        Err(broken(name, text, &pattern))
    }

    /// The same of one that must be there.
    pub(super) fn needed(&self, name: &str, length: RangeInclusive<usize>, others: &str) -> Result<&str, QueryError> {
        self.word(name, length, others)?.ok_or_else(|| {
            let member = member(name);
            let text = format!(
                "1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null"
            );
            QueryError::new("ValidationError", text)
        })
    }

    /// A length of time in seconds.
    pub(super) fn duration(&self, range: RangeInclusive<u32>, default: u32) -> Result<u32, QueryError> {
        const NAME: &str = "DurationSeconds";
        let Some(text) = self.text(NAME) else { return Ok(default) };
        let seconds: u32 = text.parse().map_err(|_| {
            QueryError::new("MalformedInput", format!("{NAME} is {}, expected a number of seconds.", shown(text)))
        })?;
        if seconds < *range.start() {
            let constraint = format!("Member must have value greater than or equal to {}", range.start());
            return Err(broken(NAME, text, &constraint));
        }
        if seconds > *range.end() {
            return Err(broken(NAME, text, &format!("Member must have value less than or equal to {}", range.end())));
        }
        Ok(seconds)
    }
}

/// A rule of the model that a value breaks. [observed]
fn broken(name: &str, value: &str, constraint: &str) -> QueryError {
    let (value, member) = (shown(value), member(name));
    let text = format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}"
    );
    QueryError::new("ValidationError", text)
}

/// A parameter as texts name it: it begins with a small letter.
fn member(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_ascii_lowercase() + rest
}
