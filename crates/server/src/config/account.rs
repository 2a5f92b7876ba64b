//! `[[account]]` and `[[account.key]]`; users and roles have a file of their own.

use super::document::Document;
use super::{ConfigError, FileOnly, principal};
use crossconnect_auth::principal::Principal;
use crossconnect_auth::signature::{AccessKey, Secret, Status};
use crossconnect_core::ids::AccountId;
use crossconnect_core::model::account::{Account, NAME_MAX, PartnerKind};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads every account of a file.
pub(super) fn add_all(
    only: &mut FileOnly,
    document: &Document<'_>,
    value: &Spanned<DeValue<'_>>,
) -> Result<(), ConfigError> {
    for (table, at) in tables(document, "account", value)? {
        add(only, document, table, at)?;
    }
    Ok(())
}

fn add(only: &mut FileOnly, document: &Document<'_>, table: &DeTable<'_>, at: usize) -> Result<(), ConfigError> {
    let [mut id, mut name, mut partner, mut keys, mut users, mut roles] = [None; 6];
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "id" => id = Some(value),
            "name" => name = Some(value),
            "partner" => partner = Some(value),
            "key" => keys = Some(value),
            "user" => users = Some(value),
            "role" => roles = Some(value),
            name => {
                let name = format!("account.{name}");
                return Err(document.unknown(
                    &name,
                    key.span().start,
                    "id, name, partner, [[account.key]], [[account.user]] or [[account.role]]",
                ));
            }
        }
    }
    let id = id.ok_or_else(|| document.error(at, "account.id is missing, expected twelve digits in quotes"))?;
    let wrong = || document.wrong("account.id", id, "twelve digits in quotes");
    let text = document.text("account.id", id).map_err(|_| wrong())?;
    let account = Account {
        id: AccountId::new(text).ok_or_else(wrong)?,
        partner: partner_kind(document, partner)?,
        agreements: Vec::new(),
        name: name.map(|value| account_name(document, value)).transpose()?,
    };
    if only.registered.iter().any(|known| known.id == account.id) {
        return Err(document.error(id.span().start, &format!("account.id {text} is there twice")));
    }
    only.registered.push(account);
    only.declared.accounts.declare(text);
    only.declared.places.insert(text.to_owned(), document.place(id.span().start));
    for (table, at) in listed(document, "account.key", keys)? {
        let key = access_key(document, (text, "account.key"), None, (table, at))?;
        register(only, document, key, at)?;
    }
    for (table, at) in listed(document, "account.user", users)? {
        principal::add_user(only, document, text, (table, at))?;
    }
    for (table, at) in listed(document, "account.role", roles)? {
        principal::add_role(only, document, text, (table, at))?;
    }
    Ok(())
}

/// Registers a key, and notes the first one that cannot sign.
pub(super) fn register(
    only: &mut FileOnly,
    document: &Document<'_>,
    key: AccessKey,
    at: usize,
) -> Result<(), ConfigError> {
    if key.secret.is_none() && only.without_secret.is_none() {
        let text = "account.key has no secret, expected secret or secret_file with auth = \"sigv4\"";
        only.without_secret = Some(document.error(at, text));
    }
    let id = key.id.clone();
    only.declared.accounts.register(key).map_err(|error| document.error(at, &error.to_string()))?;
    only.declared.key_places.insert(id, document.place(at));
    Ok(())
}

fn account_name(document: &Document<'_>, value: &Spanned<DeValue<'_>>) -> Result<Box<str>, ConfigError> {
    let text = document.text("account.name", value)?;
    let fits = (1..=NAME_MAX).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    let wrong = || document.wrong("account.name", value, &format!("1 to {NAME_MAX} characters in quotes"));
    fits.then(|| text.into()).ok_or_else(wrong)
}

fn partner_kind(
    document: &Document<'_>,
    value: Option<&Spanned<DeValue<'_>>>,
) -> Result<Option<PartnerKind>, ConfigError> {
    let Some(value) = value else {
        return Ok(None);
    };
    match value.get_ref() {
        DeValue::String(text) if text == "v1" => Ok(Some(PartnerKind::V1)),
        DeValue::String(text) if text == "v2" => Ok(Some(PartnerKind::V2)),
        _ => Err(document.wrong("account.partner", value, "\"v1\" or \"v2\", or no such line for no partner")),
    }
}

/// Reads a key, of `user` or of nobody who has a name yet. Its secret counts under `sigv4` alone, and is checked in any
/// case.
pub(super) fn access_key(
    document: &Document<'_>,
    (account, place): (&str, &str),
    user: Option<&Arc<Principal>>,
    (table, at): (&DeTable<'_>, usize),
) -> Result<AccessKey, ConfigError> {
    let (mut id, mut secret, mut policies) = (None, None, None);
    let (mut is_root, mut status) = (false, Status::Active);
    for (key, value) in table {
        let name = format!("{place}.{}", key.get_ref());
        match key.get_ref().as_ref() {
            "access_key_id" => id = Some((document.text(&name, value)?, value)),
            "secret" | "secret_file" if secret.is_some() => {
                let text = format!("{place} has secret and secret_file, expected one of them");
                return Err(document.error(key.span().start, &text));
            }
            "secret" => secret = Some(inline_secret(document, &name, value)?),
            "secret_file" => secret = Some(secret_file(document, &name, value)?),
            "root" if user.is_none() => match value.get_ref() {
                DeValue::Boolean(root) => is_root = *root,
                _ => return Err(document.wrong(&name, value, "true or false")),
            },
            "policies" if user.is_none() => policies = Some((principal::policies(document, &name, value)?, value)),
            "active" => match value.get_ref() {
                DeValue::Boolean(true) => status = Status::Active,
                DeValue::Boolean(false) => status = Status::Inactive,
                _ => return Err(document.wrong(&name, value, "true or false")),
            },
            _ => {
                let expected = match user {
                    None => "access_key_id, secret, secret_file, active, root or policies",
                    Some(_) => "access_key_id, secret, secret_file or active",
                };
                return Err(document.unknown(&name, key.span().start, expected));
            }
        }
    }
    let missing = || document.error(at, &format!("{place}.access_key_id is missing"));
    let (id, value) = id.ok_or_else(missing)?;
    let is_id = (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_id {
        let expected = "1 to 128 letters, digits or underscores";
        return Err(document.wrong(&format!("{place}.access_key_id"), value, expected));
    }
    if AccountId::new(id).is_some() && id != account {
        let expected = "a name that is not twelve digits, which stand for the account of that number";
        return Err(document.wrong(&format!("{place}.access_key_id"), value, expected));
    }
    let principal = match (user, policies) {
        (Some(user), _) => user.clone(),
        (None, Some((_, value))) if is_root => {
            return Err(
                document.error(value.span().start, &format!("{place} has root and policies, expected one of them"))
            );
        }
        (None, _) if is_root => Arc::new(Principal::root(account)),
        (None, policies) => {
            let policies = policies.map(|(policies, _)| policies).unwrap_or_default();
            Arc::new(Principal::user(account, id, policies.into()))
        }
    };
    Ok(AccessKey { status, ..AccessKey::of(id, principal, secret) })
}

fn inline_secret(document: &Document<'_>, name: &str, value: &Spanned<DeValue<'_>>) -> Result<Secret, ConfigError> {
    match document.text(name, value)? {
        "" => Err(document.error(value.span().start, &format!("{name} is empty"))),
        text => Ok(Secret::new(text)),
    }
}

/// A file beside the one that names it, unless its path is absolute.
fn secret_file(document: &Document<'_>, name: &str, value: &Spanned<DeValue<'_>>) -> Result<Secret, ConfigError> {
    let path = document.text(name, value)?;
    let path = document.beside(path);
    let error = |text: String| document.error(value.span().start, &format!("{name}: {}: {text}", path.display()));
    let text = std::fs::read_to_string(&path).map_err(|cause| error(format!("cannot be read: {cause}")))?;
    match text.trim_end_matches(['\n', '\r']) {
        "" => Err(error("is empty".to_owned())),
        secret => Ok(Secret::new(secret)),
    }
}

/// The tables of an array that may be absent.
pub(super) fn listed<'t, 'd>(
    document: &Document<'_>,
    name: &str,
    value: Option<&'t Spanned<DeValue<'d>>>,
) -> Result<Vec<(&'t DeTable<'d>, usize)>, ConfigError> {
    value.map_or_else(|| Ok(Vec::new()), |value| tables(document, name, value))
}

/// The tables of an array of tables, each with where it begins.
fn tables<'t, 'd>(
    document: &Document<'_>,
    name: &str,
    value: &'t Spanned<DeValue<'d>>,
) -> Result<Vec<(&'t DeTable<'d>, usize)>, ConfigError> {
    let wrong = |value| document.wrong(name, value, &format!("tables [[{name}]]"));
    let DeValue::Array(elements) = value.get_ref() else {
        return Err(wrong(value));
    };
    let table = |element: &'t Spanned<DeValue<'d>>| match element.get_ref() {
        DeValue::Table(table) => Ok((table, element.span().start)),
        _ => Err(wrong(element)),
    };
    elements.iter().map(table).collect()
}
