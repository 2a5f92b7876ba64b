//! Values as scenarios write them: words, quoted text, `[a, b]`, `{key: value}`.

use super::binding::Bindings;
use super::text::Text;
use crossconnect_api::schema::{Kind, Shape};
use serde_json::{Map, Value};

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Literal {
    /// A word: its type is that of the member it is given to.
    Word(Text),
    /// Text, whatever the member's type.
    Quoted(Text),
    /// `[a, b]`.
    List(Vec<Literal>),
    /// `{a: 1, b: 2}`: a structure, or a list of structures with a key and a value. A key may stand alone.
    Map(Vec<(String, Option<Literal>)>),
}

/// Reads one value from the beginning of `source`; answers it and how many bytes it took.
pub(super) fn parse(source: &str) -> Result<(Literal, usize), String> {
    let mut cursor = Cursor { source, at: 0 };
    let literal = cursor.literal(false)?;
    Ok((literal, cursor.at))
}

struct Cursor<'a> {
    source: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches(' ').len();
    }

    fn takes(&mut self, character: char) -> bool {
        let taken = self.rest().starts_with(character);
        self.at += if taken { character.len_utf8() } else { 0 };
        taken
    }

    fn literal(&mut self, nested: bool) -> Result<Literal, String> {
        match self.rest().chars().next() {
            Some('"') => Ok(Literal::Quoted(Text::parse(&self.quoted()?))),
            Some('[') => self.list(),
            Some('{') => self.map(),
            _ => {
                let word = self.word(if nested { ",]} " } else { " " });
                Ok(Literal::Word(Text::parse(&repeated(&word)?.unwrap_or(word))))
            }
        }
    }

    fn word(&mut self, ends: &str) -> String {
        // A word with an argument list, such as repeat(a, 3), ends at its bracket.
        let rest = self.rest();
        let call = rest.starts_with("repeat(").then(|| rest.find(')')).flatten().map(|at| at + 1);
        let length = call.or_else(|| rest.find(|c| ends.contains(c))).unwrap_or(rest.len());
        let word = rest[..length].to_owned();
        self.at += length;
        word
    }

    fn quoted(&mut self) -> Result<String, String> {
        let mut text = String::new();
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.at += at + 1;
                    return Ok(text);
                }
                '\\' => match characters.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, other)) => text.push(other),
                    None => break,
                },
                other => text.push(other),
            }
        }
        Err("a quoted text has no end".to_owned())
    }

    fn list(&mut self) -> Result<Literal, String> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_spaces();
            if self.takes(']') {
                return Ok(Literal::List(items));
            }
            items.push(self.literal(true)?);
            self.separator(']')?;
        }
    }

    fn map(&mut self) -> Result<Literal, String> {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            self.skip_spaces();
            if self.takes('}') {
                return Ok(Literal::Map(members));
            }
            let key = if self.rest().starts_with('"') { self.quoted()? } else { self.word(":,} ") };
            let value = if self.takes(':') {
                self.skip_spaces();
                Some(self.literal(true)?)
            } else {
                None
            };
            members.extend(range(&key)?.into_iter().map(|key| (key, value.clone())));
            self.separator('}')?;
        }
    }

    fn separator(&mut self, end: char) -> Result<(), String> {
        self.skip_spaces();
        if self.takes(',') || self.rest().starts_with(end) {
            Ok(())
        } else {
            Err(format!("expected , or {end} at {:?}", self.rest()))
        }
    }
}

/// `repeat(a, 3)` is `aaa`.
fn repeated(word: &str) -> Result<Option<String>, String> {
    let Some(arguments) = word.strip_prefix("repeat(").and_then(|rest| rest.strip_suffix(')')) else {
        return Ok(None);
    };
    let (text, count) = arguments.rsplit_once(',').ok_or_else(|| format!("{word}: expected repeat(text, count)"))?;
    let count = count.trim().parse().map_err(|_| format!("{word}: {count} is no count"))?;
    Ok(Some(text.repeat(count)))
}

/// `k1..k3` stands for the keys k1, k2, k3.
fn range(key: &str) -> Result<Vec<String>, String> {
    let Some((first, last)) = key.split_once("..") else {
        return Ok(vec![key.to_owned()]);
    };
    let stem = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let bound = |text: &str| text.strip_prefix(stem).and_then(|number| number.parse::<u32>().ok());
    match (bound(first), bound(last)) {
        (Some(from), Some(to)) => Ok((from..=to).map(|number| format!("{stem}{number}")).collect()),
        _ => Err(format!("{key}: expected a range such as k1..k3")),
    }
}

impl Literal {
    /// The value that an input member of this shape gets.
    pub(super) fn to_value(&self, shape: &'static Shape, bindings: &Bindings) -> Result<Value, String> {
        match self {
            Literal::Quoted(text) => Ok(bindings.fill(text)?.into()),
            Literal::Word(text) => word_value(text, shape, bindings),
            Literal::List(items) => {
                let element = shape.element().ok_or_else(|| format!("{} is no list", shape.name))?;
                items.iter().map(|item| item.to_value(element, bindings)).collect()
            }
            Literal::Map(members) => map_value(members, shape, bindings),
        }
    }

    /// Every text in it.
    pub(super) fn texts(&self) -> Vec<&Text> {
        match self {
            Literal::Word(text) | Literal::Quoted(text) => vec![text],
            Literal::List(items) => items.iter().flat_map(Literal::texts).collect(),
            Literal::Map(members) => members.iter().filter_map(|(_, v)| v.as_ref()).flat_map(Literal::texts).collect(),
        }
    }
}

fn word_value(text: &Text, shape: &'static Shape, bindings: &Bindings) -> Result<Value, String> {
    if let (Some(reference), Kind::List(_) | Kind::Structure(_)) = (text.as_reference(), shape.kind) {
        return bindings.find(reference);
    }
    let word = bindings.fill(text)?;
    let wrong = |what: &str| format!("{word} is not {what}, as {} is; put text in quotes", shape.name);
    match shape.kind {
        Kind::String | Kind::Enum(_) | Kind::Blob => Ok(word.into()),
        Kind::Integer | Kind::Long => Ok(word.parse::<i64>().map_err(|_| wrong("a number"))?.into()),
        Kind::Boolean => Ok(word.parse::<bool>().map_err(|_| wrong("true or false"))?.into()),
        Kind::Timestamp => {
            let moment: jiff::Timestamp = word.parse().map_err(|_| wrong("a moment"))?;
            Ok((moment.as_millisecond() as f64 / 1000.0).into())
        }
        Kind::List(_) => Err(wrong("a list")),
        Kind::Structure(_) => Err(wrong("a structure")),
    }
}

fn map_value(
    members: &[(String, Option<Literal>)],
    shape: &'static Shape,
    bindings: &Bindings,
) -> Result<Value, String> {
    let keyed = |element: &'static Shape| match element.kind {
        Kind::Structure(s) if s.member("key").is_some() && s.member("value").is_some() => Some(s),
        _ => None,
    };
    if let Some(entry) = shape.element().and_then(keyed) {
        let value_shape = entry.member("value").map(|member| member.shape).ok_or("a value has a shape")?;
        let pair = |(key, value): &(String, Option<Literal>)| {
            let mut pair = Map::from_iter([("key".to_owned(), Value::from(key.as_str()))]);
            if let Some(value) = value {
                pair.insert("value".to_owned(), value.to_value(value_shape, bindings)?);
            }
            Ok(Value::Object(pair))
        };
        return members.iter().map(pair).collect();
    }
    let Kind::Structure(structure) = shape.kind else {
        return Err(format!("{} is no structure", shape.name));
    };
    let mut object = Map::new();
    for (name, value) in members {
        let member = structure.member(name).ok_or_else(|| format!("{} has no {name}", structure.name))?;
        let value = value.as_ref().ok_or_else(|| format!("{name} has no value"))?;
        object.insert(name.clone(), value.to_value(member.shape, bindings)?);
    }
    Ok(Value::Object(object))
}
