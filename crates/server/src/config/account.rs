//! `[[account]]` and `[[account.key]]`.

use super::document::Document;
use super::{ConfigError, FileOnly};
use crossconnect_auth::signature::{AccessKey, Secret};
use crossconnect_core::ids::AccountId;
use crossconnect_core::model::account::{Account, PartnerKind};
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
    let [mut id, mut partner, mut keys] = [None; 3];
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "id" => id = Some(value),
            "partner" => partner = Some(value),
            "key" => keys = Some(value),
            name => {
                let name = format!("account.{name}");
                return Err(document.unknown(&name, key.span().start, "id, partner or [[account.key]]"));
            }
        }
    }
    let id = id.ok_or_else(|| document.error(at, "account.id is missing, expected twelve digits in quotes"))?;
    let wrong = || document.wrong("account.id", id, "twelve digits in quotes");
    let text = document.text("account.id", id).map_err(|_| wrong())?;
    let account = Account { id: AccountId::new(text).ok_or_else(wrong)?, partner: partner_kind(document, partner)? };
    if only.registered.iter().any(|known| known.id == account.id) {
        return Err(document.error(id.span().start, &format!("account.id {text} is there twice")));
    }
    only.registered.push(account);
    for (table, at) in keys.map_or_else(|| Ok(Vec::new()), |keys| tables(document, "account.key", keys))? {
        let key = access_key(document, text, table, at)?;
        if key.secret.is_none() && only.without_secret.is_none() {
            let text = "account.key has no secret, expected secret or secret_file with auth = \"sigv4\"";
            only.without_secret = Some(document.error(at, text));
        }
        only.accounts.register(key).map_err(|error| document.error(at, &error.to_string()))?;
    }
    Ok(())
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

/// Reads a key. Its secret counts under `sigv4` alone, and is checked in any case.
fn access_key(
    document: &Document<'_>,
    account: &str,
    table: &DeTable<'_>,
    at: usize,
) -> Result<AccessKey, ConfigError> {
    let (mut id, mut secret) = (None, None);
    let mut is_root = false;
    for (key, value) in table {
        let name = format!("account.key.{}", key.get_ref());
        match key.get_ref().as_ref() {
            "access_key_id" => id = Some((document.text(&name, value)?, value)),
            "secret" | "secret_file" if secret.is_some() => {
                let text = "account.key has secret and secret_file, expected one of them";
                return Err(document.error(key.span().start, text));
            }
            "secret" => secret = Some(inline_secret(document, &name, value)?),
            "secret_file" => secret = Some(secret_file(document, &name, value)?),
            "root" => match value.get_ref() {
                DeValue::Boolean(root) => is_root = *root,
                _ => return Err(document.wrong(&name, value, "true or false")),
            },
            "policies" if document.texts(&name, value)?.is_empty() => {}
            "policies" => {
                let text =
                    "account.key.policies: this release has no policies yet; expected root = true, or no such line";
                return Err(document.error(key.span().start, text));
            }
            _ => {
                let expected = "access_key_id, secret, secret_file, root or policies";
                return Err(document.unknown(&name, key.span().start, expected));
            }
        }
    }
    let missing = || document.error(at, "account.key.access_key_id is missing");
    let (id, value) = id.ok_or_else(missing)?;
    let is_id = (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_id {
        let expected = "1 to 128 letters, digits or underscores";
        return Err(document.wrong("account.key.access_key_id", value, expected));
    }
    if AccountId::new(id).is_some() && id != account {
        let expected = "a name that is not twelve digits, which stand for the account of that number";
        return Err(document.wrong("account.key.access_key_id", value, expected));
    }
    Ok(AccessKey::lasting(id, account, is_root, secret))
}

fn inline_secret(document: &Document<'_>, name: &str, value: &Spanned<DeValue<'_>>) -> Result<Secret, ConfigError> {
    match document.text(name, value)? {
        "" => Err(document.error(value.span().start, "account.key.secret is empty")),
        text => Ok(Secret::new(text)),
    }
}

/// A file beside the one that names it, unless its path is absolute.
fn secret_file(document: &Document<'_>, name: &str, value: &Spanned<DeValue<'_>>) -> Result<Secret, ConfigError> {
    let path = document.text(name, value)?;
    let path = document.path.parent().map_or_else(|| path.into(), |folder| folder.join(path));
    let error = |text: String| document.error(value.span().start, &format!("{name}: {}: {text}", path.display()));
    let text = std::fs::read_to_string(&path).map_err(|cause| error(format!("cannot be read: {cause}")))?;
    match text.trim_end_matches(['\n', '\r']) {
        "" => Err(error("is empty".to_owned())),
        secret => Ok(Secret::new(secret)),
    }
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
