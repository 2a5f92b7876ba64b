//! What may be shown of documents: everything but what the facts of an operation protect, and secrets in any case.

use crossconnect_api::{Request, Response};
use crossconnect_core::{Access, facts};
use crossconnect_wire::{protected_of_request, redacted_request, redacted_response};
use serde_json::Value;
use std::borrow::Cow;

/// Members that no record shows, whatever the facts say: keys of BGP and of MACsec.
const SECRET: &[&str] = &["authKey", "cak"];
/// What stands in their place.
const PROTECTED: &str = "[PROTECTED]";
/// How much of a caller's value a refusal repeats, in characters.
const SHOWN_MAX: usize = 64;
/// Parts of names of members of the operator's calls that hold a secret, and names that only look like it.
const SECRET_PARTS: &[&str] = &["secret", "key", "token", "password", "cak"];
const NOT_SECRET: &[&str] = &["accessKeyId", "access_key_id", "ckn"];

/// What is put on record of a request.
pub(crate) fn shown_request(request: &Request) -> Option<String> {
    let facts = facts(request.operation());
    redacted_request(request, &[facts.redacted, SECRET])
}

/// What is put on record of an answer; nothing of one that only shows something.
pub(crate) fn shown_response(response: &Response) -> Option<String> {
    let facts = facts(response.operation());
    if matches!(facts.access, Access::Read | Access::List) {
        return None;
    }
    redacted_response(response, &[facts.redacted, SECRET])
}

/// What a request says and no record shows, as texts: an error must not bring it back.
pub(crate) fn protected(request: &Request) -> Vec<String> {
    let facts = facts(request.operation());
    if facts.redacted.is_empty() { Vec::new() } else { protected_of_request(request, &[facts.redacted, SECRET]) }
}

/// An error's text, without what its request says and no record shows.
pub(crate) fn shown_message<'t>(text: &'t str, protected: &[String]) -> Cow<'t, str> {
    let mut shown = Cow::Borrowed(text);
    let mut values: Vec<&str> = protected.iter().flat_map(|value| spellings(value)).filter(|v| !v.is_empty()).collect();
    // The longer one first: an address is the beginning of its network.
    values.sort_unstable_by_key(|value| std::cmp::Reverse(value.len()));
    for value in values {
        if shown.contains(value) {
            shown = replaced(&shown, value).into();
        }
    }
    shown
}

/// As what a value may stand in a text: whole, without a prefix length, or cut off.
fn spellings(value: &str) -> [&str; 3] {
    let address = value.split('/').next().unwrap_or_default();
    let cut = value.char_indices().nth(SHOWN_MAX).map_or(value, |(end, _)| &value[..end]);
    [value, address, cut]
}

/// The text with each occurrence of a value replaced that is not a part of a longer word.
fn replaced(text: &str, value: &str) -> String {
    let is_word = |character: char| character.is_alphanumeric();
    let (mut shown, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(value) {
        let (before, from) = rest.split_at(at);
        let after = &from[value.len()..];
        let joins = |left: Option<char>, right: Option<char>| left.is_some_and(is_word) && right.is_some_and(is_word);
        let is_part = joins(shown.chars().chain(before.chars()).next_back(), value.chars().next())
            || joins(value.chars().next_back(), after.chars().next());
        shown.push_str(before);
        shown.push_str(if is_part { value } else { PROTECTED });
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// What is put on record of a call of the operator's.
pub(crate) fn shown_document(body: &[u8]) -> Option<String> {
    let mut document: Value = serde_json::from_slice(body).ok()?;
    protect(&mut document);
    Some(document.to_string())
}

fn protect(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let lower = name.to_ascii_lowercase();
                let is_secret = SECRET_PARTS.iter().any(|part| lower.contains(part));
                match is_secret && !NOT_SECRET.contains(&&**name) {
                    true => *value = PROTECTED.into(),
                    false => protect(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(protect),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossconnect_api::Operation;

    #[test]
    fn an_error_does_not_repeat_what_is_protected() {
        let input = format!(
            r#"{{"virtualInterfaceId":"dxvif-1","newBGPPeer":{{"asn":65001,"authKey":"secret","customerAddress":"{}","amazonAddress":"192.0.2.1/30"}}}}"#,
            "x".repeat(70)
        );
        let request = crossconnect_wire::Protocol::Json.decode(Operation::CreateBGPPeer, input.as_bytes()).unwrap();
        let protected = protected(&request);
        for (text, shown) in [
            (
                "asn 65001 is out of range; expected 1 to 2147483646",
                "asn [PROTECTED] is out of range; expected 1 to 2147483646",
            ),
            ("Address 192.0.2.1 is already used", "Address [PROTECTED] is already used"),
            ("192.0.2.1/30, 192.0.2.10 and 165001", "[PROTECTED], 192.0.2.10 and 165001"),
            ("the key secret, and a secretary", "the key [PROTECTED], and a secretary"),
            (&format!("customerAddress {}… is none", "x".repeat(64)), "customerAddress [PROTECTED]… is none"),
            ("dxvif-1 has none", "dxvif-1 has none"),
        ] {
            assert_eq!(shown_message(text, &protected), shown);
        }
    }

    #[test]
    fn secrets_of_the_operators_calls_are_protected() {
        let shown =
            shown_document(br#"{"accessKeyId":"AKIA1","secretAccessKey":"s","list":[{"token":"s","role":"r"}]}"#);
        let expected =
            r#"{"accessKeyId":"AKIA1","secretAccessKey":"[PROTECTED]","list":[{"token":"[PROTECTED]","role":"r"}]}"#;
        assert_eq!(shown.as_deref(), Some(expected));
        assert_eq!(shown_document(b"no document"), None);
    }
}
