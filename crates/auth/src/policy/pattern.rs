//! Texts of a policy with wildcards and variables, made ready for matching.
//!
//! `*` stands for any number of characters, `?` for one; `${key}` for what the request has under a condition key. What
//! a variable stands for is taken letter by letter: a wildcard in it is none.

use super::context::{Context, Key};
use super::{PolicyError, Version};

/// How a text is to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// Decides whether there are variables.
    pub(super) version: Version,
    /// Whether `*` and `?` are wildcards.
    pub(super) has_wildcards: bool,
    /// Whether the case of letters is ignored: what is matched must then be in lower case.
    pub(super) ignores_case: bool,
}

/// A text that others are matched with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    Any,
    Exact(Box<[u8]>),
    Prefix(Box<[u8]>),
    Wild(Box<[Unit]>),
    /// Has variables, which are filled in for each request.
    Variable(Box<[Token]>),
}

/// A pattern over ARNs, whose parts are matched one by one: no wildcard reaches over a colon, other than in the last part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ArnPattern {
    /// `*` alone: also what is no ARN.
    Any,
    Parts(Box<[Pattern; ARN_PARTS]>),
}

const ARN_PARTS: usize = 6;

/// A piece of a pattern without variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Byte(u8),
    /// `?`
    One,
    /// `*`
    Many,
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Unit(Unit),
    Variable(Box<Variable>),
}

/// `${key}` or `${key, 'default'}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    key: Key,
    default: Option<String>,
    ignores_case: bool,
}

impl Pattern {
    pub(super) fn read(place: &str, text: &str, reading: Reading) -> Result<Self, PolicyError> {
        Ok(Self::of(tokens(place, text, reading)?))
    }

    fn of(tokens: Vec<Token>) -> Self {
        let units: Option<Vec<Unit>> = tokens
            .iter()
            .map(|token| match token {
                Token::Unit(unit) => Some(*unit),
                Token::Variable(_) => None,
            })
            .collect();
        let Some(units) = units else {
            return Self::Variable(tokens.into());
        };
        let literal = |units: &[Unit]| -> Option<Box<[u8]>> { units.iter().map(|unit| unit.byte()).collect() };
        if let Some(bytes) = literal(&units) {
            return Self::Exact(bytes);
        }
        match units.split_last() {
            Some((Unit::Many, [])) => Self::Any,
            Some((Unit::Many, start)) => {
                literal(start).map_or_else(|| Self::Wild(units.as_slice().into()), Self::Prefix)
            }
            _ => Self::Wild(units.into()),
        }
    }

    /// Whether a text fits. A variable that stands for nothing fits nothing.
    pub(super) fn fits(&self, text: &str, context: &Context<'_>) -> bool {
        let text = text.as_bytes();
        match self {
            Self::Any => true,
            Self::Exact(bytes) => **bytes == *text,
            Self::Prefix(start) => text.starts_with(start),
            Self::Wild(units) => fits(units, text),
            Self::Variable(tokens) => filled(tokens, context).is_some_and(|units| fits(&units, text)),
        }
    }

    /// The text itself, if it is one.
    pub(super) fn literal(&self) -> Option<&str> {
        match self {
            Self::Exact(bytes) => str::from_utf8(bytes).ok(),
            Self::Any | Self::Prefix(_) | Self::Wild(_) | Self::Variable(_) => None,
        }
    }
}

impl ArnPattern {
    /// Reads a pattern. `*` alone is one too.
    pub(super) fn read(place: &str, text: &str, version: Version) -> Result<Self, PolicyError> {
        let tokens = tokens(place, text, Reading { version, has_wildcards: true, ignores_case: false })?;
        if tokens == [Token::Unit(Unit::Many)] {
            return Ok(Self::Any);
        }
        let is_colon = |token: &Token| *token == Token::Unit(Unit::Byte(b':'));
        let parts: Vec<Pattern> = tokens.splitn(ARN_PARTS, is_colon).map(|part| Pattern::of(part.to_vec())).collect();
        match <[Pattern; ARN_PARTS]>::try_from(parts) {
            Ok(parts) if parts[0].literal() == Some("arn") => Ok(Self::Parts(Box::new(parts))),
            _ => {
                let expected = "\"*\" or an ARN, such as \"arn:aws:directconnect:*:*:dxcon/*\"";
                Err(PolicyError::value(place, text, expected))
            }
        }
    }

    pub(super) fn fits(&self, text: &str, context: &Context<'_>) -> bool {
        let parts = match self {
            Self::Any => return true,
            Self::Parts(parts) => parts,
        };
        let mut given = text.splitn(ARN_PARTS, ':');
        parts.iter().all(|part| given.next().is_some_and(|text| part.fits(text, context)))
    }
}

impl Unit {
    fn byte(self) -> Option<u8> {
        match self {
            Self::Byte(byte) => Some(byte),
            Self::One | Self::Many => None,
        }
    }
}

/// Takes a text apart.
fn tokens(place: &str, text: &str, reading: Reading) -> Result<Vec<Token>, PolicyError> {
    let lowered = reading.ignores_case.then(|| text.to_lowercase());
    let mut rest = lowered.as_deref().unwrap_or(text);
    let mut tokens = Vec::with_capacity(rest.len());
    while let Some(byte) = rest.as_bytes().first() {
        if reading.version == Version::Later && rest.starts_with("${") {
            let problem = || PolicyError::value(place, text, "every \"${\" to be closed by \"}\"");
            let (inner, after) = rest[2..].split_once('}').ok_or_else(problem)?;
            tokens.push(variable(place, inner, reading)?);
            rest = after;
            continue;
        }
        tokens.push(Token::Unit(match byte {
            b'*' if reading.has_wildcards => Unit::Many,
            b'?' if reading.has_wildcards => Unit::One,
            byte => Unit::Byte(*byte),
        }));
        // The rest of a character of several bytes.
        let width = rest.chars().next().map_or(1, char::len_utf8);
        tokens.extend(rest.as_bytes()[1..width].iter().map(|byte| Token::Unit(Unit::Byte(*byte))));
        rest = &rest[width..];
    }
    Ok(tokens)
}

/// What stands between `${` and `}`.
fn variable(place: &str, inner: &str, reading: Reading) -> Result<Token, PolicyError> {
    if let "*" | "?" | "$" = inner {
        return Ok(Token::Unit(Unit::Byte(inner.as_bytes()[0])));
    }
    let (key, default) = match inner.split_once(',') {
        None => (inner, None),
        Some((key, default)) => {
            let quoted = default.trim().strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
            let default =
                quoted.ok_or_else(|| PolicyError::value(place, default.trim(), "a default in single quotes"))?;
            (key, Some(default.to_owned()))
        }
    };
    let key = Key::read(key.trim()).ok_or_else(|| {
        PolicyError::value(
            place,
            key.trim(),
            "a condition key in \"${...}\", such as aws:username, or one of *, ? and $",
        )
    })?;
    Ok(Token::Variable(Box::new(Variable { key, default, ignores_case: reading.ignores_case })))
}

/// The pattern with what its variables stand for; `None` when one stands for nothing, or for several values.
fn filled(tokens: &[Token], context: &Context<'_>) -> Option<Vec<Unit>> {
    let mut units = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token {
            Token::Unit(unit) => units.push(*unit),
            Token::Variable(variable) => {
                let value = context.values(&variable.key).and_then(|values| values.single());
                let value = value.as_deref().or(variable.default.as_deref())?;
                if variable.ignores_case {
                    units.extend(value.to_lowercase().bytes().map(Unit::Byte));
                } else {
                    units.extend(value.bytes().map(Unit::Byte));
                }
            }
        }
    }
    Some(units)
}

/// Whether a text fits a pattern: in steps of at most the product of their lengths, whatever they are.
fn fits(units: &[Unit], text: &[u8]) -> bool {
    let (mut unit, mut at) = (0, 0);
    // Where the last `*` stands, and up to where it reaches so far.
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match units.get(unit) {
            Some(Unit::Many) => {
                star = Some((unit, at));
                unit += 1;
            }
            Some(Unit::One) => {
                unit += 1;
                at += 1;
                // One character, however many bytes it has.
                while text.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
                    at += 1;
                }
            }
            Some(Unit::Byte(byte)) if *byte == text[at] => {
                unit += 1;
                at += 1;
            }
            Some(Unit::Byte(_)) | None => {
                let Some((after, reach)) = star else {
                    return false;
                };
                star = Some((after, reach + 1));
                unit = after + 1;
                at = reach + 1;
            }
        }
    }
    units[unit..].iter().all(|unit| *unit == Unit::Many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        let reading = Reading { version: Version::Later, has_wildcards: true, ignores_case: false };
        for (pattern, text, is_match) in [
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("a*", "a", true),
            ("a*", "ba", false),
            ("*a", "ba", true),
            ("*a*b*c", "xxaxxbxxbxxc", true),
            ("*a*b*c", "xxaxxcxxb", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a?c", "aéc", true),
            ("a?c", "aéèc", false),
            ("é*", "éa", true),
            ("${*}*", "*a", true),
            ("${*}*", "a", false),
            ("${$}{a", "${a", true),
            ("a**?", "ab", true),
            ("a**?", "a", false),
        ] {
            let read = Pattern::read("here", pattern, reading).unwrap();
            assert_eq!(read.fits(text, &Context::default()), is_match, "{pattern} {text}");
        }
    }
}
