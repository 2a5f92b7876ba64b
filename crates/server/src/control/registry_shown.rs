//! Accounts, users, roles and access keys as the control API shows them, those of files among them. Secrets are shown
//! once, where a key is made.

use super::problem::Problem;
use super::{Shared, json};
use axum::body::Body;
use crossconnect_auth::principal::{Name, Principal, Role};
use crossconnect_auth::signature;
use crossconnect_core::ids::{AccessKeyId, AccountId, PrincipalName};
use crossconnect_core::model::access_key::{AccessKey, Status};
use crossconnect_core::model::account::PartnerKind;
use crossconnect_core::model::principal::{Kind, Principal as Row};
use crossconnect_core::{Registry, RegistryRejection, Rejection, Timestamp};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Partitions differ by Region; ARNs that belong to no call show this one.
const PARTITION: &str = "aws";

#[derive(Serialize)]
struct Done {
    status: &'static str,
}

#[derive(Serialize)]
pub(super) struct Accounts {
    accounts: Vec<AccountShown>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccountShown {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    partner: Option<&'static str>,
    source: &'static str,
    users: Vec<String>,
    roles: Vec<String>,
    access_keys: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct Users {
    users: Vec<PrincipalShown>,
}

#[derive(Serialize)]
pub(super) struct Roles {
    roles: Vec<PrincipalShown>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PrincipalShown {
    name: String,
    arn: String,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    source: &'static str,
    policies: Vec<PolicyShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trust: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_max: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_keys: Option<Vec<String>>,
}

#[derive(Serialize)]
struct PolicyShown {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Keys {
    access_keys: Vec<KeyShown>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KeyShown {
    access_key_id: String,
    account: String,
    /// Absent for the root user.
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    status: &'static str,
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used: Option<UseShown>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KeyMade<'s> {
    #[serde(flatten)]
    key: KeyShown,
    secret_access_key: &'s str,
}

#[derive(Serialize)]
struct UseShown {
    at: String,
    region: String,
    service: String,
}

impl KeyShown {
    /// The same with its secret, this once.
    pub(super) fn with_secret(self, secret: &str) -> KeyMade<'_> {
        KeyMade { key: self, secret_access_key: secret }
    }
}

/// The answer of a call that takes something away.
pub(super) fn done() -> Body {
    json(&Done { status: "ok" })
}

pub(super) fn accounts(shared: &Shared) -> Accounts {
    let (registry, declared) = (shared.service.snapshot().registry(), shared.directory.declared());
    let stored = registry.accounts().map(|account| account.id.to_string());
    let ids: BTreeSet<String> = stored.chain(declared.declared_accounts().map(str::to_owned)).collect();
    Accounts { accounts: ids.iter().map(|id| of_account(shared, &registry, id)).collect() }
}

pub(super) fn account(shared: &Shared, id: &str) -> Result<AccountShown, Problem> {
    let registry = known(shared, id)?;
    Ok(of_account(shared, &registry, id))
}

/// What an account is called.
pub(super) fn name(shared: &Shared, id: &str) -> Option<String> {
    let registry = shared.service.snapshot().registry();
    registry.account(AccountId::new(id)?)?.name.as_deref().map(str::to_owned)
}

/// The registry, if the account is in it or in a file.
fn known(shared: &Shared, id: &str) -> Result<Registry, Problem> {
    let registry = shared.service.snapshot().registry();
    let malformed = crossconnect_core::ControlRejection::MalformedAccount { id: id.to_owned() };
    let account = AccountId::new(id).ok_or_else(|| Problem::from(Rejection::from(malformed)))?;
    if registry.account(account).is_none() && shared.directory.declared().place(id).is_none() {
        return Err(Rejection::from(RegistryRejection::UnknownAccount { id: account }).into());
    }
    Ok(registry)
}

fn of_account(shared: &Shared, registry: &Registry, id: &str) -> AccountShown {
    let everyone = shared.directory.accounts();
    let row = AccountId::new(id).and_then(|id| registry.account(id));
    let partner = row.and_then(|row| row.partner).map(|kind| match kind {
        PartnerKind::V1 => "v1",
        PartnerKind::V2 => "v2",
    });
    let stored = |kind| rows(registry, id, kind).map(|row| row.name.to_string());
    let named = everyone.users().filter(|user| user.account == id).filter_map(|user| user_name(user));
    let roles = everyone.roles().filter(|role| role.account == id).map(|role| role.name.clone());
    let keys = everyone.keys().filter(|key| key.principal.account == id).map(|key| key.id.clone());
    let kept = registry.access_keys().filter(|key| key.account.to_string() == id).map(|key| key.id.to_string());
    AccountShown {
        id: id.to_owned(),
        name: row.and_then(|row| row.name.as_deref()).map(str::to_owned),
        partner,
        source: source(shared, id),
        users: sorted(named.chain(stored(Kind::User))),
        roles: sorted(roles.chain(stored(Kind::Role))),
        access_keys: sorted(keys.chain(kept)),
    }
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

fn source(shared: &Shared, account: &str) -> &'static str {
    if shared.directory.declared().place(account).is_some() { "file" } else { "store" }
}

fn rows<'r>(registry: &'r Registry, account: &'r str, kind: Kind) -> impl Iterator<Item = &'r Arc<Row>> {
    let account = AccountId::new(account);
    registry.principals().filter(move |row| Some(row.account) == account && row.kind() == kind)
}

fn user_name(user: &Principal) -> Option<String> {
    match &user.name {
        Name::User(name) => Some(name.clone()),
        Name::Root | Name::Session { .. } => None,
    }
}

pub(super) fn users(shared: &Shared, account: &str) -> Result<Users, Problem> {
    let registry = known(shared, account)?;
    let mut users: Vec<_> = rows(&registry, account, Kind::User).map(|row| stored(row, &registry)).collect();
    if source(shared, account) == "file" {
        let everyone = shared.directory.accounts();
        users.extend(everyone.users().filter(|user| user.account == account).map(|user| of_user(shared, user)));
    }
    users.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Users { users })
}

pub(super) fn roles(shared: &Shared, account: &str) -> Result<Roles, Problem> {
    let registry = known(shared, account)?;
    let mut roles: Vec<_> = rows(&registry, account, Kind::Role).map(|row| stored(row, &registry)).collect();
    if source(shared, account) == "file" {
        let everyone = shared.directory.accounts();
        roles.extend(everyone.roles().filter(|role| role.account == account).map(|role| of_role(role)));
    }
    roles.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Roles { roles })
}

pub(super) fn user(shared: &Shared, account: &str, name: &str) -> Result<PrincipalShown, Problem> {
    let found = users(shared, account)?.users.into_iter().find(|user| user.name == name);
    found.ok_or_else(|| no_principal(Kind::User, account, name))
}

pub(super) fn role(shared: &Shared, account: &str, name: &str) -> Result<PrincipalShown, Problem> {
    let found = roles(shared, account)?.roles.into_iter().find(|role| role.name == name);
    found.ok_or_else(|| no_principal(Kind::Role, account, name))
}

fn no_principal(kind: Kind, account: &str, name: &str) -> Problem {
    let account = AccountId::new(account).expect("it was found before");
    Rejection::from(RegistryRejection::UnknownPrincipal { kind: kind.word(), name: name.to_owned(), account }).into()
}

/// A user or role of the store, its policies word for word.
fn stored(row: &Row, registry: &Registry) -> PrincipalShown {
    let (account, name) = (row.account, row.name);
    let keys = registry.access_keys().filter(|key| key.user == Some(row.id)).map(|key| key.id.to_string());
    let policies = row
        .policies
        .iter()
        .map(|policy| PolicyShown { name: policy.name.to_string(), document: Some(document(&policy.document)) });
    PrincipalShown {
        name: name.to_string(),
        arn: format!("arn:{PARTITION}:iam::{account}:{}/{name}", row.kind().word()),
        id: row.id.to_string(),
        created: Some(row.created.to_string()),
        source: "store",
        policies: policies.collect(),
        trust: row.terms.as_ref().map(|terms| document(&terms.trust)),
        session_max: row.terms.as_ref().map(|terms| format!("{}s", terms.session_max_s)),
        access_keys: (row.kind() == Kind::User).then(|| keys.collect()),
    }
}

/// A document as an object; one that is none is shown as its text.
fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

/// A user of a file, whose policies are shown by name.
fn of_user(shared: &Shared, user: &Arc<Principal>) -> PrincipalShown {
    let everyone = shared.directory.accounts();
    let keys = everyone.keys().filter(|key| key.principal == *user).map(|key| key.id.clone()).collect();
    let shown = user.shown(PARTITION);
    PrincipalShown {
        name: user_name(user).unwrap_or_default(),
        arn: shown.arn,
        id: shown.id,
        created: None,
        source: "file",
        policies: names(user.policies.iter().map(|policy| policy.name.as_str())),
        trust: None,
        session_max: None,
        access_keys: Some(keys),
    }
}

fn of_role(role: &Role) -> PrincipalShown {
    PrincipalShown {
        name: role.name.clone(),
        arn: role.arn(PARTITION),
        id: role.id.clone(),
        created: None,
        source: "file",
        policies: names(role.policies.iter().map(|policy| policy.name.as_str())),
        trust: None,
        session_max: Some(format!("{}s", role.session_max_s)),
        access_keys: None,
    }
}

fn names<'n>(names: impl Iterator<Item = &'n str>) -> Vec<PolicyShown> {
    names.map(|name| PolicyShown { name: name.to_owned(), document: None }).collect()
}

pub(super) fn keys(shared: &Shared, account: &str) -> Result<Keys, Problem> {
    let registry = known(shared, account)?;
    let id = AccountId::new(account);
    let rows = registry.access_keys().filter(|key| Some(key.account) == id);
    let mut access_keys: Vec<_> = rows.map(|row| stored_key(shared, &registry, row)).collect();
    let everyone = shared.directory.declared();
    let declared = everyone.accounts.keys().filter(|key| key.principal.account == account);
    access_keys.extend(declared.map(|key| declared_key(key)));
    access_keys.sort_by(|a, b| (&a.user, &a.access_key_id).cmp(&(&b.user, &b.access_key_id)));
    Ok(Keys { access_keys })
}

/// Whose a key is.
pub(super) fn account_of_key(shared: &Shared, id: &str) -> Result<String, Problem> {
    key(shared, id).map(|key| key.account)
}

/// A key, and when it was last used.
pub(super) fn key(shared: &Shared, id: &str) -> Result<KeyShown, Problem> {
    let registry = shared.service.snapshot().registry();
    if let Some(row) = AccessKeyId::new(id).and_then(|id| registry.access_key(id)) {
        return Ok(stored_key(shared, &registry, row));
    }
    let unknown = || Rejection::from(RegistryRejection::UnknownAccessKey { id: id.to_owned() }).into();
    shared.directory.declared().accounts.find(id).map(|key| declared_key(key)).ok_or_else(unknown)
}

fn stored_key(shared: &Shared, registry: &Registry, row: &AccessKey) -> KeyShown {
    let written = shared.service.snapshot().key_use(row.id).map(|usage| **usage);
    let noted = shared.directory.uses().of(row.id);
    let used = written.into_iter().chain(noted).max_by_key(|usage| usage.at);
    let name = |name: PrincipalName| name.to_string();
    KeyShown {
        access_key_id: row.id.to_string(),
        account: row.account.to_string(),
        user: row.user.and_then(|id| registry.principal(id)).map(|user| name(user.name)),
        status: match row.status {
            Status::Active => "active",
            Status::Inactive => "inactive",
        },
        source: "store",
        created: Some(row.created.to_string()),
        last_used: used.map(|usage| UseShown {
            at: Timestamp(usage.at.0 - usage.at.0.rem_euclid(1000)).to_string(),
            region: usage.region.to_string(),
            service: usage.service.to_string(),
        }),
    }
}

fn declared_key(key: &signature::AccessKey) -> KeyShown {
    KeyShown {
        access_key_id: key.id.clone(),
        account: key.principal.account.clone(),
        user: user_name(&key.principal),
        status: match key.status {
            signature::Status::Active => "active",
            signature::Status::Inactive => "inactive",
        },
        source: "file",
        created: None,
        last_used: None,
    }
}
