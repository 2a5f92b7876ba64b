//! Text with references in it: `$c1`, `$g1.lagId`, `$g1.connections.0.connectionId`.

use super::path::Path;
use std::fmt;

/// Text as a scenario writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Text(pub(super) Vec<Piece>);

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Plain(String),
    Reference(Reference),
}

/// A name, and a path into what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) name: String,
    pub(super) path: Path,
}

impl Text {
    /// Reads references out of plain text. A point that no letter follows ends a sentence, not a reference.
    pub(super) fn parse(source: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = source;
        while let Some(start) = rest.find('$') {
            let (plain, reference) = rest.split_at(start);
            let length = reference_length(&reference[1..]);
            if length == 0 {
                // A lone dollar is a dollar.
                push_plain(&mut pieces, &rest[..=start]);
                rest = &rest[start + 1..];
                continue;
            }
            push_plain(&mut pieces, plain);
            let (name, path) = match reference[1..=length].split_once('.') {
                Some((name, path)) => (name, Path::parse(path)),
                None => (&reference[1..=length], Path::default()),
            };
            pieces.push(Piece::Reference(Reference { name: name.to_owned(), path }));
            rest = &reference[1 + length..];
        }
        push_plain(&mut pieces, rest);
        Text(pieces)
    }

    /// The reference that is all there is, if so.
    pub(super) fn as_reference(&self) -> Option<&Reference> {
        match self.0.as_slice() {
            [Piece::Reference(reference)] => Some(reference),
            _ => None,
        }
    }

    /// The plain text that is all there is, if so.
    pub(super) fn as_plain(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Piece::Plain(plain)] => Some(plain),
            _ => None,
        }
    }

    /// Every reference in it.
    pub(super) fn references(&self) -> impl Iterator<Item = &Reference> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Reference(reference) => Some(reference),
            Piece::Plain(_) => None,
        })
    }
}

fn push_plain(pieces: &mut Vec<Piece>, plain: &str) {
    match pieces.last_mut() {
        _ if plain.is_empty() => {}
        Some(Piece::Plain(before)) => before.push_str(plain),
        _ => pieces.push(Piece::Plain(plain.to_owned())),
    }
}

/// How long the reference is that follows a dollar.
fn reference_length(text: &str) -> usize {
    let word = |text: &str| text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let mut length = word(text);
    while length > 0 && text[length..].starts_with('.') {
        let segment = word(&text[length + 1..]);
        if segment == 0 {
            break;
        }
        length += 1 + segment;
    }
    length
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}", self.name)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, ".{}", self.path) }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Plain(plain) => f.write_str(plain),
            Piece::Reference(reference) => reference.fmt(f),
        })
    }
}
