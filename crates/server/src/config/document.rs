//! A TOML document whose errors say where they are.

use super::ConfigError;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How much of a value a text repeats, in characters.
const SHOWN_MAX: usize = 64;

/// The text of a file and where it is from.
pub(super) struct Document<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl<'a> Document<'a> {
    /// Its root.
    pub(super) fn parse(&self) -> Result<Spanned<DeTable<'a>>, ConfigError> {
        DeTable::parse(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            // The parser's texts may run over several lines.
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            self.error(at, &format!("is not TOML: {message}"))
        })
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    /// An error at a byte.
    pub(super) fn error(&self, at: usize, text: &str) -> ConfigError {
        ConfigError(format!("{}: {text}", self.place(at)))
    }

    /// Where a byte is: the file and the line.
    pub(super) fn place(&self, at: usize) -> String {
        format!("{}:{}", self.path.display(), self.line(at))
    }

    /// A file beside the document, unless the path is absolute.
    pub(super) fn beside(&self, path: &str) -> PathBuf {
        self.path.parent().map_or_else(|| path.into(), |folder| folder.join(path))
    }

    /// A name that means nothing here.
    pub(super) fn unknown(&self, name: &str, at: usize, expected: &str) -> ConfigError {
        self.error(at, &format!("{name} is not a setting, expected {expected}"))
    }

    /// A value of the wrong type, or one that makes no sense.
    pub(super) fn wrong(&self, name: &str, value: &Spanned<DeValue<'_>>, expected: &str) -> ConfigError {
        let shown = self.text.get(value.span()).unwrap_or_default().lines().next().unwrap_or_default();
        let shown: String = shown.chars().take(SHOWN_MAX).collect();
        // A secret is never shown, whatever is wrong with it.
        let shown = if name.contains("secret") { "of the wrong kind".to_owned() } else { shown };
        self.error(value.span().start, &format!("{name} is {shown}, expected {expected}"))
    }

    /// A table.
    pub(super) fn table<'t, 'd>(
        &self,
        name: &str,
        value: &'t Spanned<DeValue<'d>>,
    ) -> Result<&'t DeTable<'d>, ConfigError> {
        match value.get_ref() {
            DeValue::Table(table) => Ok(table),
            _ => Err(self.wrong(name, value, &format!("a table [{name}]"))),
        }
    }

    /// A whole number that fits.
    pub(super) fn number<T: TryFrom<i64>>(
        &self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        expected: &str,
    ) -> Result<T, ConfigError> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| self.wrong(name, value, expected))
    }

    /// A text.
    pub(super) fn text<'t>(&self, name: &str, value: &'t Spanned<DeValue<'_>>) -> Result<&'t str, ConfigError> {
        match value.get_ref() {
            DeValue::String(text) => Ok(text),
            _ => Err(self.wrong(name, value, "a text in quotes")),
        }
    }

    /// A list of texts.
    pub(super) fn texts(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, ConfigError> {
        let DeValue::Array(elements) = value.get_ref() else {
            return Err(self.wrong(name, value, "a list of texts"));
        };
        elements.iter().map(|element| self.text(name, element).map(str::to_owned)).collect()
    }
}
