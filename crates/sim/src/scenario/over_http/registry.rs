//! Changes of who may call, as calls of the control API.

use crossconnect_core::control::registry::{Change, Given};
use crossconnect_core::model::access_key::Status;
use crossconnect_core::model::account::PartnerKind;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A change as a call of the control API: method, path, body, and the id of a key that it draws.
pub(super) fn call<'c>(
    change: &'c Change,
    keys: &BTreeMap<String, String>,
) -> (&'static str, String, Value, Option<&'c str>) {
    let key = |id: &'c str| keys.get(id).map_or(id, String::as_str).to_owned();
    let word = |kind: PartnerKind| match kind {
        PartnerKind::V1 => "v1",
        PartnerKind::V2 => "v2",
    };
    match change {
        Change::PutAccount { id, partner, name } => {
            let mut body = json!({"partner": partner.map(word)});
            if let Some(name) = name {
                body["name"] = json!(name);
            }
            ("PUT", format!("accounts/{id}"), body, None)
        }
        Change::RemoveAccount { id } => ("DELETE", format!("accounts/{id}"), json!({}), None),
        Change::PutPrincipal(Given { account, name, policies, terms }) => {
            let policies: Vec<Value> =
                policies.iter().map(|(name, document)| json!({"name": name, "document": document})).collect();
            let mut body = json!({"policies": policies});
            if let Some(terms) = terms {
                body["trust"] = json!(terms.trust);
                body["sessionMax"] = json!(format!("{}s", terms.session_max_s));
            }
            let kind = if terms.is_some() { "roles" } else { "users" };
            ("PUT", format!("accounts/{account}/{kind}/{name}"), body, None)
        }
        Change::RemovePrincipal { account, kind, name } => {
            ("DELETE", format!("accounts/{account}/{}s/{name}", kind.word()), json!({}), None)
        }
        Change::CreateAccessKey { account, user, key } => {
            let body = match user {
                Some(user) => json!({"user": user}),
                None => json!({"root": true}),
            };
            ("POST", format!("accounts/{account}/keys"), body, Some(&key.id))
        }
        Change::SetAccessKey { id, status } => {
            let word = match status {
                Status::Active => "active",
                Status::Inactive => "inactive",
            };
            ("PUT", format!("keys/{}", key(id)), json!({"status": word}), None)
        }
        Change::RotateAccessKey { id, keep, key: new } => {
            ("POST", format!("keys/{}/rotate", key(id)), json!({"keep": keep}), Some(&new.id))
        }
        Change::RemoveAccessKey { id } => ("DELETE", format!("keys/{}", key(id)), json!({}), None),
        Change::NoteUses(_) => unreachable!("a server notes by itself when keys are used"),
    }
}
