//! What may be shown of documents: everything but what the facts of an operation protect, and secrets in any case.

use crossconnect_api::{Request, Response};
use crossconnect_core::{Access, facts};
use crossconnect_wire::{redacted_request, redacted_response};
use serde_json::Value;

/// Members that no record shows, whatever the facts say: keys of BGP and of MACsec.
const SECRET: &[&str] = &["authKey", "cak"];
/// What stands in their place.
const PROTECTED: &str = "[PROTECTED]";
/// Parts of names of members of the operator's calls that hold a secret, and names that only look like it.
const SECRET_PARTS: &[&str] = &["secret", "key", "token", "password", "cak"];
const NOT_SECRET: &[&str] = &["accessKeyId", "access_key_id", "ckn"];

/// What is put on record of a request.
pub(crate) fn shown_request(request: &Request) -> Option<String> {
    let facts = facts(request.operation());
    redacted_request(request, &[facts.redacted, facts.sensitive, SECRET])
}

/// What is put on record of an answer; nothing of one that only shows something.
pub(crate) fn shown_response(response: &Response) -> Option<String> {
    let facts = facts(response.operation());
    if matches!(facts.access, Access::Read | Access::List) {
        return None;
    }
    redacted_response(response, &[facts.redacted, facts.sensitive, SECRET])
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
    use crossconnect_api::schema::{Kind, Structure};

    /// What is never shown where it stands [guide], and a CAK, which is a secret.
    const NEVER: [&str; 6] = ["authKey", "customerAddress", "amazonAddress", "customerRouterConfig", "asn", "cak"];

    fn members(structure: &'static Structure, found: &mut Vec<&'static str>) {
        for member in structure.members {
            found.push(member.name);
            let mut kind = member.shape.kind;
            while let Kind::List(element) = kind {
                kind = element.kind;
            }
            if let Kind::Structure(inner) = kind {
                members(inner, found);
            }
        }
    }

    #[test]
    fn the_facts_of_every_operation_protect_what_must_not_be_shown() {
        for operation in Operation::ALL {
            let facts = facts(*operation);
            let output = operation.output().filter(|_| !matches!(facts.access, Access::Read | Access::List));
            let mut found = Vec::new();
            for structure in operation.input().into_iter().chain(output) {
                members(structure, &mut found);
            }
            for name in found.into_iter().filter(|name| NEVER.contains(name)) {
                assert!([facts.redacted, facts.sensitive].concat().contains(&name), "{operation}: {name}");
            }
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
