//! What names stand for in a block: answers of earlier steps, parts of them, and values bound on first sight.

use super::text::{Piece, Reference, Text};
use serde_json::Value;

/// Members that identify a structure, the most telling first: a connection names its LAG, too.
const IDENTIFYING: [&str; 9] = [
    "bgpPeerId",
    "virtualInterfaceId",
    "connectionId",
    "interconnectId",
    "lagId",
    "proposalId",
    "associationId",
    "directConnectGatewayId",
    "resiliencyGroupId",
];

/// Names and their values, in the order in which they were given.
#[derive(Debug, Clone, Default)]
pub(super) struct Bindings(Vec<(String, Value)>);

impl Bindings {
    /// Gives `name` to `value`; an older value of that name is forgotten.
    pub(super) fn bind(&mut self, name: &str, value: Value) {
        self.0.retain(|(held, _)| held != name);
        self.0.push((name.to_owned(), value));
    }

    /// Whether anything has that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(held, _)| held == name)
    }

    /// What a reference leads to.
    pub(super) fn find(&self, reference: &Reference) -> Result<Value, String> {
        let root = self.0.iter().find(|(held, _)| *held == reference.name);
        let (_, root) = root.ok_or_else(|| format!("nothing is called {} yet", reference.name))?;
        let found = reference.path.resolve(root).into_iter().next().flatten();
        found.ok_or_else(|| format!("{reference} leads nowhere: {root}"))
    }

    /// Text with its references replaced; one to a whole resource stands for its id.
    pub(super) fn fill(&self, text: &Text) -> Result<String, String> {
        let mut filled = String::new();
        for piece in &text.0 {
            match piece {
                Piece::Plain(plain) => filled.push_str(plain),
                Piece::Reference(reference) => {
                    let value = self.find(reference)?;
                    let scalar = scalar(&value).or_else(|| id_of(&value).map(str::to_owned));
                    filled.push_str(&scalar.ok_or_else(|| format!("{reference} is neither text nor a resource"))?);
                }
            }
        }
        Ok(filled)
    }

    /// Text with every id that has a name replaced by the shortest reference to it.
    pub(super) fn unfill(&self, text: &str) -> String {
        let mut known: Vec<(String, String)> = Vec::new();
        for (name, value) in &self.0 {
            collect(value, &format!("${name}"), &mut known);
        }
        known.sort_by_key(|(_, reference)| reference.len());
        let mut text = text.to_owned();
        for (id, reference) in &known {
            text = text.replace(id.as_str(), reference);
        }
        text
    }
}

/// Every id and token inside `value`, with the reference that leads to it.
fn collect(value: &Value, reference: &str, known: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) if is_drawn(text) => known.push((text.clone(), reference.to_owned())),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| collect(value, &format!("{reference}.{at}"), known));
        }
        Value::Object(members) => {
            known.extend(id_of(value).map(|id| (id.to_owned(), reference.to_owned())));
            members.iter().for_each(|(name, value)| collect(value, &format!("{reference}.{name}"), known));
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Ids and page tokens come out of randomness, so that an expectation may not spell them out.
fn is_drawn(text: &str) -> bool {
    let is_id = ["dxcon-", "dxlag-", "dxvif-", "dxpeer-", "dxrg-"].iter().any(|prefix| text.starts_with(prefix));
    let is_uuid = text.len() == 36 && text.bytes().filter(|byte| *byte == b'-').count() == 4;
    is_id || is_uuid || (text.len() > 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The id of a resource.
pub(super) fn id_of(value: &Value) -> Option<&str> {
    let own = IDENTIFYING.iter().find_map(|member| value.get(member)?.as_str());
    // Some answers hold nothing but the resource.
    let held = || value.as_object().filter(|members| members.len() == 1)?.values().next().and_then(id_of);
    own.or_else(held)
}

/// A value that is no list or structure, as text.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
