//! `[[account.user]]` and `[[account.role]]`, and the policies of both, which are files of their own.

use super::account::{access_key, listed, register};
use super::document::Document;
use super::value::duration;
use super::{ConfigError, FileOnly};
use crossconnect_auth::policy::{Policy, PolicyError};
use crossconnect_auth::principal::{Attached, Principal, Role};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The longest name of a user or a role, in characters [AWS's documentation of IAM].
const NAME_MAX: usize = 64;
/// How long a role's sessions may be allowed to be, in seconds [AWS's documentation of IAM].
const SESSION_MIN_S: u32 = 3_600;
const SESSION_MAX_S: u32 = 43_200;

/// Reads a user and its keys.
pub(super) fn add_user(
    only: &mut FileOnly,
    document: &Document<'_>,
    account: &str,
    (table, at): (&DeTable<'_>, usize),
) -> Result<(), ConfigError> {
    let (mut name, mut held, mut keys) = (None, Vec::new(), None);
    for (key, value) in table {
        let place = format!("account.user.{}", key.get_ref());
        match key.get_ref().as_ref() {
            "name" => name = Some(read_name(document, &place, value)?),
            "policies" => held = policies(document, &place, value)?,
            "key" => keys = Some(value),
            _ => return Err(document.unknown(&place, key.span().start, "name, policies or [[account.user.key]]")),
        }
    }
    let name = name.ok_or_else(|| document.error(at, "account.user.name is missing"))?;
    if only.declared.accounts.user(account, name).is_some() {
        return Err(document.error(at, &format!("account.user.name {name} is there twice")));
    }
    let user = Arc::new(Principal::user(account, name, held.into()));
    let keys = listed(document, "account.user.key", keys)?;
    if keys.is_empty() {
        return Err(document.error(at, "account.user has no key, expected [[account.user.key]]"));
    }
    for (table, at) in keys {
        let key = access_key(document, (account, "account.user.key"), Some(&user), (table, at))?;
        register(only, document, key, at)?;
    }
    Ok(())
}

/// Reads a role.
pub(super) fn add_role(
    only: &mut FileOnly,
    document: &Document<'_>,
    account: &str,
    (table, at): (&DeTable<'_>, usize),
) -> Result<(), ConfigError> {
    let (mut name, mut trust, mut held) = (None, None, Vec::new());
    let mut session_max_s = Role::SESSION_MAX_S;
    for (key, value) in table {
        let place = format!("account.role.{}", key.get_ref());
        match key.get_ref().as_ref() {
            "name" => name = Some(read_name(document, &place, value)?),
            "trust" => {
                let (_, policy) = policy(document, &place, document.text(&place, value)?, value, Policy::trust)?;
                trust = Some(policy);
            }
            "policies" => held = policies(document, &place, value)?,
            "session_max" => session_max_s = session_max(document, &place, value)?,
            _ => return Err(document.unknown(&place, key.span().start, "name, trust, policies or session_max")),
        }
    }
    let name = name.ok_or_else(|| document.error(at, "account.role.name is missing"))?;
    let missing = || document.error(at, "account.role.trust is missing, expected the file of a trust policy");
    let trust = trust.ok_or_else(missing)?;
    let [account, name] = [account, name].map(str::to_owned);
    let twice = format!("account.role.name {name} is there twice");
    let id = Role::id_of(&account, &name);
    let role = Role { account, name, id, trust, policies: held.into(), session_max_s };
    if only.declared.accounts.register_role(Arc::new(role)) { Ok(()) } else { Err(document.error(at, &twice)) }
}

/// Reads the policies of a list of files.
pub(super) fn policies(
    document: &Document<'_>,
    place: &str,
    value: &Spanned<DeValue<'_>>,
) -> Result<Vec<Attached>, ConfigError> {
    let mut read = Vec::new();
    for path in document.texts(place, value)? {
        let (name, policy) = policy(document, place, &path, value, Policy::identity)?;
        read.push(Attached { name, policy });
    }
    Ok(read)
}

/// Reads a policy from a file beside the document.
fn policy(
    document: &Document<'_>,
    place: &str,
    path: &str,
    value: &Spanned<DeValue<'_>>,
    read: impl Fn(&str) -> Result<Policy, PolicyError>,
) -> Result<(String, Policy), ConfigError> {
    let file = document.beside(path);
    let error = |text: String| document.error(value.span().start, &format!("{place}: {}: {text}", file.display()));
    let text = std::fs::read_to_string(&file).map_err(|cause| error(format!("cannot be read: {cause}")))?;
    let policy = read(&text).map_err(|cause| error(cause.to_string()))?;
    Ok((path.to_owned(), policy))
}

fn read_name<'t>(
    document: &Document<'_>,
    place: &str,
    value: &'t Spanned<DeValue<'_>>,
) -> Result<&'t str, ConfigError> {
    let text = document.text(place, value)?;
    let is_name = (1..=NAME_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte));
    let expected = "1 to 64 letters, digits and characters of +=,.@_-";
    if is_name { Ok(text) } else { Err(document.wrong(place, value, expected)) }
}

fn session_max(document: &Document<'_>, place: &str, value: &Spanned<DeValue<'_>>) -> Result<u32, ConfigError> {
    let expected = "a length of time from \"1h\" to \"12h\"";
    let length = duration(document.text(place, value)?);
    let seconds = length.and_then(|length| u32::try_from(length.0 / 1000).ok());
    let range = SESSION_MIN_S..=SESSION_MAX_S;
    seconds.filter(|seconds| range.contains(seconds)).ok_or_else(|| document.wrong(place, value, expected))
}
